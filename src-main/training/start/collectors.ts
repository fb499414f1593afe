/** Threads that collect the lessons of simulated recordings, because making and observing them takes most of the time. */
import { Worker } from 'node:worker_threads';
import { AppError } from '../../contract/errors.ts';
import type { SymbolicOptions } from '../../simulation/symbolic/index.ts';
import type { Lessons } from './lessons.ts';

export interface CollectOptions {
  readonly rollouts: number;
  readonly recordings: SymbolicOptions;
}

export interface CollectSetup {
  /** Bytes of the nano model that guides and judges; null for the hand-written rules. */
  readonly model: Uint8Array | null;
  readonly options: CollectOptions;
}

export type CollectRequest = { readonly seed: string } | 'close';
export type CollectAnswer =
  { readonly seed: string; readonly lessons: Lessons } | { readonly seed: string; readonly failure: string };

export interface CollectRun {
  readonly seeds: readonly string[];
  readonly threads: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * The lessons of the recordings with those seeds, in their order whatever thread made them. Throws AppError `internal`
 * with the thread's own words, or what `signal` was aborted with.
 */
export async function collect(
  setup: CollectSetup,
  { seeds, threads, signal, onProgress }: CollectRun,
): Promise<Lessons[]> {
  const lessons = new Map<string, Lessons>();
  const waiting = [...seeds];
  const serve = (worker: Worker) =>
    new Promise<void>((resolve, reject) => {
      const next = () => {
        const seed = waiting.shift();
        if (seed === undefined) resolve();
        else worker.postMessage({ seed } satisfies CollectRequest);
      };
      const stop = () => reject(signal?.reason as Error);
      if (signal?.aborted === true) return stop();
      signal?.addEventListener('abort', stop, { once: true });
      worker.on('message', (answer: CollectAnswer) => {
        if ('failure' in answer) {
          return reject(new AppError('internal', `The lessons of ${answer.seed} could not be made: ${answer.failure}`));
        }
        lessons.set(answer.seed, answer.lessons);
        onProgress?.(lessons.size, seeds.length);
        return next();
      });
      worker.on('error', reject);
      next();
    });
  const program = new URL('./collecting.worker.ts', import.meta.url);
  const workers = Array.from({ length: threads }, () => new Worker(program, { workerData: setup }));
  try {
    await Promise.all(workers.map(serve));
  } finally {
    // Asked to close, a thread ends after its recording: ended in the middle of a run, it would take the process along.
    for (const worker of workers) worker.postMessage('close' satisfies CollectRequest);
    await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve))));
  }
  return seeds.flatMap((seed) => lessons.get(seed) ?? []);
}
