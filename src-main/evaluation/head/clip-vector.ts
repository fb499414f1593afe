/** The vector that a whole clip is judged by: what was seen in it, without how it was looked at and where in the picture. */
import type { FrameObservation } from '../../perception/frame-observation.ts';
import { dynamicsOf } from '../../perception/window-dynamics.ts';
import { observeWindow } from '../../perception/window-observation.ts';

/**
 * The dynamics of the window observation over all `frames` (any order, at least one; 8 a second do as well as 16), as
 * `dynamicsOf` gives them. Throws a RangeError without frames.
 */
export function clipVector(frames: readonly FrameObservation[]): Float32Array {
  const times = frames.map(({ time }) => time);
  if (times.length === 0) throw new RangeError('A clip without frames has no vector.');
  // A hair's breadth after the last frame: windows are half open.
  return dynamicsOf(observeWindow(frames, Math.min(...times), Math.max(...times) + 1e-3).vector);
}
