/** Evaluations for the tests of the report: small, whole, and with whatever a test wants different. */
import type { Evaluation, EvaluationRow } from '../../../contract/evaluation.ts';

export const rowOf = (policy: string, more: Partial<EvaluationRow> = {}): EvaluationRow => ({
  ...{ dataset: 'gates', policy, recordings: 2 },
  ...{ aucMicro: 0.8, aucMacro: 0.7, aucAbnormalOnly: 0.7, auc: 0.9, averagePrecision: 0.5, prAuc: 0.5, tprAt5: 0.4 },
  ...{ framesPerMinute: 10, lookedAtFraction: 0.2, secondsPerHour: null, operatorEntropy: null, operators: {} },
  interval: { over: 'recordings', aucMicro: [0.7, 0.9], auc: [0.8, 1], tprAt5: null },
  controls: { shuffled: 0.5, withoutLongest: 0.79 },
  perClass: [{ class: 'fight', recordings: 1, aucMicro: 0.8, auc: 0.9 }],
  twins: [],
  sameSource: null,
  perRecording: [],
  ...more,
});

export const evaluationOf = (rows: readonly EvaluationRow[], more: Partial<Evaluation> = {}): Evaluation => ({
  ...{ dataset: 'gates', format: 'labels', command: 'anom-pi eval gates', createdAtMs: Date.UTC(2026, 0, 2, 3, 4) },
  ...{ machine: 'two cores', seed: 1, smoothing: 'none', missing: [], differences: [], notes: [] },
  rows: [...rows],
  recordings: ['fight', 'normal'].map((name, index) => ({
    ...{ name: `${name}.mp4`, class: name, seconds: 100, fold: null },
    anomalies: index === 0 ? [{ start: 20, end: 40 }] : [],
    assessments: rows.map(({ policy }) => ({
      ...{ policy, score: 0.6, auc: index === 0 ? 0.75 : null, framesObserved: 10, curve: [0.1, 0.6, 0.2] },
      flags: index === 0 ? [{ start: 21, end: 39, class: 'fight', score: 0.6 }] : [],
    })),
  })),
  curves: rows.map(({ policy }) => ({
    policy,
    roc: [
      [0, 0],
      [0.2, 0.8],
      [1, 1],
    ],
    precisionRecall: [
      [0.5, 1],
      [1, 0.3],
    ],
  })),
  ...more,
});

/** Steps as an active policy takes them. */
export const someSteps = { SAMPLE: 6, EXPAND: 2, BACKTRACK: 1, THINK: 3, FINAL: 2 };
