import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choleskyFactor, choleskySolve } from './cholesky.ts';
import { randomFrom } from './random.ts';

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

describe('Cholesky', () => {
  test('solves what it was given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (size, seed) => {
        const random = randomFrom(seed);
        const rows = Array.from({ length: size }, () => Array.from({ length: size + 2 }, () => random.normal()));
        const products = rows.flatMap((a) => rows.map((b) => dot(a, b)));
        const matrix = Float64Array.from(products).map((value, index) => value + (index % (size + 1) === 0 ? 0.5 : 0));
        const wanted = Float64Array.from(rows, (row) => row[0] ?? 0);
        const right = wanted.map((_, row) => dot([...matrix.subarray(row * size, (row + 1) * size)], [...wanted]));
        const found = choleskySolve(choleskyFactor(matrix, size), right);
        for (const [index, value] of found.entries()) expect(value).toBeCloseTo(wanted[index] ?? NaN, 6);
      }),
    );
  });

  test('what is not positive definite is refused', () => {
    expect(() => choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)).toThrow(/not positive definite/);
    expect(() => choleskyFactor(new Float64Array(3), 2)).toThrow(RangeError);
  });
});
