import { describe, expect, test } from 'vitest';
import { scaleOf, standardised } from './standardise.ts';

describe('scale', () => {
  test('mean 0, variance 1; what is missing is the mean; what never varies or never was known is left out', () => {
    const vectors = [
      [1, 5, NaN, NaN],
      [3, 5, 2, NaN],
      [5, 5, 4, NaN],
    ].map((row) => Float32Array.from(row));
    const scale = scaleOf(vectors);
    const spread = Math.sqrt(8 / 3);
    const rows = vectors.map((vector) => [...standardised(scale, vector)]);
    expect(rows[0]?.[0]).toBeCloseTo(-2 / spread, 6);
    expect(rows[0]?.slice(1)).toEqual([0, 0, 0]);
    expect(rows[2]?.[2]).toBeCloseTo(1, 6);
    expect([...standardised(scale, Float32Array.of(1e6, 1e6, -1e6, 1e6))]).toEqual([3, 0, -3, 0]);
    expect(() => standardised(scale, new Float32Array(3))).toThrow(/3 entries/);
  });
});
