import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planRuns, ranksAt, ranksBetween } from './plan.ts';
import { decodingStart, timelineOf, type Timeline } from './timeline.ts';

/** Frames 40 ms apart without reordering, a keyframe every `gop`. */
function steadyTimeline(count: number, gop: number): Timeline {
  const numbers = Array.from({ length: count }, (_, number) => number);
  return timelineOf(
    {
      pts: numbers.map((number) => number * 40),
      dts: numbers.map((number) => number * 40),
      duration: numbers.map(() => 40),
      position: numbers,
      bytes: numbers,
      keyframe: numbers.map((number) => number % gop === 0),
      hidden: numbers.map(() => false),
    },
    0.001,
    25,
  );
}

test('ranksAt: the last frame that began, the first one before the beginning, each once', () => {
  const timeline = steadyTimeline(10, 5);
  expect(ranksAt(timeline, [0.079, 0.08, 0.1, -3, 99, 0])).toEqual([0, 1, 2, 9]);
  // 3 × 0.04 is less than 0.12 as stored.
  expect(ranksAt(timeline, [3 * 0.04, 0.12])).toEqual([3]);
});

test('ranksBetween is half open', () => {
  const timeline = steadyTimeline(10, 5);
  expect(ranksBetween(timeline, 0.04, 0.12)).toEqual({ from: 1, to: 3 });
  expect(ranksBetween(timeline, -1, 99)).toEqual({ from: 0, to: 10 });
  expect(ranksBetween(timeline, 0.12, 0.04)).toEqual({ from: 3, to: 3 });
  expect(ranksBetween(timeline, 50, 99)).toEqual({ from: 10, to: 10 });
});

test('a wanted keyframe costs one packet, frames of one GOP share a run', () => {
  const timeline = steadyTimeline(100, 10);
  expect(planRuns(timeline, [20, 50])).toEqual([
    { start: 20, end: 20 },
    { start: 50, end: 50 },
  ]);
  expect(planRuns(timeline, [23, 27, 65])).toEqual([
    { start: 20, end: 27 },
    { start: 60, end: 65 },
  ]);
  expect(planRuns(timeline, [18, 20])).toEqual([{ start: 10, end: 20 }]);
});

test('property: every wanted packet lies in a run that starts early enough, and runs do not overlap', () => {
  const wanted = fc.uniqueArray(fc.integer({ min: 0, max: 199 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(wanted, fc.integer({ min: 1, max: 60 }), (ranks, gop) => {
      const timeline = steadyTimeline(200, gop);
      const runs = planRuns(
        timeline,
        ranks.toSorted((a, b) => a - b),
      );
      for (const rank of ranks) {
        const run = runs.find(({ start, end }) => start <= rank && rank <= end);
        expect(run?.start).toBeLessThanOrEqual(decodingStart(timeline, rank));
      }
      runs.forEach((run, index) => {
        expect(run.start).toBeGreaterThan(runs[index - 1]?.end ?? -1);
        expect(ranks).toContain(run.end);
      });
    }),
    { seed: 20260103 },
  );
});
