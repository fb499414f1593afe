/** Learns what is usual from a folder of footage in which nothing unusual happens, looking at every instant of it. */
import { randomUUID } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inParallel } from '../in-parallel.ts';
import type { Tasks } from '../tasks.ts';
import type { LearnedNormality } from './assess-video.ts';
import type { Footage, Seen } from './seen.ts';

export interface LearnTools {
  readonly seen: Seen;
  readonly tasks: Tasks;
  readonly recordingsAtOnce: number;
  /** Takes what is learned. */
  readonly folder: string;
}

/** Errors: those of reading video, of any of the recordings. `onProgress` gets seconds of each recording. */
export async function learnNormal(
  { seen, tasks, recordingsAtOnce, folder }: LearnTools,
  footage: readonly Footage[],
  signal: AbortSignal,
  onProgress: (footage: Footage, seconds: number) => void,
): Promise<LearnedNormality> {
  const parts = new Map<string, string>();
  const keep = async (made: string): Promise<string> => {
    const path = join(folder, randomUUID());
    await rename(made, path);
    return path;
  };
  await inParallel(footage, recordingsAtOnce, async (each) => {
    using frames = await seen.everyInstant(each, signal, (seconds) => onProgress(each, seconds));
    const params = {
      ...{ recording: each.id, hour: null, trajectories: [] },
      cached: frames.chunks.map((chunk) => chunk.frames),
    };
    const path = await tasks.runAside(
      'learn-normality',
      params,
      { files: frames.files },
      ({ part }, pathOf) => keep(pathOf(part)),
      { signal },
    );
    parts.set(each.id, path);
  });
  return await tasks.runAside(
    'merge-normality',
    // In an order that does not depend on which was done first.
    { parts: [...parts.keys()].sort() },
    { files: Object.fromEntries(parts) },
    async ({ normality }, pathOf) => ({ id: basename(normality), path: await keep(pathOf(normality)) }),
    { signal },
  );
}
