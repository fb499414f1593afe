import { describe, expect, test } from 'vitest';
import { fitOffsetLogistic, type OffsetExample } from './offset-logistic.ts';
import { randomFrom } from './random.ts';

const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, entry) => sum + value * (b[entry] ?? 0), 0);

/** Examples of `length` random entries and an intercept, with offsets, soft targets and weights. */
function examplesFrom(seed: number, count: number, length: number): OffsetExample[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => {
    const row = Float64Array.from({ length: length + 1 }, (_, entry) => (entry === length ? 1 : random.normal()));
    const offset = random.normal();
    const target = sigmoid(offset + 2 * (row[0] ?? 0) - (row[1] ?? 0) + random.normal());
    return { row, offset, target, weight: 0.2 + random.next() };
  });
}

/** The slow second implementation. */
function byGradientDescent(examples: readonly OffsetExample[], penalty: number): number[] {
  const beta = Array.from(examples[0]?.row ?? [], () => 0);
  for (let step = 0; step < 8000; step++) {
    const errors = examples.map(
      ({ row, offset, target, weight }) => weight * (sigmoid(offset + dot(row, beta)) - target),
    );
    for (const entry of beta.keys()) {
      const gradient = errors.reduce((sum, error, index) => sum + error * (examples[index]?.row[entry] ?? 0), 0);
      beta[entry] = (beta[entry] ?? 0) - 0.02 * (gradient + penalty * (beta[entry] ?? 0));
    }
  }
  return beta;
}

describe('logistic regression with offsets', () => {
  test('finds what gradient descent finds', () => {
    const examples = examplesFrom(1, 60, 4);
    const fitted = fitOffsetLogistic(examples, 0.7);
    for (const [entry, value] of byGradientDescent(examples, 0.7).entries()) {
      expect(fitted[entry]).toBeCloseTo(value, 4);
    }
  });

  test('where the offsets are right already there is nothing to add', () => {
    const settled = examplesFrom(2, 40, 3).map((each) => ({ ...each, target: sigmoid(each.offset) }));
    for (const value of fitOffsetLogistic(settled, 1)) expect(value).toBeCloseTo(0, 5);
  });

  test('two classes that lie apart end at finite weights, the smaller the larger the penalty', () => {
    const apart = [-2, -1, 1, 2].map((value) => ({
      row: Float64Array.of(value, 1),
      ...{ offset: 0, target: value > 0 ? 1 : 0, weight: 1 },
    }));
    const [loose = NaN] = fitOffsetLogistic(apart, 0.01);
    const [tight = NaN] = fitOffsetLogistic(apart, 10);
    expect(tight).toBeGreaterThan(0);
    expect(loose).toBeGreaterThan(2 * tight);
    expect(loose).toBeLessThan(20);
  });

  test('a weight counts as so many examples', () => {
    const examples = examplesFrom(3, 12, 2);
    const twice = fitOffsetLogistic([...examples, ...examples], 1);
    const weighed = fitOffsetLogistic(
      examples.map((each) => ({ ...each, weight: 2 * each.weight })),
      1,
    );
    for (const [entry, value] of twice.entries()) expect(weighed[entry]).toBeCloseTo(value, 8);
  });

  test('rows of different lengths, none, and no penalty are refused', () => {
    const mixed = [...examplesFrom(4, 2, 2), ...examplesFrom(5, 1, 3)];
    for (const examples of [mixed, []]) expect(() => fitOffsetLogistic(examples, 1)).toThrow(RangeError);
    expect(() => fitOffsetLogistic(examplesFrom(4, 2, 2), 0)).toThrow(RangeError);
  });
});
