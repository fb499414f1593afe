/** From what policies made of recordings to the whole result: table, curves, differences, and each recording. */
import type { Assessment, Evaluation, EvaluatedRecording } from '../../contract/evaluation.ts';
import { judgedBy, recordingScore, type AssessedPolicy, type TrueRecording } from './assessed.ts';
import { curvesOf } from './curves.ts';
import { aucInside, rowOf } from './row.ts';
import { smoothAll } from './smooth-all.ts';
import { differenceOf } from './spread.ts';
import { aucOfLevel, standingOf, type Standing } from './standing.ts';

/** Points of a score curve that the report draws. */
const curvePoints = 1000;

export interface EvaluationInput {
  readonly dataset: string;
  readonly recordings: readonly TrueRecording[];
  readonly policies: readonly AssessedPolicy[];
  readonly seed: number;
  /** Standard deviation in seconds; 0 for none. */
  readonly smoothing: number;
  /** Called between steps that may take seconds each. */
  readonly onProgress?: (done: number, total: number) => void;
}

export type EvaluationFigures = Pick<Evaluation, 'rows' | 'recordings' | 'curves' | 'differences'>;

/** The figures of an evaluation. The same input gives the same figures. */
export function evaluate(input: EvaluationInput): EvaluationFigures {
  const { recordings, seed } = input;
  const policies = smoothAll(input.policies, recordings, input.smoothing);
  const standings = policies.map((policy, index) => {
    input.onProgress?.(index, policies.length);
    return standingOf(policy.policy, judgedBy(recordings, policy), seed);
  });
  return {
    rows: standings.map((standing, index) => {
      input.onProgress?.(index, policies.length);
      const given = input.policies[index];
      const wereSmoothed = input.smoothing > 0 && given !== undefined;
      return rowOf(standing, {
        ...{ dataset: input.dataset, seed },
        ...(wereSmoothed && { unsmoothed: aucOfLevel(judgedBy(recordings, given)) }),
      });
    }),
    curves: standings.map(curvesOf),
    differences: differencesOf(standings, recordings.length),
    recordings: recordings.map((truth) => evaluatedRecording(truth, standings)),
  };
}

/** Every pair of policies that said something of every recording, over the same draws. */
function differencesOf(standings: readonly Standing[], recordings: number): Evaluation['differences'] {
  const complete = standings.filter(({ judged }) => judged.length === recordings);
  return complete.flatMap((first, index) =>
    complete.slice(index + 1).flatMap((second) => {
      const found = differenceOf(first.drawn, second.drawn);
      return found === null ? [] : [{ first: first.policy, second: second.policy, ...found }];
    }),
  );
}

function evaluatedRecording(truth: TrueRecording, standings: readonly Standing[]): EvaluatedRecording {
  const { name, seconds, fold } = truth;
  const assessments = standings.flatMap(({ policy, judged, level, counted, table }): Assessment[] => {
    const own = judged.find((each) => each.truth === truth);
    if (own === undefined) return [];
    const unit = counted.indexOf(own);
    return [
      {
        policy,
        score: share(recordingScore(own.made)),
        auc: level === 'frames' && unit >= 0 ? aucInside(table, unit) : null,
        framesObserved: own.made.effort?.framesObserved ?? 0,
        curve: thinned(own.made.scores),
        flags: own.made.flags.map((flag) => ({ ...flag, score: share(flag.score) })),
      },
    ];
  });
  return {
    ...{ name, class: truth.class, seconds, fold, assessments },
    anomalies: truth.anomalies === null ? null : truth.anomalies.map(({ start, end }) => ({ start, end })),
  };
}

/** Other systems' scores and a replay's rare −1 may lie outside of what is drawn. */
const share = (score: number) => Math.min(1, Math.max(0, score));

/** At most `curvePoints` values, each the highest of its part: a peak of one frame stays in the picture. */
function thinned(scores: Float64Array): number[] {
  const points = Math.min(curvePoints, scores.length);
  return Array.from({ length: points }, (_, point) => {
    const start = Math.floor((point * scores.length) / points);
    const end = Math.floor(((point + 1) * scores.length) / points);
    const highest = scores.subarray(start, end).reduce((most, score) => Math.max(most, score), -Infinity);
    return Math.round(share(highest) * 1e4) / 1e4;
  });
}
