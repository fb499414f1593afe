/** Figures over whole recordings, each with its highest score. */
import { rocAuc, truePositiveRateAt } from '../metrics/roc.ts';
import { countScores } from '../metrics/score-counts.ts';
import type { Judged } from './assessed.ts';
import { aucOfSample, pairWins } from './pair-wins.ts';
import { boundsOf, type Bounds } from './spread.ts';
import { meanOutcome, twinOutcomes } from './twins.ts';
import { fewestRecordings, joined, wholeOf } from './units.ts';

/**
 * AUC over recordings, ties counting half: of every one with an anomaly against every one without, or, where recordings
 * come in twins, of each against its own. Null where a class is empty.
 */
export function recordingLevelAuc(judged: readonly Judged[]): number | null {
  const outcomes = twinOutcomes(judged);
  if (outcomes.length > 0) return meanOutcome(outcomes, new Uint8Array(outcomes.length).fill(1));
  const { scores, labels } = joined(judged.map(wholeOf));
  return rocAuc(countScores(scores, labels));
}

/** 95 % bounds by bootstrap over recordings, or pairs of twins; null where there are fewer than ten. */
export function recordingLevelBounds(judged: readonly Judged[], seed: number): Bounds | null {
  const outcomes = twinOutcomes(judged);
  const isTwins = outcomes.length > 0;
  const units = isTwins ? outcomes.length : judged.length;
  if (units < fewestRecordings) return null;
  if (isTwins) return boundsOf(units, seed, (weights) => meanOutcome(outcomes, weights));
  const table = pairWins(judged.map(wholeOf));
  return boundsOf(units, seed, (weights) => aucOfSample(table, weights));
}

/** Bounds of the share of positive recordings that are found while at most `limit` of the negative ones are. */
export function truePositiveBounds(judged: readonly Judged[], limit: number, seed: number): Bounds | null {
  if (judged.length < fewestRecordings) return null;
  const { scores, labels } = joined(judged.map(wholeOf));
  return boundsOf(judged.length, seed, (weights) => {
    const drawn = [...labels.keys()].flatMap((unit) => Array.from({ length: weights[unit] ?? 0 }, () => unit));
    const counts = countScores(
      drawn.map((unit) => scores[unit] ?? 0),
      drawn.map((unit) => labels[unit] ?? 0),
    );
    return truePositiveRateAt(counts, limit);
  });
}
