/** Threads that roll out simulated recordings, because making and observing them takes most of the time. */
import { Worker } from 'node:worker_threads';
import { AppError } from '../../contract/errors.ts';
import type { Gathered, GatherOptions } from '../rounds/gather.ts';
import type { LessonOptions, Lessons } from './lessons.ts';
import type { SimulatedOptions } from './simulated-task.ts';

/** What is made of each recording: the lessons of looking around, or a task's part in a round of iDPO. */
type CollectWork =
  | ({ readonly kind: 'lessons' } & Pick<LessonOptions, 'rollouts' | 'planned'>)
  | ({ readonly kind: 'round' } & Pick<GatherOptions, 'settings' | 'version' | 'seed'>);

export interface CollectSetup {
  /** Bytes of the nano model that guides and judges; null for the hand-written rules. */
  readonly model: Uint8Array | null;
  readonly work: CollectWork;
  readonly recordings: SimulatedOptions;
}

export type CollectRequest = { readonly seed: string } | 'close';
export type CollectAnswer =
  { readonly seed: string; readonly result: Lessons | Gathered } | { readonly seed: string; readonly failure: string };

export interface CollectRun {
  readonly seeds: readonly string[];
  readonly threads: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

type WorkOf<K extends CollectWork['kind']> = Extract<CollectWork, { kind: K }>;

/**
 * The lessons of the recordings with those seeds, in their order whatever thread made them. Throws AppError `internal`
 * with the thread's own words, or what `signal` was aborted with.
 */
export const collectLessons = (
  setup: CollectSetup & { readonly work: WorkOf<'lessons'> },
  run: CollectRun,
): Promise<Lessons[]> => collect<Lessons>(setup, run);

/** What those recordings add to a round, likewise: the same as if they were rolled out one after the other. */
export const collectRound = (
  setup: CollectSetup & { readonly work: WorkOf<'round'> },
  run: CollectRun,
): Promise<Gathered[]> => collect<Gathered>(setup, run);

/** `Result` is what the work of `setup` gives. */
async function collect<Result extends Lessons | Gathered>(
  setup: CollectSetup,
  { seeds, threads, signal, onProgress }: CollectRun,
): Promise<Result[]> {
  const results = new Map<string, Result>();
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
          return reject(new AppError('internal', `Nothing could be learned from ${answer.seed}: ${answer.failure}`));
        }
        // The thread does the work that it was set up for.
        results.set(answer.seed, answer.result as Result);
        onProgress?.(results.size, seeds.length);
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
  return seeds.flatMap((seed) => results.get(seed) ?? []);
}
