/** Calls of the review: flagged intervals, how they were found, verdicts on them, misses. */
import * as v from 'valibot';
import { flagSchema, missSchema, verdictDecisions } from '../flag.ts';
import { call, classId, note, pageOf, pageParams, seconds, text } from './call.ts';

/** `open`: no verdict yet. */
const flagStates = ['open', ...verdictDecisions] as const;

export const flagsCalls = {
  list: call(
    { ...pageParams, recording: v.optional(text), state: v.optional(v.picklist(flagStates)) },
    pageOf(flagSchema),
  ),
  get: call({ flag: text }, v.object({ flag: flagSchema })),
};

export const trajectoriesCalls = {
  /** The stored trajectory as it was written; its format has a version and an upgrade function of its own. */
  get: call({ id: text }, v.object({ trajectory: v.unknown() })),
};

export const verdictsCalls = {
  decide: call(
    {
      flag: text,
      decision: v.picklist(verdictDecisions),
      class: v.optional(classId),
      start: v.optional(seconds),
      end: v.optional(seconds),
      note: v.optional(note),
    },
    v.object({ flag: flagSchema }),
  ),
  /** Takes the latest verdict back; the one before it, or none, holds again. */
  undo: call({ flag: text }, v.object({ flag: flagSchema })),
};

export const missesCalls = {
  add: call(
    { recording: text, start: seconds, end: seconds, class: classId, note: v.optional(note) },
    v.object({ miss: missSchema }),
  ),
  list: call({ ...pageParams, recording: v.optional(text) }, pageOf(missSchema)),
};
