/** Lets long runs of synchronous decoding give way to the event loop, so that they can be cancelled. */
import { setImmediate } from 'node:timers/promises';
import { cancelled } from './failure.ts';

/** Synchronous work goes on at most about this long at a stretch. */
const stretchMs = 15;

/**
 * A function to be awaited between pieces of work: at once (null) within a stretch, after a turn of the event loop at
 * its end. It rejects with `cancelled` when `signal` was aborted.
 */
export function pauser(path: string, signal: AbortSignal | undefined): () => Promise<void> | null {
  let since = performance.now();
  const turn = async () => {
    await setImmediate();
    if (signal?.aborted) throw cancelled(path);
    since = performance.now();
  };
  return () => {
    if (signal?.aborted) throw cancelled(path);
    return performance.now() - since < stretchMs ? null : turn();
  };
}
