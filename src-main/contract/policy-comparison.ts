/** Two policies, or versions of one, over the same recordings: what each flags, what it spends, which verdicts it meets. */
import * as v from 'valibot';
import { verdictDecisions } from './flag.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** One of the two that are compared. */
const comparedPolicySchema = v.object({
  /** `nano`, or another policy that comes with the program. */
  policy: v.string(),
  /** Id of the version; of a policy without versions what its trajectories give as one. */
  version: v.string(),
  /** What a person calls it. */
  name: v.string(),
});
export type ComparedPolicy = v.InferOutput<typeof comparedPolicySchema>;

/** What a reviewer said that compared flags are held against: of an interval that is no incident, or that is one. */
const comparedVerdictSchema = v.object({
  /** Id of the flag or of the miss. */
  id: v.string(),
  decision: v.picklist([...verdictDecisions, 'miss']),
  start: v.number(),
  end: v.number(),
  class: v.string(),
  /** Of the first and the second: whether it flags what is one, and does not flag what is none; null for `unsure`. */
  agrees: v.tuple([v.nullable(v.boolean()), v.nullable(v.boolean())]),
});
export type ComparedVerdict = v.InferOutput<typeof comparedVerdictSchema>;

const comparedFlagSchema = v.object({
  start: v.number(),
  end: v.number(),
  class: v.string(),
  score: share,
  explanation: v.string(),
  /** Hash of the stored trajectory that found it. */
  trajectory: v.string(),
});

/** What one of them made of a recording. */
const comparedSideSchema = v.object({
  flags: v.array(comparedFlagSchema),
  /** The episodes, the same for both; `trajectory` is the hash of what `trajectories.get` gives. */
  trajectories: v.array(v.object({ start: v.number(), end: v.number(), trajectory: v.string() })),
  /** New frames that it was charged for. */
  framesObserved: count,
  /** Frames that it asked for and did not get: they were not in the cache, and the bound on new ones was reached. */
  framesMasked: count,
  /** Mean AEI utility over the episodes that a verdict says something about; null where there is none. */
  utility: v.nullable(v.number()),
});
export type ComparedSide = v.InferOutput<typeof comparedSideSchema>;

const comparedRecordingSchema = v.object({
  recording: v.string(),
  path: v.string(),
  camera: v.string(),
  seconds: v.number(),
  /** Of the first and the second. */
  sides: v.tuple([comparedSideSchema, comparedSideSchema]),
  verdicts: v.array(comparedVerdictSchema),
});
export type ComparedRecording = v.InferOutput<typeof comparedRecordingSchema>;

const comparedTotalsSchema = v.object({
  flags: count,
  /** Verdicts that it agrees and disagrees with. */
  agreed: count,
  disagreed: count,
  framesObserved: count,
  framesMasked: count,
  /** Mean over the recordings that have one; null where none does. */
  utility: v.nullable(v.number()),
});
export type ComparedTotals = v.InferOutput<typeof comparedTotalsSchema>;

/** A comparison as a list shows it. */
export const comparisonSummarySchema = v.object({
  /** That of its job. */
  id: v.string(),
  compared: v.tuple([comparedPolicySchema, comparedPolicySchema]),
  createdAtMs: v.number(),
  /** Null while it is being made. */
  finishedAtMs: v.nullable(v.number()),
  /** Compared so far. */
  recordings: count,
});
export type ComparisonSummary = v.InferOutput<typeof comparisonSummarySchema>;

export const comparisonSchema = v.object({
  ...comparisonSummarySchema.entries,
  framesPerMinute: v.number(),
  /** So many new frames each of the two could look at in an episode. */
  newFrames: count,
  totals: v.tuple([comparedTotalsSchema, comparedTotalsSchema]),
  /** By path. */
  results: v.array(comparedRecordingSchema),
  /** Recordings that could not be looked at. */
  missing: v.array(v.object({ recording: v.string(), path: v.string(), reason: v.string() })),
});
export type Comparison = v.InferOutput<typeof comparisonSchema>;
