/** Frame-level scores from evidence logits, and flagged intervals from scores. */
import { intersection, mergeIntervals, type Interval } from '../math/interval.ts';
import { sigmoid } from '../math/logistic.ts';

/** Evidence of one frame: its logit at a time, with the sampling interval of its look as bandwidth. Seconds. */
export interface EvidencePoint {
  readonly time: number;
  readonly interval: number;
  readonly logit: number;
}

export interface ScoredSpan extends Interval {
  readonly score: number;
}

/** Beyond this many bandwidths a kernel is below 1e-8 and left out. */
const kernelReach = 6;

/**
 * `s(t) = σ((Σ k_i(t)·e_i + ½·e_0) / (Σ k_i(t) + ½))`, with `k_i` a Gaussian of height 1 around the frame's time and the
 * look's sampling interval as standard deviation; inside a span of `hypotheses` at least its score (SPEC S1, S2).
 * Source: DESIGN §7, ours.
 *
 * @param times `[N]` seconds, on the axis of `evidence`
 * @param prior `e_0`, the logit where nothing was seen
 * @returns `[N]` in [0, 1]
 */
export function scoresAt(
  times: readonly number[],
  evidence: readonly EvidencePoint[],
  prior: number,
  hypotheses: readonly ScoredSpan[] = [],
): number[] {
  const groups = byInterval(evidence);
  return times.map((time) => {
    let sum = prior / 2;
    let weight = 0.5;
    for (const { interval, points } of groups) {
      const reach = kernelReach * interval;
      for (let index = firstAfter(points, time - reach); index < points.length; index++) {
        const point = points[index] as EvidencePoint;
        if (point.time > time + reach) break;
        const distance = (time - point.time) / interval;
        const kernel = Math.exp(-(distance * distance) / 2);
        sum += kernel * point.logit;
        weight += kernel;
      }
    }
    let score = sigmoid(sum / weight);
    for (const span of hypotheses) if (time >= span.start && time < span.end) score = Math.max(score, span.score);
    return score;
  });
}

/** The points of each sampling interval in order of time: those near an instant are then found without asking all. */
function byInterval(evidence: readonly EvidencePoint[]) {
  const groups = new Map<number, EvidencePoint[]>();
  for (const point of evidence) {
    const group = groups.get(point.interval);
    if (group === undefined) groups.set(point.interval, [point]);
    else group.push(point);
  }
  return [...groups].map(([interval, points]) => ({ interval, points: points.sort((a, b) => a.time - b.time) }));
}

/** Number of the first of the ascending points that is at or after `time`. */
function firstAfter(points: readonly EvidencePoint[], time: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((points[middle]?.time ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Frames that speak for a hypothesis as one: fewer are filled up with the prior, so that one frame alone says little. */
const framesInAccord = 3;

/** The belief of a set of frames: the logistic of the mean of its three strongest evidence logits (SPEC S3). Ours. */
export function scoreOfFrames(logits: readonly number[], prior: number): number {
  const strongest = logits.toSorted((a, b) => b - a).slice(0, framesInAccord);
  const sum = strongest.reduce((total, logit) => total + logit, 0) + (framesInAccord - strongest.length) * prior;
  return sigmoid(sum / framesInAccord);
}

export interface Thresholds {
  /** A flag begins where the score reaches this … */
  readonly high: number;
  /** … and goes on, both ways, for as long as it does not fall below this. */
  readonly low: number;
}

/** Ours. `high` says "more likely than not"; `low` keeps a dip inside an incident from cutting it in two. */
export const defaultThresholds: Thresholds = { high: 0.5, low: 0.3 };

/** Spacing at which scores are thresholded, seconds: two ticks of the lattice. */
const flagSpacing = 0.25;

/**
 * Flagged intervals by hysteresis: runs of score ≥ `low` that reach `high` somewhere, cut to what was seen (SPEC F1, F2).
 * @param seen disjoint spans in order; nothing outside them is ever flagged
 */
export function flaggedSpans(
  seen: readonly Interval[],
  scoreOf: (times: readonly number[]) => readonly number[],
  thresholds: Thresholds = defaultThresholds,
): ScoredSpan[] {
  return seen.flatMap((span) => {
    const count = Math.ceil((span.end - span.start) / flagSpacing);
    const cells = Array.from({ length: count }, (_, index) => ({
      start: span.start + index * flagSpacing,
      end: Math.min(span.end, span.start + (index + 1) * flagSpacing),
    }));
    const scores = scoreOf(cells.map((cell) => (cell.start + cell.end) / 2));
    const above = cells.filter((_, index) => (scores[index] ?? 0) >= thresholds.low);
    return mergeIntervals(above).flatMap((run) => {
      const inside = scores.filter((_, index) => intersection(cells[index] as Interval, run) !== null);
      const score = Math.max(...inside);
      return score >= thresholds.high ? [{ ...run, score }] : [];
    });
  });
}
