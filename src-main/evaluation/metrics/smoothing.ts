/** Gaussian smoothing of frame-level scores: off unless asked for, and then the same for every policy of a table. */

/**
 * `scores` ([T]) smoothed with standard deviation `sigma` in frames, weights cut at 4 σ and normalised over what lies
 * inside, so that a constant stays one up to its ends, to the bit: rounding must not order frames that score alike. `sigma`
 * 0 gives a copy.
 */
export function smoothed(scores: Float64Array, sigma: number): Float64Array {
  if (!(sigma >= 0)) throw new RangeError(`A standard deviation of ${sigma} frames is none.`);
  const reach = Math.ceil(4 * sigma);
  const weights = Float64Array.from({ length: reach + 1 }, (_, lag) =>
    lag === 0 ? 1 : Math.exp(-(lag ** 2) / (2 * sigma ** 2)),
  );
  const base = scores[0] ?? 0;
  return scores.map((_, frame) => {
    let sum = 0;
    let total = 0;
    const last = Math.min(scores.length - 1, frame + reach);
    for (let other = Math.max(0, frame - reach); other <= last; other++) {
      const weight = weights[Math.abs(other - frame)] ?? 0;
      sum += weight * ((scores[other] ?? 0) - base);
      total += weight;
    }
    return base + sum / total;
  });
}
