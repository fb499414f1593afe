/** Which frames a flag rests on, which of them is on screen, and which comes next. Times in seconds, ascending. */
import type { Claim } from '../../../src-main/contract/claim.ts';
import { byParticularity } from './claim-groups.ts';

export interface EvidenceFrame {
  readonly time: number;
  /** `before` and `after` are shown for context and support nothing. */
  readonly role: 'before' | 'evidence' | 'after';
  readonly claims: readonly Claim[];
}

/** How far outside the interval the frames for context lie. */
const contextSeconds = 1;
/** A player that was sent to a frame may stand this much before or after its time stamp. */
const tolerance = 0.04;

/** Times of all frames that `claims` rest on, each once. */
export const evidenceTimes = (claims: readonly Claim[]): number[] =>
  [...new Set(claims.flatMap(({ evidence }) => evidence))].sort((a, b) => a - b);

/**
 * The evidence frames of an interval with the claims that each supports, most particular first, between a frame before
 * and one after the interval. `length` of the recording: null where it is not known. Without evidence there is nothing.
 */
export function evidenceFrames(
  interval: { readonly start: number; readonly end: number; readonly claims: readonly Claim[] },
  length: number | null,
): EvidenceFrame[] {
  const times = evidenceTimes(interval.claims);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return [];
  const frames = times.map((time): EvidenceFrame => ({
    time,
    role: 'evidence',
    claims: byParticularity(interval.claims.filter(({ evidence }) => evidence.includes(time))),
  }));
  const before = Math.max(0, Math.min(interval.start, first) - contextSeconds);
  const after = Math.max(interval.end, last) + contextSeconds;
  return [
    ...(before < first - tolerance ? [{ time: before, role: 'before', claims: [] } as const] : []),
    ...frames,
    ...(length === null || after < length ? [{ time: after, role: 'after', claims: [] } as const] : []),
  ];
}

/** The place in `times` of the frame that the player shows or has passed last; −1 before the first. */
export function passedIndex(times: readonly number[], now: number): number {
  return times.findLastIndex((time) => time <= now + tolerance);
}

/** The first time after `now`, or null. */
export const nextTime = (times: readonly number[], now: number): number | null =>
  times.find((time) => time > now + tolerance) ?? null;

/** The last time before `now`, or null. */
export const previousTime = (times: readonly number[], now: number): number | null =>
  times.findLast((time) => time < now - tolerance) ?? null;

/** Whether the player stands at `time`. */
export const isAt = (time: number, now: number): boolean => Math.abs(time - now) <= tolerance;

/**
 * The millisecond by which a picture of the frame with time stamp `time` is asked for. Rounded up: a fraction earlier,
 * the frame before it would still be on screen.
 */
export const pictureMilliseconds = (time: number): number => Math.ceil(time * 1000 - 1e-6);
