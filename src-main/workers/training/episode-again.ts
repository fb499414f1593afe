/** An episode that was looked at before, as a world in which only the cached frames are to be seen. */
import { readFile } from 'node:fs/promises';
import type { Watcher } from '../../inquiry/index.ts';
import { decodeNormality, type FrameObservation, readTriage, zoneMask } from '../../perception/index.ts';
import { type CachedSource, cachedWatcher } from '../../training/verdicts/cached-watcher.ts';
import { readFrames } from '../frame-blobs.ts';
import type { EpisodeAgain } from '../protocol/index.ts';
import type { TaskContext } from '../task.ts';

export interface OpenEpisode {
  readonly source: Omit<CachedSource, 'frames'>;
  /** By frame time; frames that are made are put here. */
  readonly frames: Map<number, FrameObservation>;
}

/** Errors: those of reading triage and normality; frames that are gone are left out. */
export async function openEpisode(
  { triage: hash, cached, normality, zones, episode }: EpisodeAgain,
  context: Pick<TaskContext, 'blobPath'>,
): Promise<OpenEpisode> {
  const { seconds, activity, frameTimes } = readTriage(await readFile(context.blobPath(hash)));
  const here =
    normality === null
      ? null
      : {
          normality: decodeNormality(await readFile(context.blobPath(normality.snapshot))),
          hour: normality.hour,
        };
  const all = await readFrames(cached, context);
  // A frame's own time may be a little before the episode's first instant.
  const inside = [...all].filter(([time]) => time > episode.start - 2 && time < episode.end);
  return { source: { seconds, activity, frameTimes, here, zones: zoneMask(zones) }, frames: new Map(inside) };
}

export const watcherOfEpisode = ({ source, frames }: OpenEpisode): Watcher => cachedWatcher({ ...source, frames });
