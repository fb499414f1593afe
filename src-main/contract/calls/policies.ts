/** Calls of policy versions: which there are, which one is in force, and how two policies do on the same recordings. */
import * as v from 'valibot';
import { comparisonSchema, comparisonSummarySchema } from '../policy-comparison.ts';
import { policyActivationSchema, policyVersionSchema, policyVersionSummarySchema } from '../policy-version.ts';
import { call, pageOf, pageParams, startedJob, text } from './call.ts';

/** A version by its id, the beginning of it (6 digits or more) or its name, also as `nano@…`. */
const version = text;

export const policiesCalls = {
  /** Versions, the latest first; activations, the latest first: the first one says what is in force. */
  list: call(
    {},
    v.object({
      items: v.array(policyVersionSummarySchema),
      activations: v.array(policyActivationSchema),
      /** Why the version that comes with the program is not among them, in one English sentence; null where it is. */
      notice: v.nullable(v.string()),
    }),
  ),
  /** Errors: `not-found`; `invalid-argument` where more than one is meant. */
  get: call({ version }, v.object({ version: policyVersionSchema })),
  /**
   * From now on `nano` is this version. Scans under way stay with theirs. Errors: as of `get`; `forbidden` for one that its
   * gate refused, unless `anyway`.
   */
  activate: call(
    { version, anyway: v.optional(v.boolean(), false) },
    v.object({ version: policyVersionSummarySchema }),
  ),
  /** Puts in force again what was in force before; done again it goes back further. Errors: `not-found` at the first. */
  rollback: call({}, v.object({ version: policyVersionSummarySchema })),
  /**
   * Runs both over the same recordings on what was seen of them before: the comparison goes by the id of the job that makes
   * it. Errors: `not-found` for a version or recording, `invalid-argument` for a policy that there is none of.
   */
  compare: call(
    {
      /** Versions, or `nano`, or another policy by its name. */
      first: text,
      second: text,
      /** By id; those that were looked at before, where absent. */
      recordings: v.optional(v.pipe(v.array(text), v.minLength(1), v.maxLength(10_000))),
      /** Most new frames that each of the two may look at in an episode; what else it asks for stays masked. */
      newFrames: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000)), 24),
      /** What episodes may cost; that of the settings where absent. */
      framesPerMinute: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
    },
    startedJob,
  ),
  /** The latest first. */
  comparisons: call(pageParams, pageOf(comparisonSummarySchema)),
  /** What is there of it while it is being made. Errors: `not-found`. */
  comparison: call({ id: text }, v.object({ comparison: comparisonSchema })),
};
