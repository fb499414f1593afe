/** Where the inquiry looked and how densely, as arrays to draw from. */
import type { Timeline } from '../../src-main/contract/timeline.ts';
import { frameAt } from './frame-index.ts';
import type { TimeView } from './time-view.ts';

export interface LookLane {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Frames per second. */
  readonly densities: Float32Array;
  readonly densest: number;
  /** Times of all frames that were seen, ascending, each once. */
  readonly times: Float64Array;
}

export function lookLane(looks: Timeline['looks']): LookLane {
  const times = Float64Array.from(looks.flatMap((look) => look.times)).sort();
  return {
    starts: Float64Array.from(looks, ({ start }) => start),
    ends: Float64Array.from(looks, ({ end }) => end),
    densities: Float32Array.from(looks, ({ density }) => density),
    densest: looks.reduce((most, { density }) => Math.max(most, density), 0),
    times: times.filter((time, index) => index === 0 || time !== times[index - 1]),
  };
}

/**
 * The density of the densest look that touches each of `columns` columns of equal width of `view`, in frames per
 * second; 0 where nobody looked.
 */
export function lookSkyline({ starts, ends, densities }: LookLane, view: TimeView, columns: number): Float32Array {
  const skyline = new Float32Array(columns);
  const perSecond = columns / (view.end - view.start);
  for (let look = 0; look < starts.length; look++) {
    const [start, end, density] = [starts[look] as number, ends[look] as number, densities[look] as number];
    if (end <= view.start || start >= view.end) continue;
    const first = Math.max(0, Math.floor((start - view.start) * perSecond));
    const last = Math.min(columns - 1, Math.ceil((end - view.start) * perSecond) - 1);
    for (let column = first; column <= last; column++) {
      if (density > (skyline[column] as number)) skyline[column] = density;
    }
  }
  return skyline;
}

/** Densities span a factor of hundreds: the height of a bar, [0, 1], is logarithmic, and any look at all is seen. */
export function lookHeight(density: number, densest: number): number {
  if (density <= 0 || densest <= 0) return 0;
  return 0.15 + 0.85 * (Math.log1p(16 * density) / Math.log1p(16 * densest));
}

/** Columns (of `columns` of equal width) of `view` in which a frame was seen, ascending, each once. */
export function seenColumns(times: Float64Array, view: TimeView, columns: number): number[] {
  const perSecond = columns / (view.end - view.start);
  const seen: number[] = [];
  const before = frameAt(times, view.start);
  for (let index = Math.max(0, before); index < times.length; index++) {
    const time = times[index] as number;
    if (time < view.start) continue;
    if (time > view.end) break;
    const column = Math.min(columns - 1, Math.floor((time - view.start) * perSecond));
    if (seen.at(-1) !== column) seen.push(column);
  }
  return seen;
}
