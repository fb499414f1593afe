/** Recordings in twins: each one with an incident against its innocent reading alone. */
import type { EvaluationRow } from '../../contract/evaluation.ts';
import { recordingScore, type Judged } from './assessed.ts';
import { boundsOf, type DrawnAuc } from './spread.ts';

/** What nobody can find at a passive sampler's budget is reported and held against nobody (DESIGN §9). */
const reportedOnly = 'uncued';

interface Outcome {
  readonly kind: string;
  /** 1 where the one with the incident scores higher, 0 where the other does, ½ where neither. */
  readonly won: number;
}

/** The outcome of each pair of twins: a looker who sees no difference gets exactly ½. Empty where nothing is a twin. */
function outcomesOf(judged: readonly Judged[]): Outcome[] {
  const pairs = new Map<string, { kind: string; positive?: number; negative?: number }>();
  for (const { truth, made } of judged) {
    if (truth.twin === null) continue;
    const { name, kind } = truth.twin;
    const score = recordingScore(made);
    pairs.set(name, { ...pairs.get(name), kind, ...(truth.isAnomalous ? { positive: score } : { negative: score }) });
  }
  return [...pairs.values()].flatMap(({ kind, positive, negative }) =>
    positive === undefined || negative === undefined ? [] : [{ kind, won: (Math.sign(positive - negative) + 1) / 2 }],
  );
}

/** Of the twins that count in a policy's figure; empty without twins. */
export const twinOutcomes = (judged: readonly Judged[]): number[] =>
  outcomesOf(judged)
    .filter(({ kind }) => kind !== reportedOnly)
    .map(({ won }) => won);

/** The mean outcome of the drawn pairs; null where none was drawn. */
export function meanOutcome(outcomes: readonly number[], weights: ArrayLike<number>): number | null {
  let [sum, total] = [0, 0];
  for (const [pair, outcome] of outcomes.entries()) {
    sum += (weights[pair] ?? 0) * outcome;
    total += weights[pair] ?? 0;
  }
  return total === 0 ? null : sum / total;
}

/** The mean outcome under resampling of pairs, so that policies over the same twins can be compared draw by draw. */
export function drawnOutcomes(outcomes: readonly number[], seed: number): DrawnAuc {
  const draws: (number | null)[] = [];
  const bounds = boundsOf(outcomes.length, seed, (weights) => {
    const drawn = meanOutcome(outcomes, weights);
    draws.push(drawn);
    return drawn;
  });
  return { auc: meanOutcome(outcomes, new Uint8Array(outcomes.length).fill(1)), bounds, draws };
}

/** By kind, in the order of their names. */
export function twinsByKind(judged: readonly Judged[]): EvaluationRow['twins'] {
  const byKind = Map.groupBy(outcomesOf(judged), ({ kind }) => kind);
  return [...byKind]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, own]) => ({
      ...{ kind, pairs: own.length },
      auc: own.reduce((sum, { won }) => sum + won, 0) / own.length,
    }));
}
