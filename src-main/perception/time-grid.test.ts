import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  evenInstants,
  frameTimeAt,
  gridInstant,
  gridInstants,
  gridRate,
  motionLag,
  neighbourTime,
  snapToKeyframes,
} from './time-grid.ts';

const seconds = fc.double({ min: 0, max: 5000, noNaN: true });
const ascending = fc
  .uniqueArray(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 60 })
  .map((ticks) => ticks.toSorted((a, b) => a - b).map((tick) => tick / 90));

describe('the grid', () => {
  test('an instant moves by at most half a step, or into the recording, and stays where it is the second time', () => {
    fc.assert(
      fc.property(seconds, fc.double({ min: 0.01, max: 5000, noNaN: true }), (time, length) => {
        const instant = gridInstant(time, length);
        expect(instant * gridRate).toBe(Math.round(instant * gridRate));
        expect(instant).toBeGreaterThanOrEqual(0);
        expect(instant).toBeLessThan(length);
        expect(gridInstant(instant, length)).toBe(instant);
        const moved = Math.abs(instant - time);
        expect(time >= length - 1 / gridRate || moved <= 0.5 / gridRate).toBe(true);
      }),
    );
  });

  test('instants are ascending, each once', () => {
    expect(gridInstants([3.01, 1, 2.99, 1.01], 10)).toEqual([1, 3]);
    expect(gridInstants([0.0625], 10)).toEqual([0]);
  });

  test('even instants lie in the middles of equal parts', () => {
    expect(evenInstants({ start: 8, end: 16 }, 4)).toEqual([9, 11, 13, 15]);
  });
});

describe('snapToKeyframes', () => {
  test('takes a keyframe within a quarter of the interval and leaves the rest', () => {
    expect(snapToKeyframes([4, 12, 20], 8, [0, 5.5, 9, 17, 18])).toEqual([5.5, 12, 18]);
  });

  test('agrees with trying all keyframes', () => {
    fc.assert(
      fc.property(
        fc.array(seconds, { maxLength: 20 }),
        ascending,
        fc.constantFrom(0.25, 2, 16),
        (times, keys, interval) => {
          const naive = times.map((time) => {
            const best = keys.reduce((a, b) => (Math.abs(b - time) < Math.abs(a - time) ? b : a));
            return Math.abs(best - time) <= interval / 4 ? best : time;
          });
          expect(snapToKeyframes(times, interval, keys)).toEqual([...new Set(naive)].toSorted((a, b) => a - b));
        },
      ),
    );
  });
});

describe('frames at instants', () => {
  test('the frame on screen is the last that is not later, else the first', () => {
    expect([-1, 0, 0.039, 0.04, 9].map((time) => frameTimeAt([0, 0.04, 0.08], time))).toEqual([0, 0, 0, 0.04, 0.08]);
    expect(() => frameTimeAt([], 0)).toThrow('without frames');
  });

  test('the neighbour is a lag later, at the end a lag earlier, and of a single frame there is none', () => {
    const times = Array.from({ length: 100 }, (_, index) => index / 25);
    expect(neighbourTime(times, 1)).toBe(1.2);
    expect(neighbourTime(times, 3.96)).toBe(3.76);
    expect(neighbourTime([0, 1, 2], 1)).toBe(2);
    expect(neighbourTime([0, 1, 2], 2)).toBe(1);
    expect(neighbourTime([0, 5, 5.05], 5)).toBe(5.05);
    expect(neighbourTime([0, 3, 3], 3)).toBe(0);
    expect(neighbourTime([0], 0)).toBeNull();
    expect(neighbourTime([3, 3, 3], 3)).toBeNull();
  });

  test('the rounding of time stamps does not change the lag', () => {
    for (const rate of [10, 15, 25, 30, 50]) {
      const times = Array.from({ length: 20 * rate }, (_, index) => index / rate);
      for (const time of times) expect(Math.abs((neighbourTime(times, time) ?? 0) - time)).toBeCloseTo(motionLag, 5);
    }
  });

  test('the neighbour is another frame, and never further than it must be', () => {
    fc.assert(
      fc.property(ascending, fc.nat(), (times, pick) => {
        fc.pre(times.length > 1);
        const frame = times[pick % times.length] ?? 0;
        const neighbour = neighbourTime(times, frame) ?? Number.NaN;
        expect(times).toContain(neighbour);
        expect(neighbour).not.toBe(frame);
        const [from, to] = [Math.min(frame, neighbour), Math.max(frame, neighbour)];
        const between = times.filter((time) => time > from && time < to);
        const nearer = between.map((time) => Math.abs(time - frame));
        const rounding = 0.002;
        expect(to - from <= motionLag + rounding || nearer.every((gap) => gap < motionLag + rounding)).toBe(true);
      }),
    );
  });
});
