/** ROC and precision-recall curves with as many points as a picture shows. */
import type { Evaluation } from '../../contract/evaluation.ts';
import { precisionRecallCurve } from '../metrics/precision-recall.ts';
import { rocCurve } from '../metrics/roc.ts';
import type { Standing } from './standing.ts';

const mostPoints = 500;

/** Empty where a class is. */
export function curvesOf({ policy, pooled }: Pick<Standing, 'policy' | 'pooled'>): Evaluation['curves'][number] {
  const roc = rocCurve(pooled);
  const precisionRecall = precisionRecallCurve(pooled);
  return {
    policy,
    roc: roc === null ? [] : thinnedPoints(roc.falsePositiveRates, roc.truePositiveRates),
    precisionRecall: precisionRecall === null ? [] : thinnedPoints(precisionRecall.recalls, precisionRecall.precisions),
  };
}

/** Points in steps of the curve's length, so that steep parts keep theirs; the first and the last are always there. */
function thinnedPoints(x: Float64Array, y: Float64Array): [number, number][] {
  const points = Array.from(x, (value, index): [number, number] => [value, y[index] ?? 0]);
  if (points.length <= mostPoints) return points;
  const lengths = points.map(([px, py], index) => {
    const [lx, ly] = points[index - 1] ?? [px, py];
    return Math.abs(px - lx) + Math.abs(py - ly);
  });
  const step = lengths.reduce((sum, length) => sum + length, 0) / (mostPoints - 1);
  let [walked, next] = [0, 0];
  return points.filter((_, index) => {
    walked += lengths[index] ?? 0;
    if (walked < next && index < points.length - 1) return false;
    next = walked + step;
    return true;
  });
}
