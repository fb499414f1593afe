/** How rare large values are: a sample's upper tail in a few numbers, carried on beyond the largest. */

/** Shares of the sample that are at least as large as each kept value: halvings by halves, down to 1 in 1024. */
export const tailPoints = 21;
const shareAt = (index: number) => 2 ** (-index / 2);
/** From this share on the tail is taken to fall exponentially: what extreme-value theory expects of most samples. */
const exponentialFrom = 0.05;

export interface Tail {
  /** Values in the sample. */
  readonly size: number;
  /** `[tailPoints]`, not falling: the value that a share of `2^(−index/2)` of the sample reaches. */
  readonly values: Float32Array;
  /** Mean excess over the value that a twentieth reaches; positive. */
  readonly excess: number;
}

/**
 * The tail of `sample` (any order, not empty, finite). `unit` is a difference worth one nat at most: a sample of
 * equal values must not make the slightest more an outrage.
 */
export function tailOf(sample: readonly number[], unit: number): Tail {
  const falling = sample.toSorted((a, b) => b - a);
  const valueAt = (share: number) => falling[Math.max(0, Math.ceil(share * falling.length) - 1)] ?? 0;
  const values = Float32Array.from({ length: tailPoints }, (_, index) => valueAt(shareAt(index))).sort();
  const threshold = valueAt(exponentialFrom);
  const over = falling.filter((value) => value > threshold).map((value) => value - threshold);
  const mean = over.reduce((sum, value) => sum + value, 0) / Math.max(1, over.length);
  return { size: falling.length, values, excess: Math.max(mean, unit) };
}

/**
 * Nats of surprise: −ln of the share of the sample that is at least as large as `value`, straight between the kept
 * values, and beyond the last one as an exponential tail. It rises with `value` without a bound.
 */
export function surpriseOf(value: number, { size, values, excess }: Tail): number {
  // The sample holds no shares smaller than one of its values.
  const last = Math.min(tailPoints - 1, Math.floor(2 * Math.log2(Math.max(1, size))));
  const end = values[last] ?? 0;
  const nats = (index: number) => -Math.log(shareAt(index));
  if (value > end) return nats(last) + (value - end) / excess;
  // The first kept value that is reached: of a run of equals, all are as large.
  let index = 0;
  while (index < last && (values[index] as number) < value) index++;
  if (index === 0) return 0;
  const [below, above] = [values[index - 1] as number, values[index] as number];
  const part = above > below ? (value - below) / (above - below) : 0;
  return nats(index - 1) + part * (nats(index) - nats(index - 1));
}
