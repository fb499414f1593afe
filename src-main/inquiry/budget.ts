/** What an episode may cost, from the rate that a reviewer asks for. */
import type { Budget } from '../contract/trajectory.ts';
import { intervalLength, type Interval } from '../math/interval.ts';
import { framesPerLook, spanOfLevel, levelSpanning, ticksPerSecond } from './lattice.ts';

/** About one frame in two and a half seconds: what a quick look through costs on an ordinary machine. Ours. */
const defaultFramesPerMinute = 24;
/** An episode, however short, gets the opening look and four more. */
const fewestFrames = 5 * framesPerLook;
const steps = 24;
/** Far more than an episode takes; it ends one whose decoder crawls. */
const seconds = 300;

/**
 * The budget of an episode: so many frames per minute of it, but enough for a few looks. `dense` gets every instant of
 * the time grid whatever the rate, and the time that this takes.
 */
export function budgetFor(policy: string, episode: Interval, framesPerMinute: number = defaultFramesPerMinute): Budget {
  const length = intervalLength(episode);
  if (policy === 'dense') {
    const frames = (spanOfLevel(levelSpanning(length)) + 1) * ticksPerSecond + framesPerLook;
    return { frames, steps, seconds: 12 * seconds };
  }
  return { frames: Math.max(fewestFrames, Math.round((framesPerMinute * length) / 60)), steps, seconds };
}
