/** Files that were found and could not be looked through, each with its reason: read page by page. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { appErrorFrom } from '../../src-main/contract/errors.ts';
import type { Recording } from '../../src-main/contract/recording.ts';
import { useConnection } from './connection.ts';
import { useJobs } from './jobs.ts';
import { useNotices } from './notices.ts';

const pageLength = 200;
/** As many paths as one scan takes. */
const mostPaths = 1000;

export const useUnreadable = defineStore('unreadable', () => {
  const connection = useConnection();
  const notices = useNotices();
  const jobs = useJobs();
  const files = shallowRef<readonly Recording[]>([]);
  /** Where the next page begins; null on the last. */
  const next = ref<string | null>(null);
  const isLoading = ref(false);

  async function read(after: string | null): Promise<void> {
    if (isLoading.value) return;
    isLoading.value = true;
    try {
      const page = await connection.client.archive.unreadable({
        limit: pageLength,
        ...(after !== null && { after }),
      });
      files.value = after === null ? page.items : [...files.value, ...page.items];
      next.value = page.next;
    } catch (error) {
      if (appErrorFrom(error).code !== 'connection-lost') notices.showError(error);
    } finally {
      isLoading.value = false;
    }
  }

  /** Tries `wanted` again: what never came into the archive by its path, what was set aside later as a recording. */
  async function retry(wanted: readonly Recording[]): Promise<void> {
    const paths = wanted.filter(({ id, path }) => id === path).map(({ path }) => path);
    const recordings = wanted.filter(({ id, path }) => id !== path).map(({ id }) => id);
    try {
      for (let from = 0; from < paths.length; from += mostPaths) {
        await jobs.scan({ folders: paths.slice(from, from + mostPaths), again: true });
      }
      if (recordings.length > 0) await jobs.scan({ recordings, again: true });
    } catch (error) {
      notices.showError(error);
    }
  }

  return {
    files,
    next,
    isLoading,
    refresh: () => read(null),
    more: () => (next.value === null ? Promise.resolve() : read(next.value)),
    retry,
  };
});
