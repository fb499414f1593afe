import fc from 'fast-check';
import { expect, test } from 'vitest';
import { activityCurve, type Curve, scoreCurve, thinned, type ThinCurve } from './curve.ts';

const curve = fc
  .array(
    fc.tuple(fc.double({ min: 0.01, max: 3, noNaN: true }), fc.option(fc.float({ min: 0, max: 1, noNaN: true }))),
    {
      maxLength: 200,
    },
  )
  .map((points): Curve => {
    let sum = 0;
    return {
      x: Float64Array.from(points, ([gap]) => (sum += gap)),
      y: Float32Array.from(points, ([, value]) => value ?? NaN),
    };
  });
const view = fc
  .tuple(fc.double({ min: -5, max: 100, noNaN: true }), fc.double({ min: 0.5, max: 300, noNaN: true }))
  .map(([start, length]) => ({ start, end: start + length }));
const columns = fc.integer({ min: 1, max: 60 });

/** Of each column the lowest and the highest of the points in it, looked up point by point. */
function naive({ x, y }: Curve, { start, end }: { start: number; end: number }, count: number) {
  const result = new Map<number, { low: number; high: number }>();
  for (const [index, time] of x.entries()) {
    const value = y[index] as number;
    if (time < start || time > end || Number.isNaN(value)) continue;
    const column = Math.floor((time - start) * (count / (end - start)));
    const known = result.get(column) ?? { low: value, high: value };
    result.set(column, { low: Math.min(known.low, value), high: Math.max(known.high, value) });
  }
  return result;
}

/** The same of what thinning left. */
const ofThin = (thin: ThinCurve, at: { start: number; end: number }, count: number) =>
  naive({ x: Float64Array.from(thin.x), y: Float32Array.from(thin.y, (value) => value ?? NaN) }, at, count);

test('every column keeps its lowest and its highest point', () => {
  fc.assert(
    fc.property(curve, view, columns, (all, at, count) => {
      expect(ofThin(thinned(all, at, count), at, count)).toEqual(naive(all, at, count));
    }),
  );
});

test('what is left is ascending, is part of the curve and is at most two points a column and one beyond each edge', () => {
  fc.assert(
    fc.property(curve, view, columns, (all, at, count) => {
      const thin = thinned(all, at, count);
      const known = new Map([...all.x].map((time, index) => [time, all.y[index] as number]));
      for (const [index, time] of thin.x.entries()) {
        expect(thin.y[index] ?? NaN).toBe(known.get(time));
        expect(time).toBeGreaterThan(thin.x[index - 1] ?? -Infinity);
      }
      expect(thin.x.length).toBeLessThanOrEqual(2 * (count + 1) + 2);
      expect(thin.x.filter((time) => time < at.start).length).toBeLessThanOrEqual(1);
      expect(thin.x.filter((time) => time > at.end).length).toBeLessThanOrEqual(1);
    }),
  );
});

test('a column that knows nothing breaks the curve; one peak among unknown seconds is shown', () => {
  const all = activityCurve(Array.from({ length: 100 }, (_, second) => (second === 55 ? 1 : NaN)));
  const { y } = thinned(all, { start: 0, end: 100 }, 10);
  expect(y).toEqual([null, null, null, null, null, 1, null, null, null, null]);
});

test('episodes that touch are one curve, others are apart', () => {
  const episode = (start: number, end: number, scores: number[]) => ({ start, end, trajectory: '', scores });
  const { x, y } = scoreCurve([episode(0, 2, [0.1, 0.2]), episode(2, 4, [0.3, 0.4]), episode(10, 11.2, [0.5, 0.6])]);
  expect([...x]).toEqual([0.5, 1.5, 2.5, 3.5, 4, 10.5, 11.2]);
  expect([...y].map((value) => Math.round(value * 10) / 10)).toEqual([0.1, 0.2, 0.3, 0.4, NaN, 0.5, 0.6]);
});

test('short stretches far from each other are not joined, however small they are drawn', () => {
  const curve = { x: Float64Array.of(0, 1, 1.5, 5000, 5001), y: Float32Array.of(0.2, 0.4, NaN, 0.6, 0.8) };
  const { x, y } = thinned(curve, { start: 0, end: 10_000 }, 100);
  const broken = y.indexOf(null);
  expect(x[broken - 1]).toBeLessThan(2);
  expect(x[broken + 1]).toBeGreaterThan(4999);
});
