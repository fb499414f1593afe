import fc from 'fast-check';
import { expect, test } from 'vitest';
import { followStep } from './moment-sync.ts';

test('a picture that stands goes to the very frame; one that is in step is left alone', () => {
  expect(followStep(5, 5.04, 1, false)).toEqual({ kind: 'seek' });
  expect(followStep(5, 5, 1, false)).toEqual({ kind: 'stay' });
  expect(followStep(5, 5.04, 1, true)).toEqual({ kind: 'stay' });
});

test('a little off is caught up with, far off is jumped to', () => {
  expect(followStep(5, 5.1, 1, true)).toEqual({ kind: 'trim', factor: expect.closeTo(1.1, 9) });
  expect(followStep(5, 4.9, 1, true)).toMatchObject({ kind: 'trim' });
  expect(followStep(5, 7, 1, true)).toEqual({ kind: 'seek' });
  expect(followStep(5, 5.5, -1, true)).toEqual({ kind: 'seek' });
});

test('whatever a follower is off by, it comes into step and stays there', () => {
  const off = fc.double({ min: -30, max: 30, noNaN: true });
  const rate = fc.constantFrom(0.25, 0.5, 1, 2, 4);
  fc.assert(
    fc.property(off, rate, (start, pace) => {
      let [leader, follower] = [100, 100 + start];
      // Sixty seconds of a tenth each.
      for (let tick = 0; tick < 600; tick++) {
        const step = followStep(follower, leader, pace, true);
        if (step.kind === 'seek') follower = leader;
        follower += 0.1 * pace * (step.kind === 'trim' ? step.factor : 1);
        leader += 0.1 * pace;
      }
      expect(Math.abs(leader - follower)).toBeLessThan(0.07 * Math.max(1, pace));
    }),
  );
});
