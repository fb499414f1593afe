/** How well the intervals of a FINAL meet those of a reviewer: one-to-one matches by temporal overlap. */
import { temporalIou } from '../../evaluation/metrics/temporal-detection.ts';
import { assign } from '../../math/assignment.ts';
import type { Interval } from '../../math/interval.ts';

export interface ClassedInterval extends Interval {
  readonly class: string;
}

export interface IntervalMatch {
  /** `F = 2·Σ tIoU of one-to-one matches / (predicted + true)`, in [0, 1]; 1 where both are none. */
  readonly overlap: number;
  /** Share of the matches with the right class; 1 where nothing was to be matched, 0 where nothing matched. */
  readonly rightClass: number;
}

/** The one-to-one matching with the largest sum of temporal IoU; pairs that do not overlap are no match. */
export function matchIntervals(
  predicted: readonly ClassedInterval[],
  truths: readonly ClassedInterval[],
): IntervalMatch {
  if (predicted.length + truths.length === 0) return { overlap: 1, rightClass: 1 };
  const overlaps = predicted.map((span) => truths.map((truth) => temporalIou(span, truth)));
  // A pair costs 1 − tIoU and staying alone ½ each: every overlap is worth pairing.
  const partners = assign(
    overlaps.map((row) => row.map((overlap) => 1 - overlap)),
    0.5,
  );
  let [sum, matches, right] = [0, 0, 0];
  for (const [index, partner] of partners.entries()) {
    const overlap = overlaps[index]?.[partner] ?? 0;
    if (partner < 0 || overlap <= 0) continue;
    sum += overlap;
    matches++;
    if (predicted[index]?.class === truths[partner]?.class) right++;
  }
  return {
    overlap: (2 * sum) / (predicted.length + truths.length),
    rightClass: matches === 0 ? 0 : right / matches,
  };
}
