/** How well flagged intervals meet true ones: temporal IoU, one-to-one matches, mean average precision. */
import { type Interval, intersection, intervalLength } from '../../math/interval.ts';

/** Intersection over union of two intervals, in [0, 1]; 0 where both are empty. */
export function temporalIou(a: Interval, b: Interval): number {
  const both = intersection(a, b);
  const shared = both === null ? 0 : intervalLength(both);
  const union = intervalLength(a) + intervalLength(b) - shared;
  return union > 0 ? shared / union : 0;
}

/** An interval of one recording that a system claims, with how sure it is. */
export interface Detection extends Interval {
  readonly recording: string;
  readonly class: string;
  readonly score: number;
}

export interface TrueInterval extends Interval {
  readonly recording: string;
  readonly class: string;
}

/**
 * Average precision of the detections of one class at temporal IoU >= `threshold`. Detections are taken from the surest
 * down (equal scores in the order given); each takes the true interval of its recording with which it overlaps most
 * among those not taken yet, and counts as false where that overlap is too small. Precision is made monotone before the
 * area is summed. Null where the class has no true interval.
 *
 * Source: ActivityNet's evaluation (Caba Heilbron et al. 2015), `compute_average_precision_detection`.
 */
export function detectionAveragePrecision(
  detections: readonly Detection[],
  truths: readonly TrueInterval[],
  threshold: number,
): number | null {
  if (truths.length === 0) return null;
  const ofRecording = Map.groupBy(truths, ({ recording }) => recording);
  const taken = new Set<TrueInterval>();
  const precisions: number[] = [];
  const recalls: number[] = [];
  let hits = 0;
  for (const [index, detection] of detections.toSorted((a, b) => b.score - a.score).entries()) {
    const candidates = (ofRecording.get(detection.recording) ?? []).filter((truth) => !taken.has(truth));
    let best: { truth: TrueInterval; overlap: number } | null = null;
    for (const truth of candidates) {
      const overlap = temporalIou(detection, truth);
      if (overlap >= threshold && overlap > (best?.overlap ?? 0)) best = { truth, overlap };
    }
    if (best !== null) {
      taken.add(best.truth);
      hits++;
    }
    precisions.push(hits / (index + 1));
    recalls.push(hits / truths.length);
  }
  let area = 0;
  let best = 0;
  for (let point = precisions.length - 1; point >= 0; point--) {
    best = Math.max(best, precisions[point] ?? 0);
    area += ((recalls[point] ?? 0) - (recalls[point - 1] ?? 0)) * best;
  }
  return area;
}

/** Mean of `detectionAveragePrecision` over the classes that have true intervals; null where none has. */
export function meanAveragePrecision(
  detections: readonly Detection[],
  truths: readonly TrueInterval[],
  threshold: number,
): number | null {
  const classes = [...new Set(truths.map((truth) => truth.class))];
  const of = <T extends { readonly class: string }>(items: readonly T[], name: string) =>
    items.filter((item) => item.class === name);
  const parts = classes.flatMap(
    (name) => detectionAveragePrecision(of(detections, name), of(truths, name), threshold) ?? [],
  );
  return parts.length === 0 ? null : parts.reduce((sum, part) => sum + part, 0) / parts.length;
}
