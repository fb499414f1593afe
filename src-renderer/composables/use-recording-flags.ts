/** All flags of one recording in the order of time, as they are now: for the timeline. */
import { useDebounceFn } from '@vueuse/core';
import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import type { Flag } from '../../src-main/contract/flag.ts';
import { appErrorFrom } from '../../src-main/contract/errors.ts';
import { useConnection } from '../stores/connection.ts';
import { useNotices } from '../stores/notices.ts';
import { useQueue } from '../stores/queue.ts';

/** A running scan changes the archive twice a second. */
const rereadDelayMs = 1000;

/** `recordingId`: null for none. */
export function useRecordingFlags(recordingId: () => string | null) {
  const connection = useConnection();
  const { client } = connection;
  const notices = useNotices();
  const queue = useQueue();
  const ids = shallowRef<readonly string[]>([]);

  async function read(): Promise<void> {
    const recording = recordingId();
    if (recording === null) return;
    try {
      const found = await client.flags.find({ recording, order: 'recording' });
      if (recordingId() !== recording) return;
      ids.value = found.ids;
      await queue.load(found.ids);
    } catch (error) {
      if (appErrorFrom(error).code !== 'connection-lost') notices.showError(error);
    }
  }

  watch(recordingId, () => {
    ids.value = [];
    void read();
  });
  const readSoon = useDebounceFn(read, rereadDelayMs, { maxWait: 2 * rereadDelayMs });
  const changes = client.on('archive.changed', () => void readSoon());
  const stopListening = connection.onReady(() => void read());
  // The rows that the queue lets go of are fetched again.
  watch(
    () => queue.ids,
    () => void readSoon(),
  );
  onScopeDispose(() => {
    changes.close();
    stopListening();
  });
  return computed(() => ids.value.map((id) => queue.row(id)).filter((flag): flag is Flag => flag !== undefined));
}
