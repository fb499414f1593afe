/** How something moved that was followed: velocities over half a second, and how suddenly they change. */
import { boxAround } from '../box.ts';
import type { Box } from '../detection.ts';
import { longestLink } from './track-objects.ts';

/** One sighting on the way. */
export interface Step {
  readonly time: number;
  /** In picture heights, both. */
  readonly x: number;
  readonly y: number;
  /** What lengths are measured in: the thing's own size, in picture heights; positive. */
  readonly size: number;
  readonly box: Box;
  /** Whether the way from the step before is known to be this thing's own. */
  readonly joined: boolean;
}

/** What moved between two moments and how fast, in its own sizes per second; x to the right, y down. */
export interface Velocity {
  /** Of the frames that it rests on, ascending. */
  readonly times: readonly number[];
  readonly x: number;
  readonly y: number;
  /** Length of (x, y) less what boxes jitter by. */
  readonly speed: number;
  /** Middle of the way, and the size, in picture heights. */
  readonly at: { readonly x: number; readonly y: number; readonly size: number };
  readonly place: Box;
}

/** A velocity is taken over this long, seconds: over less, the jitter of boxes is as large as the way. */
const usualSpan = 0.5;
/** What comes after a sudden change may be this short, seconds. */
const shortestAfter = 0.24;
/** Time stamps are rounded. */
const rounding = 0.005;

/**
 * Velocities along `steps` (ascending in time): from each step on over half a second, or to the next step where that is
 * further away. What is followed for less has none. `slack` is what boxes jitter by, in sizes. The median over pairs of steps at least half the span apart
 * (after Theil 1950 and Sen 1968, each coordinate for itself): one misplaced box does not make a speed.
 */
export function velocitiesAlong(steps: readonly Step[], slack: number): Velocity[] {
  return runsOf(steps).flatMap((run) =>
    run.flatMap((_, from) => {
      const to = run.findIndex((__, index) => index > from && isSpan(run, from, index, usualSpan));
      return to < 0 ? [] : [velocityOf(run.slice(from, to + 1), slack)];
    }),
  );
}

/** A change of speed at one moment, in sizes per second: how much was lost and gained, each at least 0. */
export interface SpeedChange {
  readonly lost: number;
  readonly gained: number;
  readonly times: readonly number[];
  readonly place: Box;
}

/**
 * At each step with half a second before it and a quarter to half a second behind it: the speed before less the speed
 * after, and the other way round. The larger of the two must have lasted: it is the smallest of those of the whole
 * and its halves, because a single misplaced box would be a stop too. Needs steps at most a quarter of a second apart.
 */
export function speedChangesAlong(steps: readonly Step[], slack: number): SpeedChange[] {
  return runsOf(steps).flatMap((run) =>
    run.flatMap((_, at): SpeedChange[] => {
      const from = run.findLastIndex((__, index) => index < at && isSpan(run, index, at, usualSpan));
      let to = run.findIndex((__, index) => index > at && isSpan(run, at, index, usualSpan));
      if (to < 0 && isSpan(run, at, run.length - 1, shortestAfter)) to = run.length - 1;
      const [before, after] = [run.slice(Math.max(0, from), at + 1), run.slice(at, to + 1)];
      if (from < 0 || to < 0 || widestGap([...before, ...after]) > usualSpan / 2 + rounding) return [];
      const lost = lastingSpeed(before, slack) - velocityOf(after, slack).speed;
      const gained = lastingSpeed(after, slack) - velocityOf(before, slack).speed;
      const involved = [...before, ...after.slice(1)];
      return [
        {
          lost: Math.max(0, lost),
          gained: Math.max(0, gained),
          times: involved.map(({ time }) => time),
          place: placeOf(involved),
        },
      ];
    }),
  );
}

function isSpan(run: readonly Step[], from: number, to: number, span: number): boolean {
  return (run[to] as Step).time - (run[from] as Step).time >= span - rounding;
}

const widestGap = (steps: readonly Step[]): number =>
  Math.max(0, ...steps.slice(1).map(({ time }, index) => time - (steps[index] as Step).time));

/** The speed that both halves reach as well as the whole: there and back again is no speed. */
function lastingSpeed(steps: readonly Step[], slack: number): number {
  const middle = steps.length >> 1;
  const parts = steps.length < 3 ? [steps] : [steps, steps.slice(0, middle + 1), steps.slice(middle)];
  return Math.min(...parts.map((part) => velocityOf(part, slack).speed));
}

/** Parts of the way within which every step is known to follow the one before. */
function runsOf(steps: readonly Step[]): Step[][] {
  const runs: Step[][] = [];
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1];
    if (before !== undefined && step.joined && step.time - before.time <= longestLink) runs.at(-1)?.push(step);
    else runs.push([step]);
  }
  return runs;
}

/** Over at least two steps. */
function velocityOf(steps: readonly Step[], slack: number): Velocity {
  const [first, last] = [steps[0] as Step, steps.at(-1) as Step];
  const span = last.time - first.time;
  const size = median(steps.map((step) => step.size));
  const slopes = steps.flatMap((a, index) =>
    steps
      .slice(index + 1)
      .filter((b) => b.time - a.time >= span / 2 - rounding)
      .map((b) => ({ x: (b.x - a.x) / (b.time - a.time), y: (b.y - a.y) / (b.time - a.time) })),
  );
  const [x, y] = [median(slopes.map((slope) => slope.x)) / size, median(slopes.map((slope) => slope.y)) / size];
  return {
    times: steps.map(({ time }) => time),
    x,
    y,
    speed: Math.max(0, Math.hypot(x, y) - slack / span),
    at: { x: (first.x + last.x) / 2, y: (first.y + last.y) / 2, size },
    place: placeOf(steps),
  };
}

const placeOf = (steps: readonly Step[]): Box => boxAround(steps.map(({ box }) => box));

/** The middle value, the mean of the two in the middle of an even number; NaN of none. */
export function median(values: readonly number[]): number {
  const rising = values.toSorted((a, b) => a - b);
  const middle = rising.length >> 1;
  const upper = rising[middle] ?? NaN;
  return rising.length % 2 === 1 ? upper : ((rising[middle - 1] ?? NaN) + upper) / 2;
}
