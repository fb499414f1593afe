import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Motion, predict, startAt, update } from './constant-velocity.ts';

/** The same filter with matrices, as textbooks write it. */
type Matrix = readonly (readonly number[])[];
const times = (a: Matrix, b: Matrix): number[][] =>
  a.map((row) => (b[0] ?? []).map((_, j) => row.reduce((sum, value, k) => sum + value * (b[k]?.[j] ?? 0), 0)));
const plus = (a: Matrix, b: Matrix): number[][] => a.map((row, i) => row.map((value, j) => value + (b[i]?.[j] ?? 0)));
const transposed = (a: Matrix): number[][] => (a[0] ?? []).map((_, j) => a.map((row) => row[j] ?? 0));

interface Textbook {
  readonly state: Matrix;
  readonly covariance: Matrix;
}
const textbookFrom = (motion: Motion): Textbook => ({
  state: [[motion.at], [motion.velocity]],
  covariance: [
    [motion.variance, motion.covariance],
    [motion.covariance, motion.velocityVariance],
  ],
});
function textbookPredict({ state, covariance }: Textbook, t: number, agility: number): Textbook {
  const f = [
    [1, t],
    [0, 1],
  ];
  const q = [
    [(agility ** 2 * t ** 3) / 3, (agility ** 2 * t ** 2) / 2],
    [(agility ** 2 * t ** 2) / 2, agility ** 2 * t],
  ];
  return { state: times(f, state), covariance: plus(times(times(f, covariance), transposed(f)), q) };
}
function textbookUpdate({ state, covariance }: Textbook, measured: number, noise: number): Textbook {
  const h = [[1, 0]];
  const innovation = measured - (times(h, state)[0]?.[0] ?? 0);
  const total = (times(times(h, covariance), transposed(h))[0]?.[0] ?? 0) + noise ** 2;
  const gain = times(covariance, transposed(h)).map((row) => row.map((value) => value / total));
  const kept = plus(
    [
      [1, 0],
      [0, 1],
    ],
    times(gain, h).map((row) => row.map((value) => -value)),
  );
  return {
    state: plus(
      state,
      gain.map((row) => row.map((value) => value * innovation)),
    ),
    covariance: times(kept, covariance),
  };
}

describe('constant velocity', () => {
  test('does what the filter of the textbooks does, over any spacing', () => {
    const step = fc.record({
      seconds: fc.double({ min: 0, max: 1.05, noNaN: true }),
      measured: fc.double({ min: -3, max: 3, noNaN: true }),
      noise: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
      agility: fc.double({ min: 0, max: 3, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        let motion = startAt(0.5, 0.1, 1);
        let textbook = textbookFrom(motion);
        for (const { seconds, measured, noise, agility } of steps) {
          motion = update(predict(motion, seconds, agility), measured, noise);
          textbook = textbookUpdate(textbookPredict(textbook, seconds, agility), measured, noise);
        }
        const expected = textbook;
        const actual = textbookFrom(motion);
        for (const [row, column] of [
          [0, 0],
          [0, 1],
          [1, 1],
        ] as const) {
          expect(actual.covariance[row]?.[column]).toBeCloseTo(expected.covariance[row]?.[column] ?? NaN, 9);
        }
        expect(motion.at).toBeCloseTo(expected.state[0]?.[0] ?? NaN, 9);
        expect(motion.velocity).toBeCloseTo(expected.state[1]?.[0] ?? NaN, 9);
      }),
    );
  });

  test('finds the velocity of what moves steadily', () => {
    let motion = startAt(0, 0.05, 1);
    for (let index = 1; index <= 20; index++) motion = update(predict(motion, 0.125, 0.5), 0.8 * 0.125 * index, 0.05);
    expect(motion.velocity).toBeCloseTo(0.8, 2);
    expect(predict(motion, 1, 0.5).at - motion.at).toBeCloseTo(0.8, 2);
  });
});
