/** The figures of one policy over a data set: a row of the table. */
import type { EvaluationRow } from '../../contract/evaluation.ts';
import { averagePrecision, precisionRecallArea } from '../metrics/precision-recall.ts';
import { rocAuc, truePositiveRateAt } from '../metrics/roc.ts';
import type { Judged } from './assessed.ts';
import { totalEffort } from './effort.ts';
import { aucOfUnits, type PairWins } from './pair-wins.ts';
import { recordingLevelAuc, recordingLevelBounds, truePositiveBounds } from './recording-level.ts';
import { bySourceOf } from './by-source.ts';
import { shuffledAuc } from './shuffled-labels.ts';
import type { Standing } from './standing.ts';
import { twinsByKind } from './twins.ts';

/** False positive rate of the column `tprAt5`. */
const fewFalsePositives = 0.05;

export interface RowOptions {
  readonly dataset: string;
  readonly seed: number;
  /** AUC of the scores as they were before they were smoothed; undefined where they were not. */
  readonly unsmoothed?: number | null;
}

/**
 * The row of a policy. Frame-level figures rest on the recordings with frame labels and are null where there are none;
 * figures that name no level (AP, PR area, TPR, controls) are of frames where there are frame labels.
 */
export function rowOf(standing: Standing, { dataset, seed, unsmoothed }: RowOptions): EvaluationRow {
  const { policy, judged, level, counted, pooled, drawn, over, table } = standing;
  const hasFrames = level === 'frames';
  const inside = counted.map((_, unit) => aucInside(table, unit));
  const bySource = hasFrames ? null : bySourceOf(judged, seed);
  const isAnomalous = (unit: number) => counted[unit]?.truth.isAnomalous === true;
  return {
    dataset,
    policy,
    recordings: judged.length,
    aucMicro: hasFrames ? rocAuc(pooled) : null,
    aucMacro: hasFrames ? mean(inside) : null,
    aucAbnormalOnly: hasFrames ? aucOfUnits(table, isAnomalous) : null,
    auc: recordingLevelAuc(judged),
    averagePrecision: averagePrecision(pooled),
    prAuc: precisionRecallArea(pooled),
    tprAt5: truePositiveRateAt(pooled, fewFalsePositives),
    ...totalEffort(judged.map(({ truth, made }) => ({ seconds: truth.seconds, effort: made.effort }))),
    interval: {
      over,
      aucMicro: hasFrames ? drawn.bounds : null,
      auc: recordingLevelBounds(judged, seed),
      // Over frames each resample would have to be counted anew.
      tprAt5: hasFrames ? null : truePositiveBounds(judged, fewFalsePositives, seed),
      ...bySource?.interval,
    },
    controls: {
      shuffled: shuffledAuc(standing.resampled, seed),
      withoutLongest: withoutLongest(standing),
      ...(unsmoothed !== undefined && { unsmoothed }),
    },
    perClass: perClass(standing),
    twins: twinsByKind(judged),
    sameSource: bySource?.sameSource ?? null,
    perRecording: hasFrames ? counted.map(({ truth }, unit) => ({ name: truth.name, auc: inside[unit] ?? null })) : [],
  };
}

/** AUC among the frames of one unit; null where it has one label only. */
export function aucInside({ units, wins, positives, negatives }: PairWins, unit: number): number | null {
  const pairs = (positives[unit] ?? 0) * (negatives[unit] ?? 0);
  return pairs === 0 ? null : (wins[unit * units + unit] ?? 0) / pairs;
}

/** Of those that are there. */
function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** One long recording may hold a fifth of a benchmark's frames. */
function withoutLongest({ counted, level, table }: Standing): number | null {
  const longest = counted.reduce<Judged | null>(
    (most, each) => (most === null || each.truth.seconds > most.truth.seconds ? each : most),
    null,
  );
  if (level === 'recordings') return recordingLevelAuc(counted.filter((each) => each !== longest));
  return aucOfUnits(table, (unit) => counted[unit] !== longest);
}

/** Of each class of anomaly: its recordings beside all that are normal, as UCF-Crime's and MSAD's papers have it. */
function perClass({ judged, counted, level, table }: Standing): EvaluationRow['perClass'] {
  const anomalous = judged.filter(({ truth }) => truth.isAnomalous);
  const classes = [...new Set(anomalous.map(({ truth }) => truth.class))].sort();
  return classes.map((id) => {
    const isBeside = ({ truth }: Judged) => !truth.isAnomalous || truth.class === id;
    return {
      class: id,
      recordings: anomalous.filter(({ truth }) => truth.class === id).length,
      aucMicro:
        level === 'recordings'
          ? null
          : aucOfUnits(table, (unit) => {
              const own = counted[unit];
              return own !== undefined && isBeside(own);
            }),
      auc: recordingLevelAuc(judged.filter(isBeside)),
    };
  });
}
