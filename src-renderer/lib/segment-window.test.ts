import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isCovered,
  nextSegment,
  secondsAhead,
  secondsBehind,
  segmentAt,
  segmentsToDrop,
  segmentWindow,
} from './segment-window.ts';

const layout = fc.integer({ min: 1, max: 2000 }).map((segments) => ({ segmentSeconds: 4, segments }));
const time = fc.double({ min: 0, max: 9000, noNaN: true });
const held = fc.uniqueArray(fc.integer({ min: 0, max: 2000 })).map((each) => new Set(each));

test('the segment under the playhead comes first, then the nearest ahead', () => {
  fc.assert(
    fc.property(layout, time, held, (segments, at, there) => {
      const current = segmentAt(segments, at);
      const next = nextSegment(segments, at, there);
      const ahead = Array.from({ length: segments.segments }, (_, each) => each).filter(
        (each) => each >= current && each * 4 <= at + secondsAhead && !there.has(each),
      );
      expect(next).toBe(ahead[0] ?? null);
    }),
  );
});

test('fetching until nothing is missing and dropping the rest ends with exactly what is needed', () => {
  fc.assert(
    fc.property(layout, fc.array(time, { minLength: 1, maxLength: 8 }), (segments, playheads) => {
      const there = new Set<number>();
      for (const at of playheads) {
        for (let next = nextSegment(segments, at, there); next !== null; next = nextSegment(segments, at, there)) {
          there.add(next);
        }
        for (const drop of segmentsToDrop(segments, at, there)) there.delete(drop);
        const [first, last] = segmentWindow(segments, at);
        expect(Math.min(...there)).toBeGreaterThanOrEqual(first);
        expect(Math.max(...there)).toBe(last);
        expect(there.has(segmentAt(segments, at))).toBe(true);
        expect(there.size).toBeLessThanOrEqual((secondsAhead + secondsBehind) / 4 + 2);
      }
    }),
  );
});

test('what was just fetched is never dropped', () => {
  fc.assert(
    fc.property(layout, time, held, (segments, at, there) => {
      const next = nextSegment(segments, at, there);
      expect(segmentsToDrop(segments, at, there)).not.toContain(next);
    }),
  );
});

test('a recording without segments asks for none', () => {
  expect(nextSegment({ segmentSeconds: 4, segments: 0 }, 0, new Set())).toBeNull();
});

test('a seek finds what it needs once its frame is there and, near the end of a segment, what comes next', () => {
  const segments = { segmentSeconds: 4, segments: 3 };
  expect(isCovered(segments, 5, new Set([0, 2]))).toBe(false);
  expect(isCovered(segments, 5, new Set([1]))).toBe(true);
  expect(isCovered(segments, 7.9, new Set([1]))).toBe(false);
  expect(isCovered(segments, 7.9, new Set([1, 2]))).toBe(true);
  expect(isCovered(segments, 11.99, new Set([2]))).toBe(true);
});
