import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../math/random.ts';
import { takeOutLocalLight } from './local-light.ts';

const width = 104;
const height = 58;
/** Of one picture, levels; of a difference it is √2 times that. */
const noise = 1;
const seeds = fc.integer({ min: 0, max: 1000 });

type Shade = (x: number, y: number) => number;

const picture = (shade: Shade) =>
  Float32Array.from({ length: width * height }, (_, at) => shade(at % width, Math.floor(at / width)));

/** Slopes and hard-edged walls, the same for the same seed. */
function groundFrom(seed: number): Shade {
  const random = randomFrom(seed);
  const walls = Array.from({ length: 12 }, () => ({
    left: random.between(-10, width),
    top: random.between(-10, height),
    width: random.between(6, 30),
    height: random.between(6, 20),
    level: random.between(-30, 30),
  }));
  return (x, y) =>
    walls.reduce(
      (value, { left, top, width: w, height: h, level }) => {
        const isInside = x >= left && x < left + w && y >= top && y < top + h;
        return isInside ? value + level : value;
      },
      120 + 20 * Math.sin(x / 15),
    );
}

/** Share of pixels that differ by more than eight levels. */
const changed = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, at) => sum + (Math.abs(value - (b[at] ?? 0)) > 8 ? 1 : 0), 0) / a.length;

const pool =
  (x0: number, y0: number, levels: number): Shade =>
  (x, y) =>
    levels * Math.exp(-((x - x0) ** 2 + (y - y0) ** 2) / (2 * 9 ** 2));

function corrected(before: Float32Array, after: Float32Array): Float32Array {
  const predicted = before.slice();
  takeOutLocalLight(predicted, after, width, height, Math.SQRT2 * noise);
  return predicted;
}

describe('a pool of light', () => {
  const place = fc.tuple(fc.double({ min: 10, max: 94, noNaN: true }), fc.double({ min: 10, max: 48, noNaN: true }));

  test('that comes on over a textured ground is taken out', () => {
    fc.assert(
      fc.property(seeds, place, fc.double({ min: 30, max: 80, noNaN: true }), (seed, [x0, y0], levels) => {
        const [ground, light] = [groundFrom(seed), pool(x0, y0, levels)];
        const grain = randomFrom(seed);
        const before = picture((x, y) => ground(x, y) + noise * grain.normal());
        const after = picture((x, y) => ground(x, y) + light(x, y) + noise * grain.normal());
        expect(changed(before, after)).toBeGreaterThan(0.03);
        expect(changed(corrected(before, after), after)).toBeLessThan(0.15 * changed(before, after));
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test('leaves a person that walks through it a difference', () => {
    const [ground, light] = [groundFrom(5), pool(50, 30, 60)];
    const isPerson = (x: number, y: number, x0: number) => Math.abs(x - x0) <= 2 && Math.abs(y - 32) <= 6;
    const before = picture((x, y) => (isPerson(x, y, 46) ? 30 : ground(x, y)));
    const after = picture((x, y) => (isPerson(x, y, 52) ? 30 : ground(x, y)) + light(x, y));
    const left = corrected(before, after);
    const personPixels = (2 * 5 * 13) / (width * height);
    expect(changed(before, after)).toBeGreaterThan(4 * personPixels);
    expect(changed(left, after)).toBeGreaterThan(0.6 * personPixels);
    expect(changed(left, after)).toBeLessThan(1.8 * personPixels);
  });
});

describe('what is no light stays as it is', () => {
  test.each([
    ['a person', 5, 13],
    ['a car', 20, 12],
    ['a lorry', 44, 30],
  ])('%s of one colour that comes before a textured ground', (_, w, h) => {
    const ground = groundFrom(9);
    const before = picture(ground);
    const after = picture((x, y) => (x >= 30 && x < 30 + w && y >= 12 && y < 12 + h ? 40 : ground(x, y)));
    expect(corrected(before, after)).toEqual(before);
  });

  test('noise', () => {
    const [ground, grain] = [groundFrom(2), randomFrom(2)];
    const before = picture((x, y) => ground(x, y) + noise * grain.normal());
    const after = picture((x, y) => ground(x, y) + noise * grain.normal());
    expect(corrected(before, after)).toEqual(before);
  });

  test('ground that the earlier picture does not show', () => {
    const ground = groundFrom(3);
    const before = picture((x, y) => (x < 12 ? NaN : ground(x, y)));
    expect(corrected(before, picture(ground))).toEqual(before);
  });
});

test('pictures of a few pixels are left alone without an error', () => {
  for (const [w, h] of [
    [0, 0],
    [1, 9],
    [5, 5],
    [7, 7],
  ] as const) {
    const before = new Float32Array(w * h).fill(10);
    const predicted = before.slice();
    takeOutLocalLight(predicted, new Float32Array(w * h).fill(90), w, h, 0);
    expect(predicted).toEqual(before);
  }
});
