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

/** A word or short phrase without spaces around it. */
const phrase = (most: number) =>
  v.pipe(v.string(), v.maxLength(most), v.regex(/^\S(?:.*\S)?$/, 'One line, without spaces around it.'));
export const longestReason = 200;
const reason = phrase(longestReason);
export const longestTag = 64;
const wordUse = v.object({ word: v.string(), uses: v.number() });

/** Wall-clock time in ms since the Unix epoch. */
const utcMs = v.pipe(v.number(), v.finite());
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const longestSearch = 200;

/** What narrows a list of flags: all that is given must hold, and of alternatives one. */
export const flagFilter = {
  cameras: v.optional(names),
  /** The reviewer's class counts where he gave one. */
  classes: v.optional(names),
  recording: v.optional(text),
  /** Flags that start in `[from, until)`; those of recordings without a clock in no such time. */
  from: v.optional(utcMs),
  until: v.optional(utcMs),
  minScore: v.optional(share),
  maxScore: v.optional(share),
  /** Policies with their versions, as `flags.versions` names them. */
  versions: v.optional(names),
  tags: v.optional(names),
  /** Whether the standing verdict has a note. */
  noted: v.optional(v.boolean()),
  /** Words that all occur in the explanation, the notes, the tags, the class or what was measured; nothing in it is a sign. */
  text: v.optional(v.pipe(v.string(), v.maxLength(longestSearch))),
  /** Flags that look like this one, the most alike first whatever the order; itself is not among them. */
  similarTo: v.optional(text),
};

export const flagsCalls = {
  list: call(
    {
      ...pageParams,
      ...flagFilter,
      state: v.optional(v.picklist(flagStates)),
      order: v.optional(v.picklist(flagOrders), 'recording'),
    },
    pageOf(flagSchema),
  ),
  get: call({ flag: text }, v.object({ flag: flagSchema })),
  /**
   * Ids of the flags that a queue shows, in its order, and how many there are of each kind. The list is the caller's:
   * it stays as it is while verdicts and scans change what a new one would hold.
   */
  find: call(
    {
      ...flagFilter,
      states: v.optional(v.array(v.picklist(flagStates))),
      order: v.optional(v.picklist(flagOrders), 'score'),
      /** Ids of so many at most. */
      limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    },
    v.object({
      ids: v.array(v.string()),
      /** Flags of each state, whatever `states` asks for. */
      states: v.object({ open: v.number(), confirm: v.number(), reject: v.number(), unsure: v.number() }),
    }),
  ),
  /** The ids that such a list begins with, and nothing else: what a person sees first does not wait for sums. */
  head: call(
    {
      ...flagFilter,
      states: v.optional(v.array(v.picklist(flagStates))),
      order: v.optional(v.picklist(flagOrders), 'score'),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1)),
    },
    v.object({ ids: v.array(v.string()) }),
  ),
  /** Flags by their full ids, in the order asked for; those that are gone are left out. */
  rows: call({ ids: idList }, v.object({ items: v.array(flagSchema) })),
  /** Gives the flag exactly these tags. Errors: `not-found`. */
  tag: call({ flag: text, tags: v.pipe(v.array(phrase(longestTag)), v.maxLength(50)) }, v.object({ flag: flagSchema })),
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
      /** Why: one of `rejectionReasons`, or words of one's own. */
      reason: v.optional(reason),
    },
    v.object({ flag: flagSchema }),
  ),
  /** Takes the latest verdict back; the one before it, or none, holds again. */
  undo: call({ flag: text }, v.object({ flag: flagSchema })),
  /** What reviewers said so far in words of their own, the most used first: to be offered again. */
  words: call({}, v.object({ classes: v.array(wordUse), tags: v.array(wordUse), reasons: v.array(wordUse) })),
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
