/** The lattice that all looks snap to, so that rollouts, repeated scans and training ask for the same frames. */
import type { Interval } from '../math/interval.ts';

/** Frames of every look (SPEC L1). */
export const framesPerLook = 8;
/** The finest spacing of frames; all times of the lattice are whole ticks and exact in binary. */
export const ticksPerSecond = 8;
/** A look of level k spans 2^k seconds: from eight frames a second to one in sixteen seconds. */
const finestLevel = 0;
export const coarsestLevel = 7;

/**
 * Longest time for which a frame stands for what follows it, in seconds. Looks of a sampling interval up to this show
 * their span without gaps; coarser ones leave unseen time between their frames, which is never flagged. Ours.
 */
export const longestSight = 2;

/** One look, in seconds after the episode's anchor. `start` is a multiple of the level's interval. */
export interface LatticeLook {
  readonly level: number;
  readonly start: number;
}

export const spanOfLevel = (level: number): number => 2 ** level;

/** Seconds between the frames of a look of that level. */
export const intervalOfLevel = (level: number): number => 2 ** level / framesPerLook;

/** The level whose frames are `rate` per second apart; rates are powers of two from 1/16 to 8. */
export const levelOfRate = (rate: number): number => Math.log2(framesPerLook / rate);

/** The finest level that spans `length` seconds, or the coarsest where none does. */
export const levelSpanning = (length: number): number =>
  Math.min(coarsestLevel, Math.max(finestLevel, Math.ceil(Math.log2(length))));

/** The lattice's time of that level at or before `time`. */
export const snapDown = (time: number, level: number): number =>
  Math.floor(time / intervalOfLevel(level)) * intervalOfLevel(level);

/** The lattice's time of that level at or after `time`. */
export const snapUp = (time: number, level: number): number =>
  Math.ceil(time / intervalOfLevel(level)) * intervalOfLevel(level);

export const windowOfLook = (look: LatticeLook): Interval => ({
  start: look.start,
  end: look.start + spanOfLevel(look.level),
});

/** The times at which a look asks for frames, those outside `clip` left out (SPEC L3). */
export function timesOfLook(look: LatticeLook, clip: Interval): readonly number[] {
  const interval = intervalOfLevel(look.level);
  return Array.from({ length: framesPerLook }, (_, index) => look.start + index * interval).filter(
    (time) => time >= clip.start && time < clip.end,
  );
}

/** Number of a lattice time in ticks: an exact key. */
export const tickOf = (time: number): number => Math.round(time * ticksPerSecond);
