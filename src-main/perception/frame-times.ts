/** Which frames stand for an instant: the one on screen, and the neighbour that its motion is measured against. */
import { AppError } from '../contract/errors.ts';

/** Seconds between a frame and the neighbour that its motion is measured against. */
export const motionLag = 0.2;
/** Containers round time stamps to a millisecond. */
const rounding = 0.001;

/**
 * The time stamp of the frame on screen at `time`: the last that is not later, else the first.
 * `frameTimes` is ascending and not empty (`invalid-argument` otherwise).
 */
export function frameTimeAt(frameTimes: ArrayLike<number>, time: number): number {
  return frameTimes[frameIndexAt(frameTimes, time)] as number;
}

/**
 * The frame that the motion of the frame at `frameTime` is measured against: the one on screen a lag later, or the
 * next one where frames are further apart, or, at the end, the one a lag (or a frame) earlier. Later rather than
 * earlier, because from a keyframe on, that costs a handful of frames, whereas before it lies a whole group of
 * pictures. Null where the recording has a single frame.
 */
export function neighbourTime(frameTimes: ArrayLike<number>, frameTime: number): number | null {
  const index = frameIndexAt(frameTimes, frameTime);
  const ahead = Math.max(
    frameIndexAt(frameTimes, frameTime + motionLag + rounding),
    nextDistinct(frameTimes, index, 1),
  );
  const behind = Math.min(
    frameIndexAt(frameTimes, frameTime - motionLag + rounding),
    nextDistinct(frameTimes, index, -1),
  );
  const [later, earlier] = [frameTimes[ahead] as number, frameTimes[behind] as number];
  const [after, before] = [later - frameTime, frameTime - earlier];
  if (after <= 0) return before <= 0 ? null : earlier;
  if (before <= 0 || after >= motionLag - rounding || ahead < frameTimes.length - 1) return later;
  // Shortly before the end, "a lag later" is only a fraction of the lag away.
  return Math.abs(before - motionLag) < Math.abs(after - motionLag) ? earlier : later;
}

/** The nearest index in direction `step` whose time differs from that at `index`, or `index`. */
function nextDistinct(frameTimes: ArrayLike<number>, index: number, step: 1 | -1): number {
  for (let at = index + step; at >= 0 && at < frameTimes.length; at += step) {
    if (frameTimes[at] !== frameTimes[index]) return at;
  }
  return index;
}

function frameIndexAt(frameTimes: ArrayLike<number>, time: number): number {
  if (frameTimes.length === 0) throw new AppError('invalid-argument', 'A recording without frames has no frame times.');
  const after = firstAtOrAfter(frameTimes, time);
  return frameTimes[after] === time ? after : Math.max(0, after - 1);
}

/** Index of the first element that is not less than `value`; the length where there is none. */
function firstAtOrAfter(ascending: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
