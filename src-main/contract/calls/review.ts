/** Calls of the review: flagged intervals, how they were found, verdicts on them, misses. */
import * as v from 'valibot';
import { flagSchema, missSchema, verdictDecisions } from '../flag.ts';
import { call, classId, idList, names, note, nothing, pageOf, pageParams, seconds, text } from './call.ts';

/** `open`: no verdict yet. */
export const flagStates = ['open', ...verdictDecisions] as const;
export type FlagState = (typeof flagStates)[number];
/** Highest score first; by wall clock (recordings without one last); by recording and time. */
export const flagOrders = ['score', 'clock', 'recording'] as const;
export type FlagOrder = (typeof flagOrders)[number];

export const flagsCalls = {
  list: call(
    { ...pageParams, recording: v.optional(text), state: v.optional(v.picklist(flagStates)) },
    pageOf(flagSchema),
  ),
  get: call({ flag: text }, v.object({ flag: flagSchema })),
  /**
   * Ids of the flags that a queue shows, in its order, and how many there are of each kind. The list is the caller's:
   * it stays as it is while verdicts and scans change what a new one would hold.
   */
  find: call(
    {
      states: v.optional(v.array(v.picklist(flagStates))),
      cameras: v.optional(names),
      classes: v.optional(names),
      recording: v.optional(text),
      order: v.optional(v.picklist(flagOrders), 'score'),
      /** Ids of so many at most: who is to be shown something at once asks for the head of the list first. */
      limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    },
    v.object({
      ids: v.array(v.string()),
      /** Flags of each state, whatever `states` asks for. */
      states: v.object({ open: v.number(), confirm: v.number(), reject: v.number(), unsure: v.number() }),
    }),
  ),
  /** Flags by their full ids, in the order asked for; those that are gone are left out. */
  rows: call({ ids: idList }, v.object({ items: v.array(flagSchema) })),
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
  /** Takes a miss back. Errors: `not-found`. */
  remove: call({ miss: text }, nothing),
  list: call({ ...pageParams, recording: v.optional(text) }, pageOf(missSchema)),
};
