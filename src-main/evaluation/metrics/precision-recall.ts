/** Precision and recall: the curve, and both areas under it that the literature calls AP. */
import { type ScoreCounts, totalsOf } from './score-counts.ts';

/** A point for each distinct score as threshold, from the highest score down; recall ascends. */
export interface PrecisionRecallCurve {
  /** [S] descending. */
  readonly thresholds: Float64Array;
  /** [S] ascending, ends at 1. */
  readonly recalls: Float64Array;
  readonly precisions: Float64Array;
}

/** Null without positives: recall is a share of them. */
export function precisionRecallCurve(counts: ScoreCounts): PrecisionRecallCurve | null {
  const totals = totalsOf(counts);
  if (totals.positives === 0) return null;
  const points = counts.scores.length;
  const curve = {
    thresholds: new Float64Array(points),
    recalls: new Float64Array(points),
    precisions: new Float64Array(points),
  };
  let truePositives = 0;
  let called = 0;
  for (let point = 0; point < points; point++) {
    const row = points - 1 - point;
    truePositives += counts.positives[row] ?? 0;
    called += (counts.positives[row] ?? 0) + (counts.negatives[row] ?? 0);
    curve.thresholds[point] = counts.scores[row] ?? 0;
    curve.recalls[point] = truePositives / totals.positives;
    curve.precisions[point] = truePositives / called;
  }
  return curve;
}

/**
 * Average precision: the sum over thresholds of the gain in recall times the precision there, without interpolation.
 * Null without positives.
 *
 * Source: the definition of scikit-learn's `average_precision_score`. XD-Violence papers report either this or the
 * trapezoid area below under the one name AP.
 */
export function averagePrecision(counts: ScoreCounts): number | null {
  const curve = precisionRecallCurve(counts);
  if (curve === null) return null;
  let area = 0;
  let before = 0;
  for (const [point, recall] of curve.recalls.entries()) {
    area += (recall - before) * (curve.precisions[point] ?? 0);
    before = recall;
  }
  return area;
}

/**
 * Area under the straight lines between the points of the precision-recall curve, which begins at recall 0 and
 * precision 1: `auc(recall, precision)` as XD-Violence's own evaluation computes it. Optimistic where points are far
 * apart (Davis and Goadrich 2006). Null without positives.
 */
export function precisionRecallArea(counts: ScoreCounts): number | null {
  const curve = precisionRecallCurve(counts);
  if (curve === null) return null;
  let area = 0;
  let recallBefore = 0;
  let precisionBefore = 1;
  for (const [point, recall] of curve.recalls.entries()) {
    const precision = curve.precisions[point] ?? 0;
    area += ((recall - recallBefore) * (precision + precisionBefore)) / 2;
    recallBefore = recall;
    precisionBefore = precision;
  }
  return area;
}
