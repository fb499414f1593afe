/** A recording of which only what was looked at before can be seen: the world of rollouts that decode nothing. */
import { intervalOfLevel, ticksPerSecond } from '../../inquiry/lattice.ts';
import { type PerceptionSource, perceptionWatcher } from '../../inquiry/perception-watcher.ts';
import type { Watcher } from '../../inquiry/watcher.ts';
import type { FrameObservation } from '../../perception/frame-observation.ts';
import { frameTimeAt } from '../../perception/frame-times.ts';

export interface CachedSource extends Omit<PerceptionSource, 'observe'> {
  /** Time stamps of all frames of the recording, ascending. */
  readonly frameTimes: ArrayLike<number>;
  /** What is cached, by frame time. */
  readonly frames: ReadonlyMap<number, FrameObservation>;
}

/**
 * A time whose frame is cached shows it. Any other shows the last cached frame before it, as a recording with fewer frames
 * would, as long as that is nearer than the look's own sampling interval; else nothing is to be seen there.
 */
export function cachedWatcher(source: CachedSource): Watcher<FrameObservation> {
  const watcher = perceptionWatcher({ ...source, observe: () => Promise.resolve([]) });
  const times = Float64Array.from(source.frames.keys()).sort();
  const shownAt = (time: number, level: number): FrameObservation | undefined => {
    const exact = source.frames.get(frameTimeAt(source.frameTimes, time));
    if (exact !== undefined) return exact;
    const before = times[lastNotAfter(times, time)];
    const reach = Math.max(1 / ticksPerSecond, intervalOfLevel(level));
    return before === undefined || time - before >= reach ? undefined : source.frames.get(before);
  };
  return {
    ...watcher,
    observe(asked, level) {
      const shown = new Set(asked.flatMap((time) => shownAt(time, level) ?? []));
      return Promise.resolve([...shown].toSorted((a, b) => a.time - b.time));
    },
  };
}

/** Place of the last of the ascending `times` that is not after `time`; −1 where there is none. */
function lastNotAfter(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
