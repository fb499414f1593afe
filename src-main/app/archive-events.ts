/** `archive.changed`: how many recordings and flags there are after imports and scans, seldom enough for a window. */
import type { EventSink } from '../contract/service.ts';
import type { FlagQueue, RecordingLists, Store } from '../store/index.ts';

export interface ArchiveEvents {
  /** Tells of what has not been told yet, and of nothing after. */
  close(): void;
}

/** A window reads its lists anew at each event. */
const intervalMs = 500;

/** The first change is told at once, those that follow together; the last one always. */
export function emitArchiveEvents(
  store: Pick<Store, 'onArchiveChange'> & {
    readonly recordingLists: Pick<RecordingLists, 'count'>;
    readonly flagQueue: Pick<FlagQueue, 'count'>;
  },
  events: EventSink,
  now: () => number,
): ArchiveEvents {
  let emittedAtMs = -Infinity;
  let timer: NodeJS.Timeout | null = null;

  function emit(): void {
    timer = null;
    emittedAtMs = now();
    events.emit('archive.changed', { recordings: store.recordingLists.count(), flags: store.flagQueue.count() });
  }

  // By a timer in any case: the change is told from within its transaction.
  const unsubscribe = store.onArchiveChange(() => {
    // A clock that was set back must not put it off for as long.
    timer ??= setTimeout(emit, Math.min(intervalMs, Math.max(0, emittedAtMs + intervalMs - now())));
  });
  return {
    close() {
      unsubscribe();
      if (timer === null) return;
      clearTimeout(timer);
      emit();
    },
  };
}
