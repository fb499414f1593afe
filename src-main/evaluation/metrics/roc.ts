/** Receiver operating characteristic: area, curve, and the true positive rate that a false positive rate allows. */
import { type ScoreCounts, totalsOf } from './score-counts.ts';

/**
 * Area under the ROC curve: the probability that a positive scores higher than a negative, ties counting half.
 * In [0, 1]; null where one of the classes is empty, because no order of nothing is better than another.
 *
 * Source: Hanley and McNeil 1982 (the Mann-Whitney form, equal to the trapezoids under the curve).
 */
export function rocAuc(counts: ScoreCounts): number | null {
  const totals = totalsOf(counts);
  if (totals.positives === 0 || totals.negatives === 0) return null;
  let below = 0;
  let wins = 0;
  for (let row = 0; row < counts.scores.length; row++) {
    const negatives = counts.negatives[row] ?? 0;
    wins += (counts.positives[row] ?? 0) * (below + negatives / 2);
    below += negatives;
  }
  return wins / (totals.positives * totals.negatives);
}

/** A point for each distinct score as threshold (`score >= threshold` is called anomalous), from (0, 0) to (1, 1). */
export interface RocCurve {
  /** [S + 1] descending; the first, Infinity, calls nothing anomalous. */
  readonly thresholds: Float64Array;
  /** [S + 1] ascending, in [0, 1]. */
  readonly falsePositiveRates: Float64Array;
  readonly truePositiveRates: Float64Array;
}

/** Null where one of the classes is empty. */
export function rocCurve(counts: ScoreCounts): RocCurve | null {
  const totals = totalsOf(counts);
  if (totals.positives === 0 || totals.negatives === 0) return null;
  const points = counts.scores.length + 1;
  const curve = {
    thresholds: new Float64Array(points).fill(Infinity),
    falsePositiveRates: new Float64Array(points),
    truePositiveRates: new Float64Array(points),
  };
  let truePositives = 0;
  let falsePositives = 0;
  for (let point = 1; point < points; point++) {
    const row = counts.scores.length - point;
    truePositives += counts.positives[row] ?? 0;
    falsePositives += counts.negatives[row] ?? 0;
    curve.thresholds[point] = counts.scores[row] ?? 0;
    curve.truePositiveRates[point] = truePositives / totals.positives;
    curve.falsePositiveRates[point] = falsePositives / totals.negatives;
  }
  return curve;
}

/**
 * The highest true positive rate of a threshold whose false positive rate is at most `limit`, a threshold that exists
 * and not a point between two: what a person who sets one gets. Null where one of the classes is empty.
 */
export function truePositiveRateAt(counts: ScoreCounts, limit: number): number | null {
  const curve = rocCurve(counts);
  if (curve === null) return null;
  const point = curve.falsePositiveRates.findLastIndex((rate) => rate <= limit);
  return curve.truePositiveRates[point] ?? 0;
}
