/** What all figures of a policy are taken from, worked out once: its frames in order, and how recordings compare. */
import { rocAuc } from '../metrics/roc.ts';
import { countScores, type ScoreCounts } from '../metrics/score-counts.ts';
import type { Judged } from './assessed.ts';
import { pairWins, type PairWins, type Unit } from './pair-wins.ts';
import { recordingLevelAuc } from './recording-level.ts';
import { type DrawnAuc, drawnAuc } from './spread.ts';
import { drawnOutcomes, twinOutcomes } from './twins.ts';
import { blocksOf, fewestRecordings, framesOf, joined, wholeOf } from './units.ts';

export interface Standing {
  readonly policy: string;
  readonly judged: readonly Judged[];
  /** What figures without a level of their own are of: frames where any recording has labels of them and none is a twin. */
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
  /** The AUC of that level, of twins each against its own, under resampling; without bounds where only classes are known of too few recordings. */
  readonly drawn: DrawnAuc;
}

/** The AUC of that level alone, for what needs nothing else of a standing; null where a class is empty. */
export function aucOfLevel(judged: readonly Judged[]): number | null {
  if (levelOf(judged) === 'recordings') return recordingLevelAuc(judged);
  const { scores, labels } = joined(judged.flatMap((each) => framesOf(each) ?? []));
  return rocAuc(countScores(scores, labels));
}

const levelOf = (judged: readonly Judged[]): Standing['level'] =>
  twinOutcomes(judged).length === 0 && judged.some(({ truth }) => truth.labels !== null) ? 'frames' : 'recordings';

export function standingOf(policy: string, judged: readonly Judged[], seed: number): Standing {
  const outcomes = twinOutcomes(judged);
  const level = levelOf(judged);
  const counted = level === 'frames' ? judged.filter(({ truth }) => truth.labels !== null) : judged;
  const units = counted.map((each) => (level === 'frames' ? framesOf(each) : null) ?? wholeOf(each));
  const table = pairWins(units);
  const all = joined(units);
  const areFew = counted.length < fewestRecordings;
  const over = areFew && level === 'frames' ? 'seconds' : 'recordings';
  const resampled = over === 'seconds' ? blocksOf(counted) : units;
  const tableDrawn = () => {
    if (over === 'seconds') return pairWins(resampled);
    const sources = level === 'recordings' ? sourcesOf(counted) : null;
    return sources === null ? table : pairWins(sources);
  };
  const drawn = outcomes.length > 0 ? drawnOutcomes(outcomes, seed) : drawnAuc(tableDrawn(), seed);
  return {
    ...{ policy, judged, level, counted, units, table, over, resampled },
    pooled: countScores(all.scores, all.labels),
    drawn: areFew && level === 'recordings' ? { ...drawn, bounds: null } : drawn,
  };
}

/** The recordings of each source as one unit, because they are drawn together or not at all; null where a source is not known. */
function sourcesOf(judged: readonly Judged[]): Unit[] | null {
  if (judged.some(({ truth }) => truth.source === null)) return null;
  return [...Map.groupBy(judged, ({ truth }) => truth.source).values()].map((own) => joined(own.map(wholeOf)));
}
