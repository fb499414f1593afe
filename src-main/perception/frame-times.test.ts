import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameTimeAt, motionLag, neighbourTime } from './frame-times.ts';

const ascending = fc
  .uniqueArray(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 60 })
  .map((ticks) => ticks.toSorted((a, b) => a - b).map((tick) => tick / 90));

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
