/** Randomness as a function of place and time: the same question has the same answer, whatever was asked before. */

/** A 32-bit number from two: mulberry32's finaliser over both. */
export function mixed(a: number, b: number): number {
  let state = (Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(b | 0, 0xc2b2ae35) + 0x6d2b79f5) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return (state ^ (state >>> 14)) >>> 0;
}

/** Uniform in [0, 1): number `index` of the sequence that belongs to `key`. */
export const uniformAt = (key: number, index: number): number => mixed(key, index) / 2 ** 32;

/** Normal with mean 0 and variance 1 (Box and Muller): number `index` of the sequence that belongs to `key`. */
export function normalAt(key: number, index: number): number {
  const first = mixed(key, index);
  return Math.sqrt(-2 * Math.log((first + 1) / (2 ** 32 + 1))) * Math.cos((2 * Math.PI * mixed(first, key)) / 2 ** 32);
}

/** Normal with mean 0 and variance 1 at every time, which changes over about `period` seconds. */
export function driftAt(key: number, time: number, period: number): number {
  const at = time / period;
  const whole = Math.floor(at);
  const weight = at - whole;
  const mean = (1 - weight) * normalAt(key, whole) + weight * normalAt(key, whole + 1);
  return mean / Math.sqrt((1 - weight) ** 2 + weight ** 2);
}

/** How the variance of something random divides: what stays, what drifts, and the rest that every frame has anew. */
export interface Memory {
  readonly stays: number;
  readonly drifts: number;
}

/** Seconds over which what drifts becomes another. */
const driftSeconds = 1.5;

/** Normal with mean 0 and variance 1 of frame `frame` at `time` seconds, as alike at other times as `memory` says. */
export function rememberedAt(key: number, time: number, frame: number, { stays, drifts }: Memory): number {
  return (
    Math.sqrt(stays) * normalAt(key, -1) +
    Math.sqrt(drifts) * driftAt(mixed(key, 1), time, driftSeconds) +
    Math.sqrt(Math.max(0, 1 - stays - drifts)) * normalAt(mixed(key, 2), frame)
  );
}
