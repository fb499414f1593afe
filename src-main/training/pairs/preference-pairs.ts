/** Preference pairs from the rollouts of one recording, by their utility. */
import type { Random } from '../../math/random.ts';
import { type AeiTerms, type VideoLabel } from '../aei/terms.ts';
import { type AeiWeights, defaultAeiWeights, utilityOf } from '../aei/utility.ts';

/** What ranking needs of one rollout. */
export interface RankedRollout {
  /** Token ids of its actions, one list an action. */
  readonly actions: readonly (readonly number[])[];
  readonly terms: AeiTerms;
  /** `q(1|E_T)`. */
  readonly incident: number;
}

/** Where a preference comes from: it decides how noisy it is and which part of the chosen one is imitated. */
export type PairOrigin = 'utility' | 'preference' | 'correction';

export interface PreferencePair<R> {
  readonly chosen: R;
  readonly rejected: R;
  readonly origin: PairOrigin;
  /** Difference of utilities; null where a person said which is better. */
  readonly margin: number | null;
}

export interface PairOptions {
  readonly weights?: AeiWeights;
  /** Smaller differences are no preference. Source: DESIGN §8. */
  readonly margin?: number;
  /** For the two pairs of any two rollouts. */
  readonly random: Random;
}

const leastMargin = 0.05;
const randomPairs = 2;

const isSame = (a: Acted, b: Acted) =>
  a.actions.length === b.actions.length && firstDifference(a, b) === a.actions.length;

const isRight = ({ incident }: RankedRollout, label: VideoLabel) => incident > 0.5 === (label === 1);

/**
 * At most four pairs (best/worst, best/median, two of any two), the better one chosen. Dropped are pairs with less than
 * the margin between them, with the same actions, those that were drawn already, and those that only cost tells apart
 * unless both beliefs are on the right side: being cheap is no virtue in one who is wrong. Source: DESIGN §8, ours.
 */
export function preferencePairs<R extends RankedRollout>(
  rollouts: readonly R[],
  label: VideoLabel,
  options: PairOptions,
): PreferencePair<R>[] {
  const { weights = defaultAeiWeights, margin = leastMargin, random } = options;
  const valueOf = (rollout: R, all: AeiWeights = weights) => utilityOf(rollout.terms, all);
  const ranked = rollouts.toSorted((a, b) => valueOf(b) - valueOf(a));
  const [best, median, worst] = [ranked[0], ranked[Math.floor(ranked.length / 2)], ranked.at(-1)];
  if (best === undefined || median === undefined || worst === undefined || ranked.length < 2) return [];

  const candidates: [R, R][] = [
    [best, worst],
    [best, median],
    ...Array.from({ length: randomPairs }, (): [R, R] => {
      const first = random.integer(ranked.length);
      const second = (first + 1 + random.integer(ranked.length - 1)) % ranked.length;
      return [ranked[Math.min(first, second)] as R, ranked[Math.max(first, second)] as R];
    }),
  ];
  const free = { ...weights, cost: 0 };
  return candidates.flatMap(([chosen, rejected], index) => {
    const repeated = candidates.slice(0, index).some(([a, b]) => a === chosen && b === rejected);
    const difference = valueOf(chosen) - valueOf(rejected);
    const withoutCost = valueOf(chosen, free) - valueOf(rejected, free);
    const onlyCost = withoutCost < margin;
    if (repeated || difference < margin || isSame(chosen, rejected)) return [];
    if (onlyCost && !(isRight(chosen, label) && isRight(rejected, label))) return [];
    return [{ chosen, rejected, origin: 'utility' as const, margin: difference }];
  });
}

/** A reviewer's own preference, or a trajectory as a reviewer corrected it; null where both do the same. */
export function statedPair<R extends RankedRollout>(
  chosen: R,
  rejected: R,
  origin: Exclude<PairOrigin, 'utility'>,
): PreferencePair<R> | null {
  return isSame(chosen, rejected) ? null : { chosen, rejected, origin, margin: null };
}

type Acted = Pick<RankedRollout, 'actions'>;

/** Number of the first action in which the two differ; that of `a`'s actions where they do not. */
export function firstDifference(a: Acted, b: Acted): number {
  const step = a.actions.findIndex((ids, index) => ids.join() !== b.actions[index]?.join());
  return step < 0 ? a.actions.length : step;
}
