import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Footage } from '../../src-main/contract/footage.ts';
import { dayActivity, daySpans, gapsIn, spanAt } from './day-footage.ts';

const footage = (recording: string, second: number, activity: readonly number[]): Footage => ({
  ...{ recording, path: `/${recording}`, utcMs: second * 1000, seconds: activity.length, scanned: true },
  activity: [...activity],
  flags: [{ id: `${recording}-flag`, start: 1, end: 2, class: 'fall', score: 0.5, state: 'open' }],
});
const day = [footage('a', 100, [0.1, 0.2]), footage('b', 110, [0.4, 0.1])];

test('recordings of a day stand where they were on the wall, seen from the open one', () => {
  const spans = daySpans(day, 110_000);
  expect(spans.map(({ recording, start, end }) => [recording, start, end])).toEqual([
    ['a', -10, -8],
    ['b', 0, 2],
  ]);
  expect(spans[0]?.flags[0]).toMatchObject({ recording: 'a', start: -9, end: -8 });
  expect(spanAt(spans, -9)?.recording).toBe('a');
  expect(spanAt(spans, -5)).toBeUndefined();
  expect(spanAt(spans, 2)).toBeUndefined();
});

test('activity of a day is one curve, broken at gaps and measured against its busiest second', () => {
  const { x, y } = dayActivity(day, 110_000);
  expect([...x]).toEqual([-9.5, -8.5, -8, 0.5, 1.5]);
  expect([...y].map((level) => (Number.isNaN(level) ? null : Number(level.toFixed(3))))).toEqual([
    0.25,
    0.5,
    null,
    1,
    0.25,
  ]);
  expect(dayActivity([], 0).x).toHaveLength(0);
});

test('overlapping recordings keep the curve ascending', () => {
  const start = fc.integer({ min: 0, max: 60 });
  const levels = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });
  fc.assert(
    fc.property(fc.array(fc.tuple(start, levels), { maxLength: 6 }), (given) => {
      const sorted = given
        .toSorted(([a], [b]) => a - b)
        .map(([second, activity], index) => footage(String(index), second, activity));
      const { x } = dayActivity(sorted, 0);
      for (let at = 1; at < x.length; at++) expect(x[at]).toBeGreaterThan(x[at - 1] as number);
    }),
  );
});

test('gaps and footage make up the view', () => {
  expect(gapsIn(daySpans(day, 110_000), { start: -20, end: 10 })).toEqual([
    { start: -20, end: -10 },
    { start: -8, end: 0 },
    { start: 2, end: 10 },
  ]);
  expect(gapsIn(daySpans(day, 110_000), { start: 0.5, end: 1 })).toEqual([]);
  expect(gapsIn([], { start: 0, end: 1 })).toEqual([{ start: 0, end: 1 }]);
});
