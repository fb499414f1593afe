import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backwardRates, driveFor, heldRate, neighbourRate, playbackRates, shuttledRate } from './playback-rate.ts';

const offered = fc.constantFrom<number>(...playbackRates, ...backwardRates);

test('a change of speed keeps the direction and stays among what is offered', () => {
  fc.assert(
    fc.property(offered, fc.constantFrom(1 as const, -1 as const), (rate, change) => {
      const next = neighbourRate(rate, change);
      expect([...playbackRates, ...backwardRates] as number[]).toContain(next);
      expect(Math.sign(next)).toBe(Math.sign(rate));
      expect(Math.sign(Math.abs(next) - Math.abs(rate)) * change).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('faster and then slower comes back, except at the end of the scale', () => {
  for (const rate of [...playbackRates.slice(0, -1), ...backwardRates.slice(0, -1)]) {
    expect(neighbourRate(neighbourRate(rate, 1), -1)).toBe(rate);
  }
});

test('the shuttle starts at normal speed, doubles, stops at sixteen and turns round at once', () => {
  const pressed = [1, 2, 3, 4, 5, 6].reduce<number[]>(
    (rates) => [...rates, shuttledRate({ playing: rates.length > 0, rate: rates.at(-1) ?? 1 }, 1)],
    [],
  );
  expect(pressed).toEqual([1, 2, 4, 8, 16, 16]);
  expect(shuttledRate({ playing: true, rate: 8 }, -1)).toBe(-1);
  expect(shuttledRate({ playing: true, rate: -1 }, -1)).toBe(-2);
  expect(shuttledRate({ playing: false, rate: 8 }, 1)).toBe(1);
});

test('any number becomes a rate that is offered', () => {
  expect([0, Number.NaN, 100, -100, 0.001, -0.001, 3].map(heldRate)).toEqual([1, 1, 16, -16, 0.1, -0.25, 3]);
});

test('video plays up to four, single frames are sought slowly backwards, sheets do the rest', () => {
  expect([0.1, 1, 4, 8, 16, -0.25, -2, -4, -16].map(driveFor)).toEqual([
    'video', 'video', 'video', 'sheets', 'sheets', 'seeks', 'seeks', 'sheets', 'sheets',
  ]); // prettier-ignore
});
