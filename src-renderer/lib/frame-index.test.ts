import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameAt, middleOfFrame, presentedFrame, steppedFrame } from './frame-index.ts';

/** Ascending, with the irregular spacing and the equal times of real recorders. */
const times = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 }).map((gaps) =>
  Float64Array.from(
    gaps.map(
      (
        (sum) => (gap: number) =>
          (sum += gap) / 1000
      )(0),
    ),
  ),
);
const instant = fc.double({ min: -1, max: 30, noNaN: true });

test('the frame at an instant is the last that is not later, as counted one by one', () => {
  fc.assert(
    fc.property(times, instant, (all, time) => {
      const naive = Math.max(0, all.filter((each) => each <= time).length - 1);
      expect(frameAt(all, time)).toBe(naive);
    }),
  );
});

test('the middle of a frame shows that frame, or one of the same time', () => {
  fc.assert(
    fc.property(times, fc.nat(), (all, pick) => {
      const index = pick % all.length;
      const seconds = (all.at(-1) as number) + 0.04;
      expect(all[frameAt(all, middleOfFrame(all, index, seconds))]).toBe(all[index]);
    }),
  );
});

test('a time stamp that was rounded by less than a millisecond still names its frame', () => {
  const all = Float64Array.from({ length: 100 }, (_, index) => index / 25);
  for (const [index, time] of all.entries()) {
    expect(presentedFrame(all, time - 0.0009)).toBe(index);
    expect(presentedFrame(all, time + 0.0009)).toBe(index);
  }
});

test('a segment that begins within a frame shows that frame, however near the next one is', () => {
  expect(presentedFrame([3.9, 4.01, 4.1], 4)).toBe(0);
});

test('steps stop at the first and the last frame', () => {
  const all = [0, 1, 2, 3];
  expect(steppedFrame(all, 1, -5)).toBe(0);
  expect(steppedFrame(all, 1, 1)).toBe(2);
  expect(steppedFrame(all, 1, 99)).toBe(3);
});

test('a recording without frames has no frame at any time', () => {
  expect(frameAt([], 3)).toBe(-1);
  expect(presentedFrame([], 3)).toBe(-1);
});
