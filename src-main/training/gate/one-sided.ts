/** Bounds on a mean of differences, each of which holds by itself with a confidence of 80 %. */

export interface MeanWithBounds {
  readonly mean: number;
  /** The mean is above it, with 80 % confidence; and below `upper`, with 80 % confidence. */
  readonly lower: number;
  readonly upper: number;
}

/** The normal distribution's quantile at .8. */
const z = 0.8416212335729143;

/**
 * The quantile at .8 of Student's t with `freedom` ≥ 1 degrees of freedom; off by less than .01 from two on.
 * Source: Abramowitz and Stegun 1964, 26.7.5, to the third order.
 */
function studentQuantile(freedom: number): number {
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}

/** Null for fewer than two differences. */
export function meanWithBounds(differences: readonly number[]): MeanWithBounds | null {
  const count = differences.length;
  if (count < 2) return null;
  const mean = differences.reduce((sum, value) => sum + value, 0) / count;
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const reach = studentQuantile(count - 1) * Math.sqrt(variance / count);
  return { mean, lower: mean - reach, upper: mean + reach };
}
