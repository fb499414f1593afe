import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../math/random.ts';
import { estimateGlobalChange } from './global-change.ts';
import type { LumaImage } from './luma.ts';
import { observeMotion } from './motion.ts';

const width = 104;
const height = 58;

/** Blocks from black to beyond white: what the camera makes of them is clipped to [0, 255]. */
function exposed(seed: number, gain: number, offset: number): LumaImage {
  const random = randomFrom(seed);
  const levels = Array.from({ length: 13 * 8 }, () => random.between(10, 330));
  const data = Float32Array.from({ length: width * height }, (_, at) => {
    const level = levels[Math.floor((at % width) / 8) + 13 * Math.floor(at / width / 8)] ?? 0;
    return Math.min(255, Math.max(0, offset + gain * level));
  });
  return { width, height, data };
}

describe('a change of exposure', () => {
  const exposure = fc.tuple(
    fc.double({ min: 0.7, max: 1.2, noNaN: true }),
    fc.double({ min: -15, max: 15, noNaN: true }),
  );

  test('moves nothing where the picture was or is clipped', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1000 }),
        exposure,
        exposure,
        (seed, [gain, offset], [nextGain, nextOffset]) => {
          const [before, after] = [exposed(seed, gain, offset), exposed(seed, nextGain, nextOffset)];
          const { predicted } = estimateGlobalChange(before, after);
          const surprising = predicted.filter((value, at) => Math.abs(value - (after.data[at] ?? 0)) > 8);
          expect(surprising.length).toBeLessThan(0.02 * predicted.length);
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });
});

test.each([
  ['black', 3],
  ['white', 254],
])('a picture after nothing but %s is another one', (_, level) => {
  const blank = { width, height, data: new Float32Array(width * height).fill(level) };
  expect(observeMotion(blank, exposed(7, 0.7, 10), 0.2).global.cut).toBe(true);
});
