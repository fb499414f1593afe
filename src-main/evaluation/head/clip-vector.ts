/** The vector that a whole clip is judged by: what was seen in it, without how it was looked at and where in the picture. */
import type { FrameObservation } from '../../perception/frame-observation.ts';
import { windowLayoutEntries, windowVectorIndex, type WindowLayoutPart } from '../../perception/window-layout.ts';
import { observeWindow } from '../../perception/window-observation.ts';

/**
 * Number and spacing of frames and the length of the window tell of the file, the place of persons and the shares of
 * frames in which something is seen tell of the camera: a head that is fitted on few sources would learn those instead
 * of what happens. So only the values of the dynamics are judged.
 */
const judgedParts = ['picture-dynamics', 'person-dynamics'] as const satisfies readonly WindowLayoutPart[];

/** The entries of the window layout that a clip vector holds, in its order. */
export const clipVectorEntries = windowLayoutEntries.filter(
  ({ part, knownBy }) => judgedParts.some((judged) => judged === part) && knownBy !== null,
);

/**
 * The entries of a clip vector in two views, by index: how the picture moves and what persons do. Each is told on its
 * own, so that a clip in which nobody is seen is judged by its motion.
 */
export const clipVectorViews: readonly (readonly number[])[] = judgedParts.map((judged) =>
  clipVectorEntries.flatMap(({ part }, index) => (part === judged ? [index] : [])),
);

const places = clipVectorEntries.map(({ name, knownBy }) => ({
  entry: windowVectorIndex(name),
  knownBy: knownBy === null ? null : windowVectorIndex(knownBy),
}));

/**
 * The window observation over all `frames` (any order, at least one; 8 a second do as well as 16) as `[D]` with the entries of
 * `clipVectorEntries`, in [-1, 1], NaN where not known. Throws a RangeError without frames.
 */
export function clipVector(frames: readonly FrameObservation[]): Float32Array {
  const times = frames.map(({ time }) => time);
  if (times.length === 0) throw new RangeError('A clip without frames has no vector.');
  // A hair's breadth after the last frame: windows are half open.
  const { vector } = observeWindow(frames, Math.min(...times), Math.max(...times) + 1e-3);
  return Float32Array.from(places, ({ entry, knownBy }) =>
    knownBy !== null && vector[knownBy] === 0 ? Number.NaN : (vector[entry] ?? 0),
  );
}
