/** AUC over pairs of recordings of one source: what is left of a figure when the source itself cannot give it away. */
import { rocAuc } from './roc.ts';
import { countScores, totalsOf } from './score-counts.ts';

/** A recording (or any other unit) with where it comes from: a camera, a source video, a pair of twins. */
export interface SourcedScore {
  readonly source: number | string;
  readonly score: number;
  readonly label: 0 | 1;
}

/**
 * Share of the pairs of a positive and a negative *of one source* in which the positive scores higher, ties counting half;
 * every pair weighs the same. `pairs` says over how many. Null where no source has both.
 */
export function sourcePairAuc(items: readonly SourcedScore[]): { auc: number; pairs: number } | null {
  let wins = 0;
  let pairs = 0;
  for (const own of Map.groupBy(items, ({ source }) => source).values()) {
    const counts = countScores(
      own.map(({ score }) => score),
      own.map(({ label }) => label),
    );
    const { positives, negatives } = totalsOf(counts);
    const auc = rocAuc(counts);
    if (auc === null) continue;
    pairs += positives * negatives;
    wins += auc * positives * negatives;
  }
  return pairs === 0 ? null : { auc: wins / pairs, pairs };
}
