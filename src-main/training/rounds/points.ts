/** Points of a run's curves: what its rollouts were worth, and how its updates went. */
import { tokens } from '../../inquiry/grammar.ts';
import { utilityOf, type AeiWeights } from '../aei/utility.ts';
import type { NanoStep } from '../nano/training.ts';
import type { AeiTerms } from '../aei/terms.ts';
import type { Rollout } from '../rollouts/roll-out.ts';

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
  readonly operators: readonly number[];
  /** Whether the grammar reads its actions back as they were said. */
  readonly parsed: boolean;
}

export const summaryOf = ({ terms, actions, trajectory }: Rollout): RolloutSummary => ({
  terms,
  operators: actions.flatMap(([operator]) => operator ?? []),
  // The opening look is no action.
  parsed: actions.length === trajectory.steps.filter(({ action }) => action !== null).length,
});

const nothing = {
  ...{ utility: null, success: null, information: null, cost: null, localisation: null },
  ...{ parseRate: null, operators: null, margin: null, chosenLogProb: null, loss: null },
} as const;

const operatorNames: Readonly<Record<number, string>> = {
  [tokens.THINK]: 'THINK',
  [tokens.BACKTRACK]: 'BACKTRACK',
  [tokens.EXPAND]: 'EXPAND',
  [tokens.SAMPLE]: 'SAMPLE',
  [tokens.FINAL]: 'FINAL',
};

function operatorCounts(rollouts: readonly RolloutSummary[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { operators } of rollouts) {
    for (const operator of operators) {
      const name = operatorNames[operator] ?? 'none';
      counts[name] = (counts[name] ?? 0) + 1;
    }
  }
  return counts;
}

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
    operators: operatorCounts(rollouts),
  };
}

export const updatePoint = (round: number, step: number, { losses, margins, chosen }: NanoStep): CurvePoint => ({
  ...nothing,
  ...{ round, step },
  margin: meanOf(margins),
  chosenLogProb: meanOf(chosen),
  loss: losses['loss'] ?? null,
});
