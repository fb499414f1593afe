/** Flagged intervals, the reviewer's verdicts on them, and misses that the reviewer adds. */
import * as v from 'valibot';
import { claimSchema } from './claim.ts';

const seconds = v.pipe(v.number(), v.minValue(0));

export const verdictDecisions = ['confirm', 'reject', 'unsure'] as const;

/** Why flags are rejected, as far as it is said the same everywhere; a verdict's reason may be any other words. */
export const rejectionReasons = [
  'usual-here',
  'allowed',
  'light-or-weather',
  'animal',
  'camera',
  'too-small',
  'nothing-there',
  'twice',
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];
export const isListedReason = (reason: string): reason is RejectionReason =>
  rejectionReasons.some((known) => known === reason);

const verdictSchema = v.object({
  decision: v.picklist(verdictDecisions),
  /** The reviewer's class, where it differs from the flag's. */
  class: v.nullable(v.string()),
  /** The reviewer's bounds in seconds, where they differ from the flag's. */
  start: v.nullable(seconds),
  end: v.nullable(seconds),
  note: v.string(),
  /** Why it was decided so: an id of `rejectionReasons` or words of one's own; not there where nothing was said. */
  reason: v.optional(v.string()),
  decidedAtMs: v.number(),
});
export type Verdict = v.InferOutput<typeof verdictSchema>;

export const flagSchema = v.object({
  /** Hash of recording, policy, budget, models, settings and bounds: the same look gives the same flag. */
  id: v.string(),
  recording: v.string(),
  path: v.string(),
  camera: v.string(),
  start: seconds,
  end: seconds,
  class: v.string(),
  /** Belief that something unusual happens in the interval, [0, 1]. */
  score: v.number(),
  /** In English; `claims` is the data that it was made from. */
  explanation: v.string(),
  claims: v.array(claimSchema),
  /** Hash of the stored trajectory that found it. */
  trajectory: v.string(),
  policy: v.string(),
  /** Of a policy with versions (`nano`) the id of the one that found it. */
  policyVersion: v.string(),
  /** The reviewer's latest decision. */
  verdict: v.nullable(verdictSchema),
  /** The reviewer's, in alphabetical order; not there where there are none. */
  tags: v.optional(v.array(v.string())),
});
export type Flag = v.InferOutput<typeof flagSchema>;

export const missSchema = v.object({
  id: v.string(),
  recording: v.string(),
  start: seconds,
  end: seconds,
  class: v.string(),
  note: v.string(),
  addedAtMs: v.number(),
});
export type Miss = v.InferOutput<typeof missSchema>;
