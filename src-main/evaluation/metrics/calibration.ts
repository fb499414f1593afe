/** Whether a score of 0.7 means seven in ten: Brier score and calibration error. */

export interface Calibration {
  /** Mean of (score − label)², in [0, 1]; smaller is better. */
  readonly brier: number;
  /** Mean over bins, by their size, of |mean score − share of positives|, in [0, 1]. */
  readonly expectedError: number;
  readonly bins: readonly { readonly count: number; readonly meanScore: number; readonly share: number }[];
}

/**
 * Calibration of `scores` ([N], in [0, 1]) against `labels` ([N], 0 or 1) in at most `binCount` bins of equal size, cut
 * by rank: with bins of equal width most would be empty, since most scores are low. Equal scores never lie in two bins.
 * Null where there is nothing.
 *
 * Source: Brier 1950; Nguyen and O'Connor 2015 (bins of equal size).
 */
export function calibrationOf(scores: ArrayLike<number>, labels: ArrayLike<number>, binCount = 15): Calibration | null {
  const count = scores.length;
  if (labels.length !== count) throw new RangeError(`${count} scores cannot belong to ${labels.length} labels.`);
  if (count === 0) return null;
  const order = Array.from({ length: count }, (_, index) => index).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const bins: { count: number; meanScore: number; share: number }[] = [];
  let squares = 0;
  let error = 0;
  for (let first = 0; first < count;) {
    let end = Math.min(count, Math.max(first + 1, Math.round(((bins.length + 1) * count) / binCount)));
    while (end < count && scores[order[end] ?? 0] === scores[order[end - 1] ?? 0]) end++;
    let sum = 0;
    let positives = 0;
    for (const index of order.slice(first, end)) {
      const score = scores[index] ?? 0;
      const label = labels[index] ?? 0;
      sum += score;
      positives += label;
      squares += (score - label) ** 2;
    }
    const size = end - first;
    bins.push({ count: size, meanScore: sum / size, share: positives / size });
    error += Math.abs(sum - positives);
    first = end;
  }
  return { brier: squares / count, expectedError: error / count, bins };
}
