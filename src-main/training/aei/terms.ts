/** The bounded terms of the AEI utility, each a pure function of probabilities, costs and spans. */
import type { Costs } from '../../contract/trajectory.ts';
import { type Interval, intersection, intervalLength, mergeIntervals } from '../../math/interval.ts';

/** Whether the recording holds an incident. */
export type VideoLabel = 0 | 1;

export interface AeiTerms {
  /** `R`, in [-3, 1]. */
  readonly success: number;
  /** `I`, in [-1, 1]. */
  readonly information: number;
  /** `C`, in [0, 1]. */
  readonly cost: number;
  /** `L`, in [-1.5, 1]. */
  readonly localisation: number;
}

/** Beliefs are read within these bounds, so that no term is unbounded. Source: DESIGN §8. */
const leastBelief = 0.02;
/** `ln(0.98 / 0.02)` is below it, so that information stays within [-1, 1]. Source: DESIGN §8. */
const informationScale = Math.log(50);

/** A probability within the bounds of beliefs. Throws RangeError for what is none. */
export function clippedBelief(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) throw new RangeError(`${String(probability)} is no probability.`);
  return Math.min(1 - leastBelief, Math.max(leastBelief, probability));
}

/** `q(y)` from `q(1)`, clipped. */
const beliefInLabel = (incident: number, label: VideoLabel): number =>
  clippedBelief(label === 1 ? incident : 1 - incident);

/**
 * `R_v = 1 − 4(p − y)²` with `p` the belief that there is an incident after all that was seen; in [-3, 1] and 0 at ½.
 * A Brier score: saying what one believes is best.
 */
export const videoSuccess = (incident: number, label: VideoLabel): number =>
  1 - 4 * (1 - beliefInLabel(incident, label)) ** 2;

/** `R = ½R_v + ½(2F(½ + ½c) − 1)` where the reviewer's intervals are known; `F` and `c` as of `matchIntervals`. */
export const intervalSuccess = (video: number, match: { readonly overlap: number; readonly rightClass: number }) =>
  video / 2 + (2 * match.overlap * (0.5 + 0.5 * match.rightClass) - 1) / 2;

/** `I = (ln q(y|E_T) − ln q(y|E_0)) / ln 50`: signed, and over any steps the sum of theirs. */
export const information = (before: number, after: number, label: VideoLabel): number =>
  (Math.log(beliefInLabel(after, label)) - Math.log(beliefInLabel(before, label))) / informationScale;

/**
 * `C = min(1, (new frames + ¼ re-read frames + looks + 0.1 thoughts) / budget)`; over replays a frame is a segment.
 * Throws RangeError for a budget that is not positive.
 */
export function costShare(costs: Costs, budget: number): number {
  if (!(budget > 0)) throw new RangeError(`A budget of ${String(budget)} pays for nothing.`);
  return Math.min(1, (costs.newFrames + costs.rereadFrames / 4 + costs.looks + 0.1 * costs.thoughts) / budget);
}

export interface Localised {
  /** `q(1|E)` and `q(1|E∖F)`: the belief that there is an incident with and without the frames that were flagged. */
  readonly incident: number;
  readonly incidentWithout: number;
  /** `|F| / |W|`. */
  readonly flaggedShare: number;
}

/**
 * `L`: for a recording with an incident `q(1|E) − q(1|E∖F) − ½|F|/|W|`, what the flagged part alone tells; for one
 * without `−|F|/|W|`.
 */
export function localisation({ incident, incidentWithout, flaggedShare }: Localised, label: VideoLabel): number {
  if (!(flaggedShare >= 0 && flaggedShare <= 1)) throw new RangeError(`${String(flaggedShare)} is no share.`);
  if (label === 0) return 0 - flaggedShare;
  return clippedBelief(incident) - clippedBelief(incidentWithout) - flaggedShare / 2;
}

/** The share of the window that the flagged spans cover, overlaps once. */
export function flaggedShare(flagged: readonly Interval[], window: Interval): number {
  const inside = flagged.flatMap((span) => intersection(span, window) ?? []);
  return mergeIntervals(inside).reduce((sum, span) => sum + intervalLength(span), 0) / intervalLength(window);
}
