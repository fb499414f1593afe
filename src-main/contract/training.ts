/** Training on this machine: a run with its curve, what it learned from, and the gate's answer about what came out. */
import * as v from 'valibot';
import { dataSetFormats } from './evaluation.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Null where it was not measured at that point. */
const figure = v.nullable(v.number());

/** Where a run stands. Means over the rollouts or updates since the point before. */
export const trainingPointSchema = v.object({
  /** Rounds are counted from 1; 0 tells of the rollouts before the first update. */
  round: count,
  /** Updates so far, over all rounds. A round after the first begins with a point of its rollouts. */
  step: count,
  /** That the run has taken, pauses left out. */
  seconds: v.number(),
  /** The AEI utility of rollouts and its terms. */
  utility: figure,
  success: figure,
  information: figure,
  cost: figure,
  localisation: figure,
  /** Of the pairs of the update: how much more the policy than its reference prefers the chosen one, in nats. */
  margin: figure,
  /** Mean log-probability of a chosen trajectory. */
  chosenLogProb: figure,
  /** Share of rollouts whose every action is one of the grammar. */
  parseRate: figure,
  loss: figure,
  /** How often rollouts took each operator. */
  operators: v.record(v.string(), count),
});
export type TrainingPoint = v.InferOutput<typeof trainingPointSchema>;

/** `too-few-verdicts`: nothing speaks against the version, and too little for it. */
const gateDecisions = ['offered', 'refused', 'too-few-verdicts'] as const;
export type GateDecision = (typeof gateDecisions)[number];

/** What the gate looks at, in its order. */
const gateChecks = ['verdicts', 'guard', 'parse-rate', 'operators', 'chosen-log-prob'] as const;
export type GateCheckName = (typeof gateChecks)[number];

const gateCheckSchema = v.object({
  check: v.picklist(gateChecks),
  /** `unknown`: there was too little to tell. */
  outcome: v.picklist(['passed', 'failed', 'unknown']),
  /** Of the version that the run began with, and of the one that came out. */
  before: figure,
  after: figure,
  /** What `after` or its bound is held against. */
  limit: figure,
  /** One English sentence with the figures. */
  reason: v.string(),
  /** Counts and bounds that the sentence names besides, for other languages; not there in reports that are older. */
  figures: v.optional(v.record(v.string(), v.number())),
});
export type GateCheck = v.InferOutput<typeof gateCheckSchema>;

export const gateReportSchema = v.object({
  decision: v.picklist(gateDecisions),
  checks: v.array(gateCheckSchema),
});
export type GateReport = v.InferOutput<typeof gateReportSchema>;

/** What reviewers have said so far. */
export const reviewedSchema = v.object({
  confirmed: count,
  rejected: count,
  unsure: count,
  misses: count,
  preferences: count,
});
export type Reviewed = v.InferOutput<typeof reviewedSchema>;

/** What a run learned from. */
const trainingDataSchema = v.variant('kind', [
  v.object({
    kind: v.literal('verdicts'),
    ...reviewedSchema.entries,
    /** Episodes with a label: those with something true in them, and those without. */
    incidents: count,
    innocent: count,
  }),
  v.object({
    kind: v.literal('data-set'),
    dataset: v.string(),
    format: v.picklist(dataSetFormats),
    incidents: count,
    innocent: count,
    /** Recordings that could not be read. */
    missing: count,
  }),
]);
export type TrainingData = v.InferOutput<typeof trainingDataSchema>;

const trainingSettingsSchema = v.object({
  rounds: count,
  /** Drawn for each episode, beside the greedy one. */
  rollouts: count,
  seed: v.number(),
});
export type TrainingSettings = v.InferOutput<typeof trainingSettingsSchema>;

/** A run as a list shows it. Its state and progress are those of the job of the same id. */
export const trainingRunSchema = v.object({
  /** That of its job. */
  id: v.string(),
  name: v.string(),
  /** Id of the policy version that it begins with. */
  from: v.string(),
  settings: trainingSettingsSchema,
  startedAtMs: v.number(),
  endedAtMs: v.nullable(v.number()),
  /** Null until everything that it learns from is gathered. */
  data: v.nullable(trainingDataSchema),
  /** The latest. */
  last: v.nullable(trainingPointSchema),
  /** Null until it has ended. */
  gate: v.nullable(gateReportSchema),
  /** Id of the policy version that came out; null before, and where the run stopped without one. */
  version: v.nullable(v.string()),
  /** Why it stopped before all its rounds, in one English sentence; null where it did not. */
  stopped: v.nullable(v.string()),
});
export type TrainingRun = v.InferOutput<typeof trainingRunSchema>;

/** A reviewer's word that one trajectory is better than another over the same episode. */
export const preferenceSchema = v.object({
  id: v.string(),
  recording: v.string(),
  chosen: v.string(),
  rejected: v.string(),
  statedAtMs: v.number(),
});
export type Preference = v.InferOutput<typeof preferenceSchema>;
