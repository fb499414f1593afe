/** Curves of a timeline as typed arrays, and their thinning to what a screen can show without losing a peak. */
import type { Timeline } from '../../src-main/contract/timeline.ts';
import { frameAt } from './frame-index.ts';
import type { TimeView } from './time-view.ts';

/** Points with ascending `x`; `y` is NaN where nothing is known, and the curve is broken there. */
export interface Curve {
  readonly x: Float64Array;
  readonly y: Float32Array;
}

/** The score of each second that the inquiry looked through, at the middle of the second. */
export function scoreCurve(episodes: Timeline['episodes']): Curve {
  const length = episodes.reduce((sum, { scores }) => sum + scores.length + 1, 0);
  const [x, y] = [new Float64Array(length), new Float32Array(length)];
  let at = 0;
  let end = -Infinity;
  for (const episode of episodes) {
    // Episodes that touch are one curve.
    if (at > 0 && episode.start > end + 0.5) {
      x[at] = end;
      y[at++] = NaN;
    }
    episode.scores.forEach((score, second) => {
      const time = Math.min(episode.start + second + 0.5, Math.max(episode.start, episode.end));
      if (time <= (x[at - 1] ?? -Infinity)) return;
      x[at] = time;
      y[at++] = score;
    });
    end = Math.max(end, episode.end);
  }
  return { x: x.slice(0, at), y: y.slice(0, at) };
}

/** The triage activity of each second, at the middle of the second. */
export function activityCurve(activity: readonly number[]): Curve {
  return { x: Float64Array.from(activity, (_, second) => second + 0.5), y: Float32Array.from(activity) };
}

export interface ThinCurve {
  readonly x: readonly number[];
  /** Null where the curve is broken. */
  readonly y: readonly (number | null)[];
}

/**
 * `curve` inside `view` with at most two points for each of `columns` columns of equal width: the lowest and the
 * highest in it, in their order. A column that knows nothing breaks the curve; one that knows something shows it, and
 * its own break where the next point lies columns away. One point beyond each edge is kept, so that the line leaves the
 * screen where it should.
 */
export function thinned({ x, y }: Curve, view: TimeView, columns: number): ThinCurve {
  const [xs, ys]: [number[], (number | null)[]] = [[], []];
  const put = (index: number) => {
    const value = y[index] as number;
    xs.push(x[index] as number);
    ys.push(Number.isNaN(value) ? null : value);
  };
  const perSecond = columns / (view.end - view.start);
  const before = frameAt(x, view.start);
  let index = before < 0 ? 0 : before;
  if (index < x.length && (x[index] as number) < view.start) put(index++);
  const beyond = frameAt(x, view.end) + 1;
  const columnOf = (at: number) => Math.floor(((x[at] as number) - view.start) * perSecond);
  while (index < beyond && (x[index] as number) <= view.end) {
    const next = firstBeyond(columnOf, index, beyond);
    let [low, high, broken] = [-1, -1, -1];
    for (let at = index; at < next; at++) {
      const value = y[at] as number;
      if (Number.isNaN(value)) {
        broken = at;
        continue;
      }
      if (low < 0) low = high = at;
      else if (value < (y[low] as number)) low = at;
      else if (value > (y[high] as number)) high = at;
    }
    // Of a column that knows nothing, any point breaks the curve.
    put(low < 0 ? next - 1 : Math.min(low, high));
    if (low !== high) put(Math.max(low, high));
    // A break at the end of a column is seen where the next point lies columns away.
    if (low >= 0 && broken > Math.max(low, high) && next < x.length && columnOf(next) > columnOf(broken) + 1)
      put(broken);
    index = next;
  }
  if (index < x.length) put(index);
  return { x: xs, y: ys };
}

/** The first index after `from`, at most `end`, that lies in another column than `from` does; `columnOf` ascends. */
function firstBeyond(columnOf: (index: number) => number, from: number, end: number): number {
  const column = columnOf(from);
  let step = 1;
  while (from + step < end && columnOf(from + step) === column) step *= 2;
  let [low, high] = [from + (step >> 1), Math.min(end, from + step)];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (columnOf(middle) === column) low = middle + 1;
    else high = middle;
  }
  return low;
}
