/** What two policies made of one recording, as figures and differences. Pure. */
import type { ComparedRecording, ComparedSide, ComparedTotals } from '../../src-main/contract/policy-comparison.ts';

/** Which of the two: the first is 0. */
export type Side = 0 | 1;
export const bothSides = [0, 1] as const;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Flags that cover each other by at least this share of both together are one and the same find. */
const sameOverlap = 0.5;

function overlap(a: Span, b: Span): number {
  const both = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  const either = Math.max(a.end, b.end) - Math.min(a.start, b.start);
  return either <= 0 ? 0 : Math.max(0, both) / either;
}

/** Flags of one side that the other has not found. */
export function onlyHere({ sides }: Pick<ComparedRecording, 'sides'>, side: Side): ComparedSide['flags'] {
  const others = sides[side === 0 ? 1 : 0].flags;
  return sides[side].flags.filter((flag) => !others.some((other) => overlap(flag, other) >= sameOverlap));
}

/** Whether the two found something different. */
export const differs = (recording: Pick<ComparedRecording, 'sides'>): boolean =>
  bothSides.some((side) => onlyHere(recording, side).length > 0);

/** Verdicts that a side meets, of those that can be met. */
export function agreement({ verdicts }: Pick<ComparedRecording, 'verdicts'>, side: Side) {
  const told = verdicts.filter(({ agrees }) => agrees[side] !== null);
  return { agreed: told.filter(({ agrees }) => agrees[side]).length, all: told.length };
}

/** Which side has the better figure: more agreement, fewer frames, more utility; null where they are even or unknown. */
export function betterSide(
  [first, second]: readonly [ComparedTotals, ComparedTotals],
  figure: 'agreed' | 'framesObserved' | 'utility',
): Side | null {
  const values = [first[figure], second[figure]].map((value) => (figure === 'framesObserved' ? -(value ?? 0) : value));
  const [a, b] = values;
  if (a == null || b == null || a === b) return null;
  return a > b ? 0 : 1;
}

interface Episode extends Span {
  /** Hashes of the stored paths, of the first and the second. */
  readonly paths: readonly [string, string];
}

/** Stretches that both looked through, in order of time. */
export function episodesOf({ sides: [first, second] }: Pick<ComparedRecording, 'sides'>): Episode[] {
  return first.trajectories
    .flatMap(({ start, end, trajectory }): Episode[] => {
      const same = second.trajectories.find((other) => other.start === start && other.end === end);
      return same === undefined ? [] : [{ start, end, paths: [trajectory, same.trajectory] }];
    })
    .toSorted((a, b) => a.start - b.start);
}

/** The stretch to begin with: where only one of them flags something, else where there is a flag, else the first. */
export function tellingEpisode(recording: Pick<ComparedRecording, 'sides'>): number {
  const episodes = episodesOf(recording);
  const within = (flags: readonly Span[]) =>
    episodes.findIndex(({ start, end }) => flags.some((flag) => flag.start < end && flag.end > start));
  const found = [
    within(bothSides.flatMap((side) => onlyHere(recording, side))),
    within(bothSides.flatMap((side) => recording.sides[side].flags)),
  ].find((index) => index >= 0);
  return found ?? 0;
}
