/** How far a figure would move with other recordings: percentile bootstrap, and paired differences of two systems. */
import { randomFrom } from '../../math/random.ts';

export interface BootstrapOptions {
  readonly seed: number | string;
  /** 1,000 unless told. */
  readonly resamples?: number;
  /** Two-sided coverage, .95 unless told. */
  readonly coverage?: number;
}

export interface Spread {
  readonly low: number;
  readonly high: number;
  /** Resamples that had a value; the others lacked a class. */
  readonly resamples: number;
}

/**
 * The percentile interval of `statistic` over `items` (recordings) drawn with replacement. Null where there are fewer
 * than two items or hardly a resample has a value: an interval over one recording would be a point that claims certainty.
 *
 * Source: Efron 1979; the percentile interval of Efron and Tibshirani 1993, §13.3.
 */
export function bootstrapSpread<T>(
  items: readonly T[],
  statistic: (sample: readonly T[]) => number | null,
  { seed, resamples = 1000, coverage = 0.95 }: BootstrapOptions,
): Spread | null {
  if (items.length < 2) return null;
  const random = randomFrom(seed);
  const values: number[] = [];
  for (let round = 0; round < resamples; round++) {
    const value = statistic(items.map(() => random.pick(items)));
    if (value !== null) values.push(value);
  }
  if (values.length < resamples / 2) return null;
  values.sort((a, b) => a - b);
  const tail = (1 - coverage) / 2;
  return { low: quantile(values, tail), high: quantile(values, 1 - tail), resamples: values.length };
}

/** One recording under two systems. */
export interface Pair<T> {
  readonly first: T;
  readonly second: T;
}

/**
 * The spread of `statistic(second) − statistic(first)`, both over the same drawn recordings, and the share of resamples in
 * which the second is not better: below .025 it is, at the usual level. Null as in `bootstrapSpread`.
 */
export function pairedBootstrap<T>(
  pairs: readonly Pair<T>[],
  statistic: (sample: readonly T[]) => number | null,
  options: BootstrapOptions,
): (Spread & { readonly notBetter: number }) | null {
  let rounds = 0;
  let notBetter = 0;
  const difference = (sample: readonly Pair<T>[]) => {
    const first = statistic(sample.map((pair) => pair.first));
    const second = statistic(sample.map((pair) => pair.second));
    if (first === null || second === null) return null;
    rounds++;
    // A tie is no proof in either direction.
    notBetter += second > first ? 0 : second < first ? 1 : 0.5;
    return second - first;
  };
  const spread = bootstrapSpread(pairs, difference, options);
  return spread === null ? null : { ...spread, notBetter: notBetter / rounds };
}

/** Linear between the two neighbours; `sorted` ascending and not empty. */
export function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}
