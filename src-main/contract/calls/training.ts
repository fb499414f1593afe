/** Calls of local training: runs are jobs of kind `train`, and what reviewers prefer is part of what they learn from. */
import * as v from 'valibot';
import { dataSetFormats } from '../evaluation.ts';
import { preferenceSchema, reviewedSchema, trainingPointSchema, trainingRunSchema } from '../training.ts';
import { call, nothing, pageOf, pageParams, startedJob, text } from './call.ts';

const wholeNumber = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

export const trainingCalls = {
  /** What reviewers have said, and whether it is enough to train on. */
  readiness: call(
    {},
    v.object({
      reviewed: reviewedSchema,
      /** Labelled episodes that verdicts give now, and how many of each label the gate needs to tell anything. */
      incidents: v.number(),
      innocent: v.number(),
      needed: v.number(),
    }),
  ),
  /**
   * Trains on the verdicts, or on a labelled data set (an absolute path). The run goes by the id of its job; it is
   * cancelled and resumed as every job is, and one that has not ended goes on where the same is asked for again. Errors: `not-found` for a version or path, `invalid-argument` for a format
   * that there is none of, and where there is nothing to learn from.
   */
  start: call(
    {
      /** Id or name of the policy version to begin with; the active one where absent. */
      from: v.optional(text),
      rounds: v.optional(wholeNumber(1, 20), 1),
      rollouts: v.optional(wholeNumber(2, 64), 8),
      seed: v.optional(v.pipe(v.number(), v.safeInteger()), 1),
      /** Of the version that comes out; made from the day where absent. */
      name: v.optional(v.pipe(text, v.maxLength(100))),
      dataset: v.optional(text),
      /** Guessed from what lies there where it is absent. */
      format: v.optional(v.picklist(dataSetFormats)),
    },
    startedJob,
  ),
  /** The latest first. */
  runs: call(pageParams, pageOf(trainingRunSchema)),
  /** With all points of its curve, in order. Errors: `not-found`. */
  get: call({ run: text }, v.object({ run: trainingRunSchema, points: v.array(trainingPointSchema) })),
};

/** Those of the service `trajectories` that training rests on. */
export const preferenceCalls = {
  /**
   * States that one stored trajectory is better than another of the same recording and episode; the opposite, stated
   * before, no longer holds. Errors: `not-found`; `invalid-argument` where they are not of one episode or do the same.
   */
  prefer: call({ chosen: text, rejected: text }, v.object({ preference: preferenceSchema })),
  /** Takes a preference back. Errors: `not-found`. */
  withdraw: call({ preference: text }, nothing),
  /** What stands, the latest first. */
  preferences: call({ ...pageParams, recording: v.optional(text) }, pageOf(preferenceSchema)),
};
