/** Calls of the player. What they name is fetched by URL: `contract/media.ts`. */
import { playbackPlanSchema } from '../playback.ts';
import { call, text } from './call.ts';

export const playbackCalls = {
  /** How a recording is played; the first time it is read through once. Errors: `not-found`, those of reading video. */
  plan: call({ recording: text }, playbackPlanSchema),
};
