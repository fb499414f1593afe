import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logLoss } from '../../math/logistic.ts';
import { randomFrom } from '../../math/random.ts';
import { fitHead, headForms, headLogit, scoreHead } from './head.ts';
import { fitKernelLogistic } from './kernel-logistic.ts';

type Label = 0 | 1;

/** `[N][D]` normal numbers and labels that follow the first of them, more or less. */
function examplesFrom(seed: number, count: number, length: number, noise = 1) {
  const random = randomFrom(seed);
  const rows = Array.from({ length: count }, () => Array.from({ length }, () => random.normal()));
  const labels = rows.map((row): Label => ((row[0] ?? 0) + noise * random.normal() > 0 ? 1 : 0));
  return { rows, labels };
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
const linearKernel = (rows: readonly (readonly number[])[]) =>
  Float64Array.from(rows.flatMap((a) => rows.map((b) => dot(a, b))));

/** L2-penalised logistic regression by plain gradient descent on its weights: the slow second implementation. */
function byGradientDescent(rows: readonly (readonly number[])[], labels: readonly Label[], penalty: number) {
  const weights = rows[0]?.map(() => 0) ?? [];
  let intercept = 0;
  for (let step = 0; step < 20_000; step++) {
    const errors = rows.map((row, index) => 1 / (1 + Math.exp(-dot(row, weights) - intercept)) - (labels[index] ?? 0));
    for (const entry of weights.keys()) {
      const gradient = errors.reduce((sum, error, index) => sum + error * (rows[index]?.[entry] ?? 0), 0);
      weights[entry] = (weights[entry] ?? 0) - 0.02 * (gradient + penalty * (weights[entry] ?? 0));
    }
    intercept -= 0.02 * errors.reduce((sum, error) => sum + error, 0);
  }
  return { weights, intercept };
}

describe('kernel logistic regression', () => {
  test('a linear kernel gives the regression that gradient descent finds', () => {
    const { rows, labels } = examplesFrom(3, 30, 3);
    const { coefficients, intercept } = fitKernelLogistic(linearKernel(rows), labels, 2);
    const naive = byGradientDescent(rows, labels, 2);
    expect(intercept).toBeCloseTo(naive.intercept, 6);
    for (const [entry, weight] of naive.weights.entries()) {
      expect(rows.reduce((sum, row, index) => sum + (coefficients[index] ?? 0) * (row[entry] ?? 0), 0)).toBeCloseTo(
        weight,
        6,
      );
    }
  });

  test('two examples have a closed form: λ w = 2 x σ(−w x)', () => {
    const { coefficients, intercept } = fitKernelLogistic(linearKernel([[1.5], [-1.5]]), [1, 0], 0.7);
    const weight = 1.5 * ((coefficients[0] ?? 0) - (coefficients[1] ?? 0));
    expect(intercept).toBeCloseTo(0, 9);
    expect(0.7 * weight).toBeCloseTo((2 * 1.5) / (1 + Math.exp(1.5 * weight)), 7);
  });

  test('at the minimum each coefficient is the error of its example over the penalty, and errors cancel', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 4, max: 25 }),
        fc.double({ min: 0.05, max: 20, noNaN: true }),
        (seed, count, penalty) => {
          const { rows, labels } = examplesFrom(seed, count, 4, 0.2);
          fc.pre(new Set(labels).size === 2);
          const kernel = linearKernel(rows);
          const { coefficients, intercept } = fitKernelLogistic(kernel, labels, penalty);
          for (const row of rows.keys()) {
            const logit = dot([...kernel.subarray(row * count, (row + 1) * count)], [...coefficients]) + intercept;
            const error = (labels[row] ?? 0) - 1 / (1 + Math.exp(-logit));
            expect(coefficients[row]).toBeCloseTo(error / penalty, 4);
          }
          expect(coefficients.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 6);
        },
      ),
    );
  });

  test('classes that a line parts stay finite, and one class alone is a base rate', () => {
    const parted = fitKernelLogistic(linearKernel([[3], [2], [-2], [-3]]), [1, 1, 0, 0], 1e-3);
    expect(parted.coefficients.every(Number.isFinite)).toBe(true);
    expect(fitKernelLogistic(linearKernel([[1], [2]]), [1, 1], 1)).toEqual({
      coefficients: new Float64Array(2),
      intercept: Math.log(3),
    });
    expect(() => fitKernelLogistic(new Float64Array(4), [1, 0], 0)).toThrow(/above 0/);
    expect(() => fitKernelLogistic(new Float64Array(3), [1, 0], 1)).toThrow(RangeError);
  });

  test('log-loss is exact where probabilities round to 0 and 1', () => {
    expect(logLoss(800, 0)).toBe(800);
    expect(logLoss(-800, 0)).toBe(0);
    expect(logLoss(0, 1)).toBeCloseTo(Math.LN2, 12);
  });
});

describe('head', () => {
  const sources = (count: number) => Array.from({ length: count }, (_, index) => Math.floor(index / 4));
  const set = (seed: number, count = 60) => {
    const { rows, labels } = examplesFrom(seed, count, 6, 0.3);
    return { vectors: rows.map((row) => Float32Array.from(row)), labels, groups: sources(count) };
  };

  test('it tells what it was shown from what it was not', () => {
    const { vectors, labels, groups } = set(1);
    const head = fitHead(vectors, labels, { groups, seed: 1 });
    const fresh = set(2);
    const right = fresh.vectors.filter(
      (vector, index) => scoreHead(head, vector) > 0.5 === (fresh.labels[index] === 1),
    );
    expect(right.length / fresh.vectors.length).toBeGreaterThan(0.8);
    for (const vector of fresh.vectors) {
      expect(scoreHead(head, vector)).toBeCloseTo(1 / (1 + Math.exp(-headLogit(head, vector))), 12);
    }
  });

  test('the same seed gives the same head, and the order of the examples does not matter to a form', () => {
    const { vectors, labels, groups } = set(4, 24);
    expect(fitHead(vectors, labels, { groups, seed: 'a' })).toEqual(fitHead(vectors, labels, { groups, seed: 'a' }));
    const forms = [{ kernel: 'gaussian', penalty: 1 }] as const;
    const head = fitHead(vectors, labels, { groups, seed: 1, forms });
    const reversed = fitHead(vectors.toReversed(), labels.toReversed(), {
      groups: groups.toReversed(),
      seed: 1,
      forms,
    });
    for (const vector of vectors) expect(headLogit(reversed, vector)).toBeCloseTo(headLogit(head, vector), 6);
  });

  test('a form is chosen where it predicts held-out sources: a circle is not parted by a line', () => {
    const random = randomFrom(8);
    const vectors = Array.from({ length: 120 }, () => Float32Array.of(random.normal(), random.normal()));
    const labels = vectors.map((vector): Label => (Math.hypot(vector[0] ?? 0, vector[1] ?? 0) > 1.2 ? 1 : 0));
    const head = fitHead(vectors, labels, { groups: sources(120), seed: 1 });
    expect(head.views.map(({ form }) => form.kernel)).toEqual(['gaussian']);
  });

  test('views are heard in equal parts, whatever their number of entries', () => {
    const { vectors, labels, groups } = set(5);
    const views = [[0], [1, 2, 3, 4, 5]];
    const options = { groups, seed: 1, forms: headForms.slice(0, 1) };
    const both = fitHead(vectors, labels, { ...options, views });
    const parts = views.map((view) => fitHead(vectors, labels, { ...options, views: [view] }));
    for (const vector of vectors) {
      const mean = parts.reduce((sum, head) => sum + headLogit(head, vector) / 2, 0);
      expect(headLogit(both, vector)).toBeCloseTo(mean, 9);
    }
  });

  test('a vector with nothing known scores as the mean vector', () => {
    const { vectors, labels, groups } = set(6);
    const head = fitHead(vectors, labels, { groups, seed: 1 });
    const nothing = new Float32Array(6).fill(NaN);
    const mean = Float32Array.from(head.views[0]?.scale.means ?? []);
    expect(headLogit(head, nothing)).toBeCloseTo(headLogit(head, mean), 5);
    expect(() => headLogit(head, new Float32Array(5))).toThrow(/6 entries, not of 5/);
  });

  test('lists that do not fit are refused', () => {
    const { vectors, labels, groups } = set(7, 8);
    expect(() => fitHead(vectors, labels.slice(1), { groups, seed: 1 })).toThrow(RangeError);
    expect(() => fitHead([], [], { groups: [], seed: 1 })).toThrow(RangeError);
    expect(() => fitHead(vectors, labels, { groups, seed: 1, forms: [] })).toThrow(/no form/);
  });
});
