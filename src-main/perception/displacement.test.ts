import { describe, expect, test } from 'vitest';
import { randomFrom } from '../math/random.ts';
import { displacementBlock, displacements } from './displacement.ts';

const width = 96;
const height = 64;

/** A soft texture that can be seen at fractional positions. */
function textureFrom(seed: number) {
  const random = randomFrom(seed);
  const waves = Array.from({ length: 8 }, () => ({
    x: random.between(-0.5, 0.5),
    y: random.between(-0.5, 0.5),
    phase: random.between(0, 6),
  }));
  return (x: number, y: number) =>
    125 + waves.reduce((sum, wave) => sum + 12 * Math.sin(wave.x * x + wave.y * y + wave.phase), 0);
}

interface Thing {
  readonly x: number;
  readonly y: number;
  readonly half: number;
}

/** Ground of one texture; a square thing of another has moved by `dx`, `dy`. */
function scene(seed: number, thing: Thing, dx: number, dy: number) {
  const [ground, skin] = [textureFrom(seed), textureFrom(seed + 1000)];
  const isThing = (x: number, y: number) => Math.max(Math.abs(x - thing.x), Math.abs(y - thing.y)) <= thing.half;
  const data = Float32Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [(at % width) - dx, Math.floor(at / width) - dy];
    return isThing(x, y) ? skin(x, y) : ground(at % width, Math.floor(at / width));
  });
  return { width, height, data };
}

const movingIn = (a: Float32Array, b: Float32Array) => a.map((value, at) => (value === b[at] ? 0 : 1));

/** Mean displacement of the blocks in the middle of the thing. */
function middleOf(found: ReturnType<typeof displacements>, thing: Thing) {
  let [x, y, count] = [0, 0, 0];
  for (let row = 0; row < found.rows; row++) {
    for (let column = 0; column < found.columns; column++) {
      const [left, top] = [(column + 0.5) * displacementBlock, (row + 0.5) * displacementBlock];
      if (Math.max(Math.abs(left - thing.x), Math.abs(top - thing.y)) > thing.half / 2) continue;
      const block = 2 * (row * found.columns + column);
      x += found.values[block] ?? NaN;
      y += found.values[block + 1] ?? NaN;
      count++;
    }
  }
  return { x: x / count, y: y / count };
}

describe('displacements', () => {
  const thing = { x: 48, y: 32, half: 12 };

  test.each([
    [1.25, 0],
    [0, -0.6],
    [-3.4, 2.1],
    [6, 1],
    [-6.5, -2.5],
  ])('a thing that went %f, %f is followed to a third of a pixel or an eighth of the way', (dx, dy) => {
    for (let seed = 0; seed < 5; seed++) {
      const [before, after] = [scene(seed, thing, 0, 0), scene(seed, thing, dx, dy)];
      const found = displacements(before, after, movingIn(before.data, after.data), { x: 0, y: 0 });
      const middle = middleOf(found, thing);
      expect(Math.hypot(middle.x - dx, middle.y - dy)).toBeLessThan(Math.max(0.35, 0.125 * Math.hypot(dx, dy)));
    }
  });

  test('what is not said to move, and what is at the edge, has no displacement', () => {
    const [before, after] = [scene(3, thing, 0, 0), scene(3, thing, 2, 0)];
    const moving = movingIn(before.data, after.data);
    const found = displacements(before, after, moving, { x: 0, y: 0 });
    expect(Number.isNaN(found.values[0])).toBe(true);
    const everywhere = displacements(before, after, moving.fill(1), { x: 0, y: 0 });
    for (const column of [0, 1, found.columns - 1]) {
      expect(Number.isNaN(everywhere.values[2 * (8 * found.columns + column)])).toBe(true);
    }
    expect(Number.isNaN(everywhere.values[2 * (8 * found.columns + 2)])).toBe(false);
  });

  test('pictures without any texture stay where the search begins', () => {
    const flat = { width, height, data: new Float32Array(width * height).fill(90) };
    const found = displacements(flat, flat, new Float32Array(width * height).fill(1), { x: 1.5, y: -0.5 });
    const known = Array.from(found.values).filter((value) => !Number.isNaN(value));
    expect(known.length).toBeGreaterThan(100);
    expect(known.filter((_, index) => index % 2 === 0).every((x) => Math.abs(x - 1.5) < 1e-6)).toBe(true);
  });

  test('pictures of a few pixels are no error', () => {
    for (const [w, h] of [
      [0, 0],
      [1, 5],
      [7, 9],
    ] as const) {
      const image = { width: w, height: h, data: new Float32Array(w * h) };
      const found = displacements(image, image, new Float32Array(w * h).fill(1), { x: 0, y: 0 });
      expect(found.values.every(Number.isNaN)).toBe(true);
    }
  });
});
