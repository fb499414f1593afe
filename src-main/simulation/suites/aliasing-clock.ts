/** The instants that a passive sampler sees, and the gaps between them in which alone twins may differ. */
import { AppError } from '../../contract/errors.ts';
import { longestEpisode } from '../../inquiry/episodes.ts';
import { rates } from '../../inquiry/grammar.ts';
import { framesPerLook } from '../../inquiry/lattice.ts';

/**
 * Seconds before and after every instant in which twins are the same: motion is measured against a frame 0.2 s later
 * (`motionLag`), and a frame of a slow camera is on screen for some of that.
 */
const hush = 0.25;
/** Seconds in which a person is back as before at the end of what they did: poses flow into each other for 0.45 s. */
export const settling = 0.46;
/** Seconds that what happens in a gap takes: what two instants at the highest rate leave. */
export const happening = 3;
/** Faster samplers leave no room for an incident between two of their instants. */
const fastest = 0.25;
/** One episode, so that whoever looks has all of the budget for one recording. */
const seconds = longestEpisode;
/** Slower samplers see no more than the opening look of eight frames does, which leaves nothing to look with. */
const slowest = (2 * framesPerLook) / seconds;
/** About as many frames a second as the other suites have. */
const usualFrameRate = 12.5;

export interface Clock {
  /** Seconds from one instant to the next; the first instant is the recording's first frame. */
  readonly period: number;
  readonly seconds: number;
  readonly gaps: number;
  /** A whole number of frames lies between two instants. */
  readonly frameRate: number;
  readonly framesPerGap: number;
  /** When what happens in gap `index` may begin: `happening` later it is over, and settled before the next hush. */
  readonly opens: (index: number) => number;
}

/** Rates of looks that leave room for an incident between two instants, hertz. */
const possible = rates.filter((rate) => rate >= slowest && rate <= fastest);

/** The clock of a sampler of `rate` hertz. Errors: `invalid-argument` for a rate that no look has or that leaves no room. */
export function clockFor(rate: number): Clock {
  if (!(possible as readonly number[]).includes(rate)) {
    throw new AppError('invalid-argument', `The rate of a suite of twins is one of ${possible.join(', ')} Hz.`);
  }
  const period = 1 / rate;
  const framesPerGap = Math.round(usualFrameRate * period);
  const slack = period - 2 * hush - happening - settling;
  return {
    ...{ period, framesPerGap, seconds },
    gaps: seconds / period,
    frameRate: framesPerGap / period,
    opens: (index) => index * period + hush + 0.01 + slack / 2,
  };
}
