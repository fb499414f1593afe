/** What perception found of one figure in one frame, and how alike that is from frame to frame. */
import type { Box } from '../../src-main/perception/detection.ts';
import type { Figure } from '../../src-main/simulation/symbolic/figures.ts';
import type { Memory } from '../../src-main/simulation/symbolic/noise.ts';
import { correlation } from './regression.ts';

export const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** `[11]`: from the least to the largest value. */
export function deciles(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return Array.from({ length: 11 }, (_, tenth) =>
    rounded(sorted[Math.min(sorted.length - 1, Math.round((tenth / 10) * sorted.length))] ?? 0),
  );
}

/** Of a score, at most that of .999 and at least that of .001. */
export function logit(score: number): number {
  const within = Math.min(0.999, Math.max(0.001, score));
  return Math.log(within / (1 - within));
}

export interface Found {
  readonly score: number;
  readonly box: Box;
  readonly keypoints?: Float32Array;
}

/** One figure in one frame with what was found of it. */
export interface Sight {
  readonly recording: number;
  readonly time: number;
  readonly figure: Figure;
  readonly conditions: readonly number[];
  readonly aspect: number;
  readonly found: Found | null;
}

/** Within this of each other frames show about the same drift, and from this on another one; seconds. */
const [near, far] = [0.5, 4] as const;

/** How alike what is left is from frame to frame of one figure. */
export function memoryOf(seen: readonly Sight[], left: readonly (number | null)[]): Memory {
  const byFigure = new Map<string, number[]>();
  for (const [index, { recording, figure }] of seen.entries()) {
    if (left[index] === null) continue;
    const name = `${recording}/${figure.id}`;
    byFigure.set(name, [...(byFigure.get(name) ?? []), index]);
  }
  const [close, apart]: [[number, number][], [number, number][]] = [[], []];
  for (const indices of byFigure.values()) {
    for (const [at, first] of indices.entries()) {
      for (const second of indices.slice(at + 1)) {
        const gap = Math.abs((seen[first]?.time ?? 0) - (seen[second]?.time ?? 0));
        if (gap === 0 || (gap > near && gap < far)) continue;
        (gap <= near ? close : apart).push([left[first] ?? 0, left[second] ?? 0]);
      }
    }
  }
  const share = (pairs: readonly (readonly [number, number])[]) => Math.min(0.9, Math.max(0, correlation(pairs)));
  const stays = share(apart);
  return { stays: rounded(stays), drifts: rounded(Math.max(0, Math.min(0.95, share(close)) - stays)) };
}
