/** Points of a run's curves: what its rollouts were worth, and how its updates went. */
import { operatorsOf, summed } from '../../evaluation/run/index.ts';
import { utilityOf, type AeiWeights } from '../aei/utility.ts';
import type { NanoStep } from '../nano/training.ts';
import type { AeiTerms } from '../aei/terms.ts';
import type { Rollout } from '../rollouts/roll-out.ts';
import { unparsedOf } from '../rollouts/unparsed.ts';

/** Null where it was not measured at that point. */
export interface CurvePoint {
  readonly round: number;
  /** Updates in the round so far. */
  readonly step: number;
  /** Means over the rollouts that were drawn. */
  readonly utility: number | null;
  readonly success: number | null;
  readonly information: number | null;
  readonly cost: number | null;
  readonly localisation: number | null;
  /** Share of rollouts whose actions the grammar reads back as they were said. */
  readonly parseRate: number | null;
  /** How often each look operator was used, THINK and FINAL beside them. */
  readonly operators: Readonly<Record<string, number>> | null;
  /** Means over the pairs of a batch. */
  readonly margin: number | null;
  readonly chosenLogProb: number | null;
  readonly loss: number | null;
}

/** What of a rollout the curves tell. */
export interface RolloutSummary {
  readonly terms: AeiTerms;
  readonly operators: Readonly<Record<string, number>>;
  /** Whether the grammar reads its actions back as they were said. */
  readonly parsed: boolean;
}

export const summaryOf = (rollout: Rollout): RolloutSummary => ({
  terms: rollout.terms,
  operators: operatorsOf([rollout.trajectory]),
  parsed: unparsedOf(rollout) === 0,
});

const nothing = {
  ...{ utility: null, success: null, information: null, cost: null, localisation: null },
  ...{ parseRate: null, operators: null, margin: null, chosenLogProb: null, loss: null },
} as const;

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** What the rollouts of a round were worth, before its updates. */
export function rolloutPoint(round: number, rollouts: readonly RolloutSummary[], weights: AeiWeights): CurvePoint {
  const mean = (value: (rollout: RolloutSummary) => number) => meanOf(rollouts.map(value));
  return {
    ...nothing,
    ...{ round, step: 0 },
    utility: mean(({ terms }) => utilityOf(terms, weights)),
    success: mean(({ terms }) => terms.success),
    information: mean(({ terms }) => terms.information),
    cost: mean(({ terms }) => terms.cost),
    localisation: mean(({ terms }) => terms.localisation),
    parseRate: mean(({ parsed }) => (parsed ? 1 : 0)),
    operators: summed(rollouts.map(({ operators }) => operators)),
  };
}

export const updatePoint = (round: number, step: number, { losses, margins, chosen }: NanoStep): CurvePoint => ({
  ...nothing,
  ...{ round, step },
  margin: meanOf(margins),
  chosenLogProb: meanOf(chosen),
  loss: losses['loss'] ?? null,
});
