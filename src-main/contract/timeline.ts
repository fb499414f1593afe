/** What is known along one recording, for drawing under its player. Times are seconds since its first frame. */
import * as v from 'valibot';
import { foundByReasons } from './claim.ts';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

export const timelineSchema = v.object({
  seconds: v.number(),
  /** Triage activity of each second, [0, 1]; empty where no triage was made. */
  activity: v.array(share),
  /** The policy whose scan stands; null before the first. */
  policy: v.nullable(v.string()),
  /** Windows that the inquiry looked through, ascending. `scores` are per second from `start`. */
  episodes: v.array(v.object({ start: v.number(), end: v.number(), trajectory: v.string(), scores: v.array(share) })),
  /** Where the inquiry looked and how densely, in the order in which it did. */
  looks: v.array(
    v.object({
      start: v.number(),
      end: v.number(),
      /** Frames per second. */
      density: v.number(),
      purpose: v.picklist(foundByReasons),
      /** Times of the frames seen. */
      times: v.array(v.number()),
    }),
  ),
});
export type Timeline = v.InferOutput<typeof timelineSchema>;
