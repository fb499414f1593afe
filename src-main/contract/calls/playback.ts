/** Calls of the player. What they name is fetched by URL: `contract/media.ts`. */
import * as v from 'valibot';
import { groundTruthSchema } from '../footage.ts';
import { playbackPlanSchema } from '../playback.ts';
import { call, text } from './call.ts';

export const playbackCalls = {
  /** How a recording is played; the first time it is read through once. Errors: `not-found`, those of reading video. */
  plan: call({ recording: text }, playbackPlanSchema),
  /** What is known to be true of a recording, from a file beside it; null where nothing is. Errors: `not-found`. */
  groundTruth: call({ recording: text }, v.object({ truth: v.nullable(groundTruthSchema) })),
};
