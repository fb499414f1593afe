/** Ends a worker whose core is gone even while it is stuck: a thread of its own looks, whatever the main one does. */
import { Worker } from 'node:worker_threads';

const everyMs = 2_000;

/**
 * Ends this process by SIGKILL within about `everyMs` of its parent's end. The closing of the IPC channel tells the same
 * sooner, but only to a main thread that still takes messages.
 *
 * The thread's program is the text of a function rather than a file: it is a few lines without imports, and so it is the
 * same in a checkout and in a bundle, and needs no entry of its own.
 */
export function endWithParent(): void {
  const program = `(${watchParent.toString()})(${process.ppid}, ${everyMs})`;
  // It neither keeps the process alive nor needs a heap to speak of.
  new Worker(program, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 8 } }).unref();
}

/** Runs in the thread, as text: it may use nothing but its arguments and globals. */
function watchParent(parent: number, intervalMs: number): void {
  const isGone = () => {
    // An orphan gets another parent; Windows goes on naming the old one.
    if (process.ppid !== parent) return true;
    try {
      process.kill(parent, 0);
      return false;
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'ESRCH';
    }
  };
  setInterval(() => {
    if (isGone()) process.kill(process.pid, 'SIGKILL');
  }, intervalMs);
}
