/** The rates that a recording is played at, and what the shuttle keys make of them. */

export const playbackRates = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16] as const;
export const backwardRates = [-0.25, -0.5, -1, -2, -4, -8, -16] as const;
/** What a press of the shuttle key again leads to. */
const shuttleRates = [1, 2, 4, 8, 16] as const;

/** What shows the pictures of a recording that plays: the video itself, exact frames sought one by one, or sheets. */
export type Drive = 'video' | 'seeks' | 'sheets';

/** Up to this rate a browser plays video well, with its sound. */
const fastestVideo = 4;
/** Up to this rate backwards, single frames are sought: sheets are too coarse for looking closely. */
const fastestSeeks = 2;

export function driveFor(rate: number): Drive {
  if (rate > 0) return rate <= fastestVideo ? 'video' : 'sheets';
  return -rate <= fastestSeeks ? 'seeks' : 'sheets';
}

/** `rate` held inside what is offered; 0 is no rate and becomes 1. */
export function heldRate(rate: number): number {
  if (!(Math.abs(rate) > 0)) return 1;
  const [slowest, fastest] = rate > 0 ? [playbackRates[0], playbackRates.at(-1)] : [-backwardRates[0], 16];
  return Math.sign(rate) * Math.min(fastest ?? 1, Math.max(slowest, Math.abs(rate)));
}

/** The next faster (+1) or slower (-1) rate in the direction in which `rate` goes; itself at either end. */
export function neighbourRate(rate: number, change: 1 | -1): number {
  const rates = (rate > 0 ? playbackRates : backwardRates).map(Math.abs);
  const speed = Math.abs(rate);
  const next = change > 0 ? rates.find((each) => each > speed) : rates.findLast((each) => each < speed);
  return Math.sign(rate) * (next ?? speed);
}

/** The rate after a shuttle key: once for normal speed in that direction, again for faster. */
export function shuttledRate(state: { readonly playing: boolean; readonly rate: number }, direction: 1 | -1): number {
  if (!state.playing || Math.sign(state.rate) !== direction) return direction;
  return direction * (shuttleRates.find((each) => each > Math.abs(state.rate)) ?? 16);
}
