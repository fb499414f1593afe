/** How persons change over a fraction of a second: their place, their outline and their pose. */
import { boxIoU } from '../box.ts';
import { type Figure, matched, pointOf } from './figures.ts';
import type { Measurement, Span } from './quantities.ts';

/** A pose is compared where at least this many keypoints are seen at both ends. */
const fewestKeypoints = 5;
const wrists: ReadonlySet<number> = new Set([9, 10]);
const legs: ReadonlySet<number> = new Set([13, 14, 15, 16]);
const heads: ReadonlySet<number> = new Set([0, 1, 2, 3, 4]);

/** From the persons of one frame to those of a later one, `seconds` apart; nothing where nobody is in either. */
export function bodyChange(
  before: readonly Figure[],
  after: readonly Figure[],
  { seconds, span }: { readonly seconds: number; readonly span: Exclude<Span, 'half'> },
): Measurement[] {
  if (before.length + after.length === 0) return [];
  const pairs = matched(before, after);
  return [
    [`unmatched:${span}`, 1 - (2 * pairs.length) / (before.length + after.length)],
    ...pairs.flatMap(([one, other]): Measurement[] => {
      const size = Math.sqrt(one.size * other.size);
      const shape = Math.abs(Math.log((one.width * other.height) / (one.height * other.width)));
      return [
        [`walk:${span}`, Math.hypot(other.x - one.x, other.y - one.y) / size / seconds],
        [`shape-rate:${span}`, shape / seconds],
        [`size-rate:${span}`, Math.abs(Math.log(one.size / other.size)) / seconds],
        [`box-loss:${span}`, 1 - boxIoU(one.box, other.box)],
        ...(one.trunkAngle !== null && other.trunkAngle !== null
          ? [[`turn-rate:${span}`, Math.abs(one.trunkAngle - other.trunkAngle) / seconds] as const]
          : []),
        ...poseChange(one, other, size * seconds, span),
      ];
    }),
  ];
}

/** Keypoints against the middle of those that are seen at both ends; `unit` is a body height times the seconds. */
function poseChange(
  { keypoints: before }: Figure,
  { keypoints: after }: Figure,
  unit: number,
  span: Exclude<Span, 'half'>,
): Measurement[] {
  if (before === null || after === null) return [];
  const moved = Array.from({ length: before.length / 3 }, (_, index) => index).flatMap((index) => {
    const [from, to] = [pointOf(before, index), pointOf(after, index)];
    return from === null || to === null ? [] : [{ index, x: to[0] - from[0], y: to[1] - from[1] }];
  });
  if (moved.length < fewestKeypoints) return [];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(moved.map((point) => point.x)), mean(moved.map((point) => point.y))];
  const rates = moved.map((point) => ({ index: point.index, rate: Math.hypot(point.x - x, point.y - y) / unit }));
  const part = (name: 'wrist-rate' | 'leg-rate' | 'head-rate', which: ReadonlySet<number>) =>
    rates.flatMap(({ index, rate }): Measurement[] => (which.has(index) ? [[`${name}:${span}`, rate]] : []));
  return [
    [`pose-rate:${span}`, mean(rates.map(({ rate }) => rate))],
    [`pose-peak:${span}`, Math.max(...rates.map(({ rate }) => rate))],
    ...part('wrist-rate', wrists),
    ...part('leg-rate', legs),
    ...part('head-rate', heads),
  ];
}
