import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lookHeight, lookLane, lookSkyline, seenColumns } from './look-lane.ts';

const look = fc
  .record({
    start: fc.double({ min: 0, max: 90, noNaN: true }),
    length: fc.double({ min: 0.001, max: 40, noNaN: true }),
    density: fc.float({ min: Math.fround(0.1), max: 25, noNaN: true }),
    shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
  })
  .map(({ start, length, density, shares }) => ({
    start,
    end: start + length,
    density,
    purpose: 'opening-look' as const,
    times: shares.map((share) => start + share * length),
  }));
const looks = fc.array(look, { maxLength: 30 });
const view = fc
  .tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.double({ min: 0.5, max: 130, noNaN: true }))
  .map(([start, length]) => ({ start, end: start + length }));
const columns = fc.integer({ min: 1, max: 50 });

test('each column shows the densest of the looks that touch it', () => {
  fc.assert(
    fc.property(looks, view, columns, (all, at, count) => {
      const perSecond = count / (at.end - at.start);
      const naive = Array.from({ length: count }, (_, column) =>
        Math.max(
          0,
          ...all
            .filter(({ start, end }) => start < at.end && end > at.start)
            .filter(({ start }) => Math.floor((start - at.start) * perSecond) <= column)
            .filter(({ end }) => Math.ceil((end - at.start) * perSecond) > column)
            .map(({ density }) => density),
        ),
      );
      expect([...lookSkyline(lookLane(all), at, count)]).toEqual(naive);
    }),
  );
});

test('every frame that was seen marks its column, ascending and once', () => {
  fc.assert(
    fc.property(looks, view, columns, (all, at, count) => {
      const perSecond = count / (at.end - at.start);
      const inView = all.flatMap(({ times }) => times).filter((time) => time >= at.start && time <= at.end);
      const naive = new Set(inView.map((time) => Math.min(count - 1, Math.floor((time - at.start) * perSecond))));
      expect(seenColumns(lookLane(all).times, at, count)).toEqual([...naive].toSorted((a, b) => a - b));
    }),
  );
});

test('denser is higher, any look is seen, and the densest fills the lane', () => {
  expect(lookHeight(0, 10)).toBe(0);
  expect(lookHeight(0.01, 10)).toBeGreaterThan(0.15);
  expect(lookHeight(2, 10)).toBeLessThan(lookHeight(3, 10));
  expect(lookHeight(10, 10)).toBe(1);
});
