/** Long work of the core in turns, between which it answers whoever asks. */
import { setImmediate } from 'node:timers/promises';

/** A turn ends with the piece of work at which it has taken so long: many go into the 30 ms that nobody notices. */
const turnMs = 8;

/** A function to be awaited after each piece of work: at once within a turn, after everybody else at its end. */
export function createTurns(): () => Promise<void> | undefined {
  let since = performance.now();
  const rest = async () => {
    await setImmediate();
    since = performance.now();
  };
  return () => (performance.now() - since < turnMs ? undefined : rest());
}
