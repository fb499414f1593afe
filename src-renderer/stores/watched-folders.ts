/** The folders that are watched for new recordings, as the core tells how they stand. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { WatchedFolder } from '../../src-main/contract/watched-folder.ts';
import { useConnection } from './connection.ts';
import { useNotices } from './notices.ts';

export const useWatchedFolders = defineStore('watched-folders', () => {
  const connection = useConnection();
  const notices = useNotices();
  const { client } = connection;
  const items = shallowRef<readonly WatchedFolder[]>([]);
  const put = (answer: { readonly items: readonly WatchedFolder[] }) => (items.value = answer.items);

  client.on('folders.watched', put);
  connection.onReady(() => {
    client.folders.watched().then(put, notices.showError);
  });

  return {
    items,
    /** Errors: those of the core. One that is watched already only changes what is done with its recordings. */
    watch: async (path: string, scan: boolean) => void put(await client.folders.watch({ folders: [path], scan })),
    unwatch: async (folder: string) => void put(await client.folders.unwatch({ folder })),
  };
});
