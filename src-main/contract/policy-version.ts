/** Policy versions: immutable, known by the hash of what they were made from; and which one is in force. */
import * as v from 'valibot';
import { gateReportSchema, trainingPointSchema } from './training.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** `shipped` ones come with the program. */
const policyOrigins = ['shipped', 'trained'] as const;
export type PolicyOrigin = (typeof policyOrigins)[number];

/** A version as a list shows it. */
export const policyVersionSummarySchema = v.object({
  /** SHA-256 of the canonical JSON of parents, seed, settings, data and the hash of the weights. */
  id: v.string(),
  /** No two versions have the same. */
  name: v.string(),
  /** The policy that it is a version of. */
  policy: v.literal('nano'),
  origin: v.picklist(policyOrigins),
  /** Ids of the versions that it was trained from. */
  parents: v.array(v.string()),
  createdAtMs: v.number(),
  /** Hash of the file of weights, and its size. */
  weights: v.string(),
  bytes: count,
  /** Null where there was no gate to pass: of shipped versions. */
  gate: v.nullable(gateReportSchema),
  /** Whether this is the version that `nano` means. */
  active: v.boolean(),
});
export type PolicyVersionSummary = v.InferOutput<typeof policyVersionSummarySchema>;

export const policyVersionSchema = v.object({
  ...policyVersionSummarySchema.entries,
  seed: v.union([v.number(), v.string()]),
  /** How it was trained. */
  settings: v.record(v.string(), v.unknown()),
  /** What it was trained on: ids of verdicts and preferences, or the name of a data set or of a simulation. */
  data: v.record(v.string(), v.unknown()),
  /** Its training, point by point; empty where that is not known. */
  curves: v.array(trainingPointSchema),
});
export type PolicyVersion = v.InferOutput<typeof policyVersionSchema>;

/** `first`: the shipped version of a new data folder or of a newer program, put in force by the program itself. */
const activationKinds = ['first', 'activate', 'rollback'] as const;

/** From `atMs` on `version` was the active one, until the next activation. */
export const policyActivationSchema = v.object({
  /** Counted from 1. */
  number: count,
  kind: v.picklist(activationKinds),
  version: v.string(),
  atMs: v.number(),
});
export type PolicyActivation = v.InferOutput<typeof policyActivationSchema>;

const measured = v.optional(v.nullable(v.number()), null);

/** A point of a model card, which leaves out what was not measured and does not tell the time. */
const cardPointSchema = v.object({
  ...v.pick(trainingPointSchema, ['round', 'step']).entries,
  seconds: v.optional(v.number(), 0),
  ...{ utility: measured, success: measured, information: measured, cost: measured, localisation: measured },
  ...{ margin: measured, chosenLogProb: measured, parseRate: measured, loss: measured },
  operators: v.pipe(
    v.optional(v.nullable(v.record(v.string(), count)), null),
    v.transform((operators) => operators ?? {}),
  ),
});

/** What comes with shipped weights: of their model card what belongs to the version. The card may say more. */
export const shippedCardSchema = v.looseObject({
  name: v.optional(v.pipe(v.string(), v.minLength(1)), 'shipped'),
  /** SHA-256 of the file that the card is about. */
  weights: v.optional(v.string()),
  seed: v.optional(v.union([v.number(), v.string()])),
  command: v.optional(v.string()),
  settings: v.optional(v.record(v.string(), v.unknown()), {}),
  data: v.optional(v.union([v.array(v.unknown()), v.record(v.string(), v.unknown())]), {}),
  /** Of its training, under either name. */
  curves: v.optional(v.array(cardPointSchema)),
  points: v.optional(v.array(cardPointSchema), []),
  createdAtMs: v.optional(v.number()),
});
