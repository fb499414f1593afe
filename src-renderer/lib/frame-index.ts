/** Which frame is on screen at an instant, and at which instant a player must stand to show a given frame. */

/**
 * Index of the frame on screen at `time`: the last one that is not later, else the first; -1 where there are none.
 * `times` is ascending; of frames with the same time the last one counts, as on a screen.
 */
export function frameAt(times: ArrayLike<number>, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return times.length === 0 ? -1 : Math.max(0, low - 1);
}

/** Containers and browsers round time stamps by less than this. */
export const frameRounding = 0.001;

/** Index of the frame that a player shows when it says that its picture is of `time`, which it may have rounded. */
export const presentedFrame = (times: ArrayLike<number>, time: number): number => frameAt(times, time + frameRounding);

/**
 * The middle of the span in which frame `index` is on screen: containers round time stamps, so that its edges may
 * belong to a neighbour. `seconds` is the end of the last frame.
 */
export function middleOfFrame(times: ArrayLike<number>, index: number, seconds: number): number {
  const start = times[index] as number;
  const end = index + 1 < times.length ? (times[index + 1] as number) : Math.max(seconds, start);
  return (start + end) / 2;
}

/** The index `frames` away from `index`, held inside the recording. */
export function steppedFrame(times: ArrayLike<number>, index: number, frames: number): number {
  return Math.max(0, Math.min(times.length - 1, index + frames));
}
