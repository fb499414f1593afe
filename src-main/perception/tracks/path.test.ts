import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { median, speedChangesAlong, type Step, velocitiesAlong } from './path.ts';

const stepsAt = (times: readonly number[], place: (time: number) => readonly [number, number]): Step[] =>
  times.map((time) => {
    const [x, y] = place(time);
    return { time, x, y, size: 0.5, box: { x, y, width: 0.1, height: 0.1 }, joined: true };
  });
const every = (seconds: number, count: number) => Array.from({ length: count }, (_, index) => index * seconds);
const eighths = every(0.125, 17);

describe('velocity', () => {
  test('is in sizes per second, whatever the spacing', () => {
    for (const spacing of [0.125, 0.2, 0.5, 1]) {
      const found = velocitiesAlong(
        stepsAt(every(spacing, 9), (time) => [0.4 * time, -0.3 * time]),
        0,
      );
      expect(found.length).toBeGreaterThan(0);
      for (const { x, y, speed } of found) {
        expect([x, y, speed].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([0.8, -0.6, 1]);
      }
    }
  });

  test('is taken over half a second, with the frames in it', () => {
    const [first] = velocitiesAlong(
      stepsAt(eighths, (time) => [time, 0]),
      0,
    );
    expect(first?.times).toEqual([0, 0.125, 0.25, 0.375, 0.5]);
    expect(
      velocitiesAlong(
        stepsAt(every(0.125, 4), (time) => [time, 0]),
        0,
      ),
    ).toEqual([]);
  });

  test('does not follow one misplaced box', () => {
    const misplaced = stepsAt(eighths, (time) => [0.4 * time + (time === 1 ? 0.5 : 0), 0]);
    for (const { x } of velocitiesAlong(misplaced, 0).filter(({ times }) => times[0] !== 1 && times.at(-1) !== 1)) {
      expect(x).toBeCloseTo(0.8, 9);
    }
  });

  test('less than the jitter of boxes is none', () => {
    const jitter = fc.array(fc.double({ min: -0.01, max: 0.01, noNaN: true }), { minLength: 17, maxLength: 17 });
    fc.assert(
      fc.property(jitter, (by) => {
        const found = velocitiesAlong(
          stepsAt(eighths, (time) => [0.3 + (by[time * 8] ?? 0), 0.3]),
          0.08,
        );
        for (const { speed } of found) expect(speed).toBe(0);
      }),
    );
  });

  test('is not taken over what is not known to be one way, nor over a gap', () => {
    const jump = stepsAt(eighths, (time) => [time < 1 ? 0 : 5, 0]).map((step) => ({
      ...step,
      joined: step.time !== 1,
    }));
    expect(velocitiesAlong(jump, 0).every(({ speed }) => speed === 0)).toBe(true);
    const gap = stepsAt([0, 0.5, 1, 2.2, 2.7], (time) => [time < 2 ? 0 : 5, 0]);
    expect(velocitiesAlong(gap, 0).every(({ speed }) => speed === 0)).toBe(true);
  });
});

describe('change of speed', () => {
  const most = (steps: readonly Step[]) => {
    const changes = speedChangesAlong(steps, 0);
    return {
      lost: Math.max(...changes.map(({ lost }) => lost)),
      gained: Math.max(...changes.map(({ gained }) => gained)),
    };
  };

  test('a stop loses the speed, a start gains it', () => {
    const stop = most(stepsAt(eighths, (time) => [0.5 * Math.min(time, 1), 0]));
    expect(stop.lost).toBeCloseTo(1, 9);
    expect(stop.gained).toBeCloseTo(0, 9);
    const start = most(stepsAt(eighths, (time) => [0.5 * Math.max(time, 1), 0]));
    expect(start.gained).toBeCloseTo(1, 9);
    expect(start.lost).toBeCloseTo(0, 9);
  });

  test('going on steadily is none, and one misplaced box is little', () => {
    expect(most(stepsAt(eighths, (time) => [0.5 * time, 0]))).toEqual({
      lost: expect.closeTo(0, 9),
      gained: expect.closeTo(0, 9),
    });
    // As far off as half a second of its speed.
    const misplaced = most(stepsAt(eighths, (time) => [time === 1 ? 0.25 : 0, 0]));
    expect(misplaced.lost).toBeLessThan(0.6);
    expect(misplaced.gained).toBeLessThan(0.6);
  });

  test('is not measured between frames far apart', () => {
    expect(
      speedChangesAlong(
        stepsAt(every(0.5, 9), (time) => [Math.min(time, 2), 0]),
        0,
      ),
    ).toEqual([]);
  });
});

test('median', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
});
