/** What an evaluation comes to: a row of figures for each policy, and what its report is drawn from. */
import * as v from 'valibot';

/** Formats of labelled footage, as on the command line. `labels` is a CSV or JSON of one's own, `clips` a folder for each class. */
export const dataSetFormats = [
  'clips',
  'ped2',
  'avenue',
  'shanghaitech',
  'ucf-crime',
  'xd-violence',
  'msad',
  'ubnormal',
  'labels',
  'activitynet',
  'cvat',
  'simulated',
  'replay',
] as const;
export type DataSetFormat = (typeof dataSetFormats)[number];

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** Null where the figure does not apply: no positive or no negative among the labels. */
const figure = v.nullable(share);
/** 95 % bounds by bootstrap; null where there are too few recordings to resample. */
const bounds = v.nullable(v.tuple([share, share]));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** One policy over one data set: what `anom-pi eval --json` prints a line of. */
const evaluationRowSchema = v.object({
  dataset: v.string(),
  policy: v.string(),
  recordings: count,
  /** Frame level: over all frames at once, mean over recordings that have both labels, over recordings with an anomaly. */
  aucMicro: figure,
  aucMacro: figure,
  aucAbnormalOnly: figure,
  /** Recording level, by the recording's highest score; ties count half. Of twins each is compared with its own alone. */
  auc: figure,
  /** Frame level where there are frame labels, else recording level; as average precision and as trapezoid area. */
  averagePrecision: figure,
  prAuc: figure,
  /** Share of the positives found at 5 % false positives; recording level where there are no frame labels. */
  tprAt5: figure,
  framesPerMinute: v.nullable(v.number()),
  lookedAtFraction: figure,
  secondsPerHour: v.nullable(v.number()),
  /** Entropy of the operators' usage, in [0, 1] of the largest; null for policies that take no step. */
  operatorEntropy: figure,
  operators: v.record(v.string(), count),
  /** What the interval was resampled over. */
  interval: v.object({
    over: v.picklist(['recordings', 'seconds', 'sources']),
    aucMicro: bounds,
    auc: bounds,
    tprAt5: bounds,
  }),
  /** Controls: the same scores against shuffled labels, without the longest recording, and before they were smoothed, where they were. */
  controls: v.object({ shuffled: figure, withoutLongest: figure, unsmoothed: v.optional(figure) }),
  /** Recordings of the class beside all normal ones. */
  perClass: v.array(v.object({ class: v.string(), recordings: count, aucMicro: figure, auc: figure })),
  /** Over pairs of a positive and a negative from one source alone; null where recordings were not grouped by source. */
  sameSource: v.nullable(v.object({ pairs: count, auc: figure, interval: bounds })),
  /** By kind of twins; `uncued` ones, which nobody can tell apart at a passive sampler's budget, do not count in `auc`. */
  twins: v.optional(v.array(v.object({ kind: v.string(), pairs: count, auc: share })), []),
  /** Frame-level AUC inside each recording; null where it has only one label. */
  perRecording: v.array(v.object({ name: v.string(), auc: figure })),
});
export type EvaluationRow = v.InferOutput<typeof evaluationRowSchema>;

/** What one policy made of one recording. */
const assessmentSchema = v.object({
  policy: v.string(),
  /** The recording's score: its highest. */
  score: share,
  /** Frame-level AUC within the recording; null where it has only one label. */
  auc: figure,
  framesObserved: count,
  /** Frame-level scores, evenly thinned to at most 1000. */
  curve: v.array(share),
  flags: v.array(v.object({ start: v.number(), end: v.number(), class: v.string(), score: share })),
});
export type Assessment = v.InferOutput<typeof assessmentSchema>;

const evaluatedRecordingSchema = v.object({
  name: v.string(),
  class: v.string(),
  seconds: v.number(),
  /** Fold that it was tested in; null where nothing was fitted. */
  fold: v.nullable(count),
  /** Ground truth in seconds; null where only the class is known. */
  anomalies: v.nullable(v.array(v.object({ start: v.number(), end: v.number() }))),
  assessments: v.array(assessmentSchema),
});
export type EvaluatedRecording = v.InferOutput<typeof evaluatedRecordingSchema>;

const points = v.array(v.tuple([share, share]));

export const evaluationSchema = v.object({
  dataset: v.string(),
  format: v.string(),
  /** The command that makes it again. */
  command: v.string(),
  createdAtMs: v.number(),
  machine: v.string(),
  seed: v.number(),
  /** In words; the same for all policies. */
  smoothing: v.string(),
  rows: v.array(evaluationRowSchema),
  recordings: v.array(evaluatedRecordingSchema),
  /** Recordings of the labels that were not there, and files that could not be read, with the reason. */
  missing: v.array(v.object({ name: v.string(), reason: v.string() })),
  /** Per policy of `rows`, in their order: ROC as [false positive rate, true positive rate], PR as [recall, precision]. */
  curves: v.array(v.object({ policy: v.string(), roc: points, precisionRecall: points })),
  /** Differences between policies: `aucMicro` (or `auc`) of the first less the second, with 95 % bounds, paired. */
  differences: v.array(
    v.object({
      first: v.string(),
      second: v.string(),
      difference: v.number(),
      bounds: v.tuple([v.number(), v.number()]),
    }),
  ),
  /** What does not fit a column: same-source pairs, folds, tracking figures; each with its name in words. */
  notes: v.array(v.string()),
});
export type Evaluation = v.InferOutput<typeof evaluationSchema>;
