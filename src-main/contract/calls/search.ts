/** Calls of the queue beside its list: versions that found flags, many flags at once, saved filters, days. */
import * as v from 'valibot';
import { daySchema, recapSchema } from '../overview.ts';
import { verdictDecisions } from '../flag.ts';
import { call, names, note, text } from './call.ts';
import { flagFilter, longestTag } from './review.ts';

/** While so many are written nobody else is answered: some tenths of a second. */
export const mostAtOnce = 1000;
const flagIds = v.pipe(v.array(text), v.minLength(1), v.maxLength(mostAtOnce));
const tag = v.pipe(
  v.string(),
  v.maxLength(longestTag),
  v.regex(/^\S(?:.*\S)?$/, 'One line, without spaces around it.'),
);

export const flagSetsCalls = {
  /** Policies that found flags, each with its versions; `version` is what a filter takes. */
  versions: call(
    {},
    v.object({ items: v.array(v.object({ version: v.string(), policy: v.string(), policyVersion: v.string() })) }),
  ),
  /**
   * One verdict on each of the flags, all of them or none. `flags` of the answer are those that there are, `decidedAtMs` is
   * what tells these verdicts from later ones.
   */
  decideAll: call(
    { flags: flagIds, decision: v.picklist(verdictDecisions), note: v.optional(note) },
    v.object({ flags: v.array(v.string()), decidedAtMs: v.number() }),
  ),
  /** Takes the verdicts of one `decideAll` back, where they still stand; answers with the flags on which they did. */
  undoAll: call({ flags: flagIds, decidedAtMs: v.number() }, v.object({ flags: v.array(v.string()) })),
  /** Puts a tag on each of the flags, or takes it off; answers with those that it was not on, or was. */
  tagAll: call({ flags: flagIds, tag, on: v.boolean() }, v.object({ flags: v.array(v.string()) })),
};

export const savedFilterSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80)),
  /** The query of the window's address that shows the list. */
  query: v.record(v.pipe(v.string(), v.maxLength(40)), v.pipe(v.array(text), v.maxLength(1000))),
});
export type SavedFilter = v.InferOutput<typeof savedFilterSchema>;

export const savedFiltersCalls = {
  /** In the order that all windows share. */
  list: call({}, v.object({ items: v.array(savedFilterSchema) })),
  /** Saves a filter or replaces the one of its id; a new one stands at `place`, at the end where none is given. */
  put: call(
    { filter: savedFilterSchema, place: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))) },
    v.object({ items: v.array(savedFilterSchema) }),
  ),
  /** Errors: `not-found`. */
  remove: call({ filter: text }, v.object({ items: v.array(savedFilterSchema) })),
};

/** An IANA name such as `Europe/Berlin`. */
const timeZone = v.pipe(v.string(), v.maxLength(100));

export const overviewCalls = {
  /**
   * The days of that time zone from the one of `from` to the one before `until` (ms since the epoch, at most 400 days) on which
   * recordings began or flags start, in order, with the flags of each state. Errors: `invalid-argument`.
   */
  days: call(
    { from: v.number(), until: v.number(), timeZone, cameras: flagFilter.cameras },
    v.object({ days: v.array(daySchema), undated: v.number() }),
  ),
  /** What the recordings from `from` until `until` (ms since the epoch) hold. */
  recap: call({ from: v.number(), until: v.number(), cameras: v.optional(names) }, recapSchema),
};
