/** Figures over several recordings: frames pooled, recording by recording, and over those with an anomaly alone. */
import { countScores, poolCounts, type ScoreCounts } from './score-counts.ts';
import { rocAuc } from './roc.ts';

/** One recording's frames (or other units of equal length): what was said of each and what is true. */
export interface ScoredRecording {
  readonly name: string;
  /** Of the whole recording, as the benchmark has it. */
  readonly class: string;
  /** [T] */
  readonly scores: Float64Array;
  /** [T] 1 where anomalous. */
  readonly labels: Uint8Array;
}

/** A recording in the form that metrics and bootstrap work on. */
export interface CountedRecording {
  readonly name: string;
  readonly counts: ScoreCounts;
  readonly hasAnomaly: boolean;
  readonly frames: number;
}

/** Errors: RangeError of `countScores`, which names the recording here. */
export function countRecording({ name, scores, labels }: ScoredRecording): CountedRecording {
  try {
    return { name, counts: countScores(scores, labels), hasAnomaly: labels.includes(1), frames: labels.length };
  } catch (error) {
    throw new RangeError(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Over the frames of all recordings together. Null where one class is empty. */
export const microAuc = (recordings: readonly CountedRecording[]): number | null =>
  rocAuc(poolCounts(recordings.map(({ counts }) => counts)));

/**
 * Mean of the recordings' own AUCs. Those of one class have none and are left out; `counted` says how many were not.
 * (Some publications give such recordings an AUC by adding one frame of each class, score 0 and 1: that rewards normal
 * recordings with 1 and is not done here.)
 */
export function macroAuc(recordings: readonly CountedRecording[]): { auc: number | null; counted: number } {
  const each = recordings.flatMap(({ counts }) => rocAuc(counts) ?? []);
  const auc = each.length === 0 ? null : each.reduce((sum, value) => sum + value, 0) / each.length;
  return { auc, counted: each.length };
}

/** Micro AUC over the recordings that have an anomaly: how well it is found inside them (Wan et al. 2020). */
export const abnormalOnlyAuc = (recordings: readonly CountedRecording[]): number | null =>
  microAuc(recordings.filter(({ hasAnomaly }) => hasAnomaly));

/** AUC over recordings, each with the highest score of its frames. */
export function recordingAuc(recordings: readonly Pick<ScoredRecording, 'scores' | 'labels'>[]): number | null {
  const highest = recordings.map(({ scores }) => scores.reduce((most, score) => Math.max(most, score), -Infinity));
  const scored = recordings.map((recording, index) => ({ recording, score: highest[index] ?? -Infinity }));
  // A recording without a frame has no score.
  const usable = scored.filter(({ score }) => score > -Infinity);
  return rocAuc(
    countScores(
      usable.map(({ score }) => score),
      usable.map(({ recording }) => Number(recording.labels.includes(1))),
    ),
  );
}
