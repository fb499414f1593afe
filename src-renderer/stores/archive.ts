/** The archive: its cameras in sums, recordings by their id, and where it is shown the list of them with the rows in view. */
import { useDebounceFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import type { RecordingOrder } from '../../src-main/contract/calls/archive.ts';
import { appErrorFrom } from '../../src-main/contract/errors.ts';
import type { CameraSummary, RecordingRow } from '../../src-main/contract/recording.ts';
import { errorWords } from '../i18n/error-words.ts';
import { useConnection } from './connection.ts';
import { useNotices } from './notices.ts';
import { createRowCache } from './row-cache.ts';

export interface ArchiveOverview {
  readonly cameras: readonly CameraSummary[];
  /** Files that are listed with a reason instead. */
  readonly unreadable: number;
}

export type ArchiveState = 'idle' | 'loading' | 'ready' | { readonly error: string };

export const useArchive = defineStore('archive', () => {
  const connection = useConnection();
  const notices = useNotices();
  const { client } = connection;

  const overview = shallowRef<ArchiveOverview>({ cameras: [], unreadable: 0 });
  const ids = shallowRef<readonly string[]>([]);
  /** One camera, or all of them. */
  const filter = ref<{ readonly camera: string | null }>({ camera: null });
  const order = ref<RecordingOrder>('camera');
  const state = shallowRef<ArchiveState>('idle');

  const rows = createRowCache<RecordingRow>({
    fetch: async (wanted) => (await client.recordings.rows({ ids: [...wanted] })).items,
    onError: showUnlessLost,
  });

  function showUnlessLost(error: unknown): void {
    const { code } = appErrorFrom(error);
    if (code !== 'connection-lost' && code !== 'cancelled') notices.showError(error);
  }

  let latest = 0;
  /** Views that show the list: for the others the core is not asked to make it. */
  let viewers = 0;

  /** Asks again for the sums, the rows that are in view, and the list where it is shown. */
  async function refresh(): Promise<void> {
    const own = ++latest;
    const isShown = viewers > 0;
    if (isShown && state.value !== 'ready') state.value = 'loading';
    const { camera } = filter.value;
    try {
      const [sums, found] = await Promise.all([
        client.archive.overview(),
        isShown ? client.recordings.find({ order: order.value, ...(camera !== null && { cameras: [camera] }) }) : null,
      ]);
      if (own !== latest) return;
      rows.age();
      overview.value = sums;
      if (found === null) return;
      ids.value = found.ids;
      state.value = 'ready';
    } catch (error) {
      if (own !== latest) return;
      const { code } = appErrorFrom(error);
      // After reconnecting it is asked again.
      if (code !== 'connection-lost') state.value = { error: errorWords(error) };
    }
  }

  /** Keeps the list as the archive is, until the function that is returned is called. */
  function showList(): () => void {
    viewers++;
    void refresh();
    return () => void viewers--;
  }

  // A scan tells of every recording that it ends, a reviewer decides by the second; what is shown here may lag behind
  // them, and the core must not be kept busy.
  const refreshSoon = useDebounceFn(refresh, 700, { maxWait: 1500 });
  client.on('archive.changed', () => void refreshSoon());
  client.on('flag.changed', () => void refreshSoon());
  connection.onReady(() => void refresh());
  watch([filter, order], () => void refresh());

  return {
    overview,
    ids,
    filter,
    order,
    state,
    row: rows.get,
    isGone: rows.isGone,
    ensure: (first: number, last: number): void => rows.ensure(ids.value, first, last),
    load: rows.load,
    showList,
    refresh,
  };
});
