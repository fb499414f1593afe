/** All flags of one recording in the order of time, as they are now: for the timeline. */
import { computed, shallowRef, watch } from 'vue';
import type { Flag } from '../../src-main/contract/flag.ts';
import { appErrorFrom } from '../../src-main/contract/errors.ts';
import { useConnection } from '../stores/connection.ts';
import { useNotices } from '../stores/notices.ts';
import { useQueue } from '../stores/queue.ts';

/** `recordingId`: null for none. */
export function useRecordingFlags(recordingId: () => string | null) {
  const { client } = useConnection();
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

  watch(
    recordingId,
    () => {
      ids.value = [];
      void read();
    },
    { immediate: true },
  );
  // The list of the queue is made anew when the archive changed and the reviewer wants it; so is this one.
  watch(
    () => queue.ids,
    () => void read(),
  );
  return computed(() => ids.value.map((id) => queue.row(id)).filter((flag): flag is Flag => flag !== undefined));
}
