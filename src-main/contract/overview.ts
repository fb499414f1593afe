/** The archive by days: what was recorded, what was flagged, what is decided. */
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const stateCountsSchema = v.object({ open: count, confirm: count, reject: count, unsure: count });
export type StateCounts = v.InferOutput<typeof stateCountsSchema>;

export const daySchema = v.object({
  /** `2026-11-21`, in the time zone that was asked for. */
  day: v.string(),
  /** Recordings that began on it, and how many seconds they last. */
  recordings: count,
  seconds: v.number(),
  flags: stateCountsSchema,
});
export type Day = v.InferOutput<typeof daySchema>;

export const recapSchema = v.object({
  /** Recordings of which some part lies in the time, and the seconds of that part. */
  recordings: count,
  seconds: v.number(),
  /** Recordings among them that were looked through. */
  scanned: count,
  flags: stateCountsSchema,
  cameras: v.array(v.object({ camera: v.string(), recordings: count, seconds: v.number(), flags: stateCountsSchema })),
  /** Those with most flags first. */
  classes: v.array(v.object({ class: v.string(), flags: stateCountsSchema })),
  /** Ids of the open flags with the highest scores. */
  strongest: v.array(v.string()),
});
export type Recap = v.InferOutput<typeof recapSchema>;
