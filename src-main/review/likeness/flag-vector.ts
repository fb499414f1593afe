/** What was seen in a flag's interval as a few hundred bytes, so that flags can be compared. */
import type { Interval } from '../../math/interval.ts';
import type { FrameObservation } from '../../perception/frame-observation.ts';
import {
  windowLayout,
  windowLayoutEntries,
  windowVectorIndex,
  type WindowLayoutPart,
} from '../../perception/window-layout.ts';
import { observeWindow } from '../../perception/window-observation.ts';

/**
 * What happens, not where in the picture, not at which camera, not how it was looked at: the same incident at another door
 * is to be found, and a flag that was looked at more closely is not to be unlike the others for that.
 */
const comparedParts: readonly WindowLayoutPart[] = ['attribute', 'motion', 'picture-dynamics', 'person-dynamics'];

const entries = windowLayoutEntries
  .filter(({ part, name }) => comparedParts.includes(part) && !name.endsWith(':known'))
  .map(({ name, knownBy }) => ({
    index: windowVectorIndex(name),
    knownBy: knownBy === null ? null : windowVectorIndex(knownBy),
  }));

/** D: entries of a flag vector. */
export const flagVectorLength = entries.length;
/** Vectors of different layouts are never compared. */
export const flagVectorLayout = `flag-1 ${windowLayout}`;

/** Stands for an entry that is not known. */
export const unknownEntry = -128;
const scale = 127;

/** An interval that takes longer is looked at by so many of its frames, evenly spread: more would tell hardly more. */
const mostFrames = 64;

/**
 * `[D]` of the frames (any order) in `[start, end)`: entries in [−1, 1] as whole numbers of 1/127, `unknownEntry` where one
 * is not known. Null where none of the frames lies in it.
 */
export function flagVector(frames: readonly FrameObservation[], { start, end }: Interval): Int8Array | null {
  const inside = frames.filter(({ time }) => time >= start && time < end).toSorted((a, b) => a.time - b.time);
  if (inside.length === 0) return null;
  const step = Math.max(1, inside.length / mostFrames);
  const chosen = Array.from(
    { length: Math.min(mostFrames, inside.length) },
    (_, index) => inside[Math.floor(index * step)],
  ).filter((frame) => frame !== undefined);
  const { vector } = observeWindow(chosen, start, end);
  return Int8Array.from(entries, ({ index, knownBy }) =>
    knownBy !== null && vector[knownBy] === 0
      ? unknownEntry
      : Math.round(scale * Math.max(-1, Math.min(1, vector[index] ?? 0))),
  );
}
