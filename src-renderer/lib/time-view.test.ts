import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  heldView,
  movedView,
  shortestView,
  timeFromX,
  viewAround,
  viewFollowing,
  wholeView,
  xFromTime,
  zoomedView,
} from './time-view.ts';

const seconds = fc.double({ min: 0.01, max: 100_000, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const someView = fc.record({ seconds, a: share, b: share }).map(({ seconds: length, a, b }) => ({
  length,
  view: heldView({ start: Math.min(a, b) * length, end: Math.max(a, b) * length }, length),
}));

/** Whether a view lies in a recording of `length` seconds and is as long as can be seen, or as there is. */
const isSound = ({ start, end }: { start: number; end: number }, length: number) =>
  start >= 0 && end <= length + 1e-6 && end - start >= Math.min(length, shortestView) - 1e-6;

test('whatever is done to a view, it stays inside the recording and keeps a length', () => {
  const factor = fc.double({ min: 0.001, max: 1000, noNaN: true });
  fc.assert(
    fc.property(
      someView,
      factor,
      share,
      fc.double({ min: -2, max: 2, noNaN: true }),
      ({ view, length }, by, at, move) => {
        const anchor = view.start + at * (view.end - view.start);
        expect(isSound(zoomedView(view, anchor, by, length), length)).toBe(true);
        expect(isSound(movedView(view, move * length, length), length)).toBe(true);
        expect(isSound(viewAround({ start: anchor, end: anchor }, length), length)).toBe(true);
        expect(isSound(viewFollowing(view, anchor + move * length, 1, length), length)).toBe(true);
      },
    ),
  );
});

test('zooming in keeps what is under the pointer under the pointer', () => {
  fc.assert(
    fc.property(someView, share, fc.double({ min: 1, max: 8, noNaN: true }), ({ view, length }, at, factor) => {
      const anchor = view.start + at * (view.end - view.start);
      const zoomed = zoomedView(view, anchor, factor, length);
      expect(xFromTime(zoomed, 1000, anchor)).toBeCloseTo(xFromTime(view, 1000, anchor), 3);
    }),
  );
});

test('positions and times turn into each other', () => {
  fc.assert(
    fc.property(someView, share, ({ view }, at) => {
      expect(timeFromX(view, 777, at * 777)).toBeCloseTo(view.start + at * (view.end - view.start), 6);
      expect(xFromTime(view, 777, timeFromX(view, 777, at * 777))).toBeCloseTo(at * 777, 3);
    }),
  );
});

test('a timeline turns its page where the playhead leaves it, in the direction in which it plays', () => {
  expect(viewFollowing({ start: 10, end: 20 }, 15, 1, 100)).toEqual({ start: 10, end: 20 });
  expect(viewFollowing({ start: 10, end: 20 }, 20.5, 1, 100)).toEqual({ start: 19.5, end: 29.5 });
  expect(viewFollowing({ start: 10, end: 20 }, 9.5, -1, 100)).toEqual({ start: 0.5, end: 10.5 });
});

test('a recording of a single frame has a view', () => {
  expect(wholeView(0)).toEqual({ start: 0, end: shortestView });
});
