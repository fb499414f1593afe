import { describe, expect, test } from 'vitest';
import { lookedAtShare, totalEffort } from './effort.ts';

describe('operators', () => {
  const entropyOf = (operators: Record<string, number>) =>
    totalEffort([{ seconds: 1, effort: { framesObserved: 0, lookedAt: 0, seconds: null, operators } }]).operatorEntropy;

  test('FINAL, which ends every episode, is no choice', () => {
    expect(entropyOf({ FINAL: 7 })).toBeNull();
    expect(entropyOf({ SAMPLE: 4, FINAL: 1 })).toBe(0);
    expect(entropyOf({ SAMPLE: 3, EXPAND: 3, FINAL: 9 })).toBeCloseTo(0.5, 12);
    expect(entropyOf({ SAMPLE: 1, EXPAND: 1, BACKTRACK: 1, THINK: 1 })).toBe(1);
  });
});

describe('what was looked at', () => {
  const episode = { start: 0, end: 20 };
  const grid = { anchor: 0, ticksPerSecond: 8 };
  const look = (times: number[], density: number) => ({ keys: times.map((time) => 8 * time), density }) as never;

  test('a frame stands for its interval, at most so long; what overlaps counts once', () => {
    // Every 4 s, seen for 2 s each: 0–2, 4–6; a closer look at 1–3.
    const looks = [look([0, 4], 0.25), look([1, 2], 1)];
    expect(lookedAtShare([{ episode, grid, looks }], 20, 2)).toBeCloseTo((3 + 2) / 20, 12);
  });

  test('nothing is seen beyond an episode', () => {
    expect(lookedAtShare([{ episode, grid, looks: [look([19], 0.25)] }], 40, 2)).toBeCloseTo(1 / 40, 12);
    expect(lookedAtShare([], 0, 2)).toBe(0);
  });
});
