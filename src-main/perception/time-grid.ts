/** The time grid of a recording: the only instants at which frames are looked at, so that looks share one cache. */
import { AppError } from '../contract/errors.ts';
import type { Interval } from '../math/interval.ts';

/** Grid instants per second, counted from the first video frame. Eight show a punch; looks are never denser. */
export const gridRate = 8;

/** Seconds between a frame and the neighbour that its motion is measured against. */
export const motionLag = 0.2;
/** Containers round time stamps to a millisecond. */
const rounding = 0.001;

/** The grid instant nearest to `time` (halfway: the earlier one) that lies in a recording of `seconds` seconds. */
export function gridInstant(time: number, seconds: number): number {
  const last = Math.max(0, Math.ceil(seconds * gridRate) - 1);
  return Math.min(last, Math.max(0, Math.ceil(time * gridRate - 0.5))) / gridRate;
}

/** `times` (finite) as grid instants: ascending, each once. */
export function gridInstants(times: readonly number[], seconds: number): number[] {
  return ascendingOnce(times.map((time) => gridInstant(time, seconds)));
}

/**
 * `count` instants spread over `[start, end)`, one in the middle of each equal part, before they are put on the grid.
 * A window shorter than `count / gridRate` seconds gives fewer grid instants than `count`.
 */
export function evenInstants({ start, end }: Interval, count: number): number[] {
  return Array.from({ length: count }, (_, index) => start + ((index + 0.5) * (end - start)) / count);
}

/**
 * For a sparse look: each instant is replaced by the nearest keyframe within a quarter of the sampling `interval`
 * (seconds; of two equally near the earlier), so that only keyframes need decoding; the others stay. The result is
 * ascending, each instant once, and depends on nothing but the arguments. `keyframeTimes` is ascending.
 */
export function snapToKeyframes(
  times: readonly number[],
  interval: number,
  keyframeTimes: ArrayLike<number>,
): number[] {
  return ascendingOnce(
    times.map((time) => {
      const after = firstAtOrAfter(keyframeTimes, time);
      const near = [keyframeTimes[after - 1], keyframeTimes[after]].filter(
        (keyframe) => keyframe !== undefined && Math.abs(keyframe - time) <= interval / 4,
      ) as number[];
      const [first = time, second = first] = near;
      return second - time < time - first ? second : first;
    }),
  );
}

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

function ascendingOnce(times: readonly number[]): number[] {
  return [...new Set(times)].toSorted((a, b) => a - b);
}
