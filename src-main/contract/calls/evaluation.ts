/** Calls that measure policies on labelled footage: evaluations are jobs, their results stay until they are removed. */
import * as v from 'valibot';
import { evaluationSchema } from '../evaluation.ts';
import { call, startedJob, text } from './call.ts';

const policies = v.pipe(v.array(text), v.minLength(1), v.maxLength(100));

/** An evaluation as a list shows it. */
const evaluationSummarySchema = v.object({
  id: v.string(),
  dataset: v.string(),
  format: v.string(),
  createdAtMs: v.number(),
  policies: v.array(v.string()),
  recordings: v.number(),
});
export type EvaluationSummary = v.InferOutput<typeof evaluationSummarySchema>;

export const evaluationsCalls = {
  /**
   * Measures policies on a data set (absolute paths). The evaluation goes by the id of the job that makes it.
   * Errors: `not-found` for a path, `invalid-argument` for a format or policy that there is none of.
   */
  start: call(
    {
      dataset: text,
      /** Guessed from what lies there where it is absent. */
      format: v.optional(text),
      /** Footage with nothing unusual in it, from which it is learned what is usual here. */
      normal: v.optional(text),
      /** The class, or folder, of recordings without an anomaly; `normal` unless told. */
      normalClass: v.optional(text),
      /** The file of labels, where it is not found beside the videos. */
      labels: v.optional(text),
      /** Those that come with the program where absent. */
      policies: v.optional(policies),
      /** Also fits a small head on observations, tested on sources that it was not fitted on. */
      folds: v.optional(v.literal('by-source')),
      seed: v.optional(v.pipe(v.number(), v.safeInteger()), 1),
      /** Standard deviation in seconds of the Gaussian that smooths the scores of all policies; 0 for none. */
      smoothing: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(3600)), 0),
      framesPerMinute: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
      /** Over replays: of all segments, the share that an episode may look at; as many as the coarse ones where absent. */
      share: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(1))),
      /** Files with the scores of other systems, each under the name that its row gets. */
      scores: v.optional(v.pipe(v.array(v.object({ name: text, path: text })), v.maxLength(100)), []),
      /** How it was asked for, to be printed in the report; made from the parameters where absent. */
      command: v.optional(text),
    },
    startedJob,
  ),
  /** The latest first. */
  list: call({}, v.object({ items: v.array(evaluationSummarySchema) })),
  /** Errors: `not-found`. */
  get: call({ id: text }, v.object({ evaluation: evaluationSchema })),
};
