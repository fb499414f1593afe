/** What all figures of a policy are taken from, worked out once: its frames in order, and how recordings compare. */
import { countScores, type ScoreCounts } from '../metrics/score-counts.ts';
import type { Judged } from './assessed.ts';
import { pairWins, type PairWins, type Unit } from './pair-wins.ts';
import { type DrawnAuc, drawnAuc } from './spread.ts';
import { blocksOf, fewestRecordings, framesOf, joined, wholeOf } from './units.ts';

export interface Standing {
  readonly policy: string;
  readonly judged: readonly Judged[];
  /** What figures without a level of their own are of: frames where any recording has labels of them. */
  readonly level: 'frames' | 'recordings';
  /** The recordings that count at that level … */
  readonly counted: readonly Judged[];
  /** … their frames (or the one score of each), and how those of one compare with those of another. */
  readonly units: readonly Unit[];
  readonly table: PairWins;
  /** All of them together. */
  readonly pooled: ScoreCounts;
  /** What is drawn, and exchanged for the control. */
  readonly over: 'recordings' | 'seconds';
  readonly resampled: readonly Unit[];
  /** The AUC of that level under resampling; without bounds where only classes are known of too few recordings. */
  readonly drawn: DrawnAuc;
}

export function standingOf(policy: string, judged: readonly Judged[], seed: number): Standing {
  const level = judged.some(({ truth }) => truth.labels !== null) ? 'frames' : 'recordings';
  const counted = level === 'frames' ? judged.filter(({ truth }) => truth.labels !== null) : judged;
  const units = counted.map((each) => (level === 'frames' ? framesOf(each) : null) ?? wholeOf(each));
  const table = pairWins(units);
  const all = joined(units);
  const areFew = counted.length < fewestRecordings;
  const over = areFew && level === 'frames' ? 'seconds' : 'recordings';
  const resampled = over === 'seconds' ? blocksOf(counted) : units;
  const drawn = drawnAuc(over === 'seconds' ? pairWins(resampled) : table, seed);
  return {
    ...{ policy, judged, level, counted, units, table, over, resampled },
    pooled: countScores(all.scores, all.labels),
    drawn: areFew && level === 'recordings' ? { ...drawn, bounds: null } : drawn,
  };
}
