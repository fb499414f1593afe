/** What recordings teach of a camera's usual life, and the snapshot that their parts make together. */
import { readFile } from 'node:fs/promises';
import type { FoundByReason } from '../../contract/claim.ts';
import { upgradeTrajectory, type Trajectory } from '../../contract/trajectory.ts';
import {
  decodeNormalityPart,
  encodeNormality,
  encodeNormalityPart,
  type FrameObservation,
  type LearnedWindow,
  mergeNormality as mergeParts,
  normalityPartOf,
  observeWindow,
} from '../../perception/index.ts';
import { readFrames } from '../frame-blobs.ts';
import type { TaskContext, TaskFunction } from '../task.ts';

/** Looks that were not taken because something was suspected there: the others would teach that suspects are usual. */
const withoutReason: ReadonlySet<FoundByReason> = new Set(['opening-look', 'even-sampling']);

export const learnNormality: TaskFunction<'learn-normality'> = async (params, context) => {
  const { recording, hour } = params;
  const cached = await readFrames(params.cached, context);
  const all = [...cached.values()].sort((a, b) => a.time - b.time);
  const learned =
    params.trajectories.length === 0
      ? { frames: all, windows: everyWindow(all) }
      : learnedFrom(await trajectoriesOf(params.trajectories, context), cached);
  return { part: await context.putBlob(encodeNormalityPart(normalityPartOf({ recording, hour, ...learned }))) };
};

export const mergeNormality: TaskFunction<'merge-normality'> = async ({ parts }, context) => {
  const read = [];
  for (const part of parts) read.push(decodeNormalityPart(await readFile(context.blobPath(part))));
  return { normality: await context.putBlob(encodeNormality(mergeParts(read))) };
};

async function trajectoriesOf(blobs: readonly string[], context: TaskContext): Promise<Trajectory[]> {
  const trajectories: Trajectory[] = [];
  for (const blob of blobs) {
    trajectories.push(upgradeTrajectory(JSON.parse(await readFile(context.blobPath(blob), 'utf8'))));
  }
  return trajectories;
}

function learnedFrom(trajectories: readonly Trajectory[], cached: ReadonlyMap<number, FrameObservation>) {
  const looks = trajectories.flatMap((trajectory) =>
    trajectory.looks.filter(({ purpose }) => withoutReason.has(purpose)),
  );
  const seen = new Map<number, FrameObservation>();
  const windows = looks.map(({ times, start, end }) => {
    const frames = times.flatMap((time) => cached.get(time) ?? []);
    for (const frame of frames) seen.set(frame.time, frame);
    return observeWindow(frames, start, end);
  });
  return { frames: [...seen.values()].sort((a, b) => a.time - b.time), windows };
}

/** Frames of a look, and the number of spans that a look may have: 1 s, 2 s, 4 s and so on (the lattice of inquiry). */
const framesPerLook = 8;
const spans = 8;

/** Windows of every span that a look may have, side by side, each with as many frames as a look has. */
function everyWindow(frames: readonly FrameObservation[]): LearnedWindow[] {
  const last = frames.at(-1)?.time ?? -1;
  return Array.from({ length: spans }, (_, level) => 2 ** level).flatMap((span) => {
    const windows: LearnedWindow[] = [];
    let at = 0;
    for (let start = 0; start <= last; start += span) {
      const chosen: FrameObservation[] = [];
      for (let number = 0; number < framesPerLook; number++) {
        const time = start + (number * span) / framesPerLook;
        while (at + 1 < frames.length && (frames[at + 1]?.time ?? Infinity) <= time) at++;
        const frame = frames[at];
        if (frame !== undefined && frame.time >= start && frame.time < start + span && frame !== chosen.at(-1)) {
          chosen.push(frame);
        }
      }
      if (chosen.length > 0) windows.push(observeWindow(chosen, start, start + span));
    }
    return windows;
  });
}
