import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../math/random.ts';
import type { LumaImage } from './luma.ts';
import { type MotionObservation, motionColumns, motionRows, observeMotion } from './motion.ts';

const width = 104;
const height = 58;

interface View {
  /** Displacement of the camera's picture, pixels. */
  readonly x?: number;
  readonly y?: number;
  readonly gain?: number;
  readonly offset?: number;
  readonly noise?: number;
  /** A textured thing that moves on its own: its middle, pixels. */
  readonly thing?: { readonly x: number; readonly y: number };
}

/** A still scene of soft and hard edges that can be seen at fractional positions. */
function sceneFrom(seed: number): (view: View) => LumaImage {
  const random = randomFrom(seed);
  const waves = Array.from({ length: 6 }, () => ({
    x: random.between(-0.35, 0.35),
    y: random.between(-0.35, 0.35),
    phase: random.between(0, 6),
    height: random.between(6, 14),
  }));
  const blocks = Array.from({ length: 14 }, () => ({
    x: random.between(-10, width),
    y: random.between(-10, height),
    width: random.between(6, 25),
    height: random.between(6, 20),
    level: random.between(-35, 35),
  }));
  const shade = (x: number, y: number) => {
    let value = 125;
    for (const wave of waves) value += wave.height * Math.sin(wave.x * x + wave.y * y + wave.phase);
    for (const block of blocks) {
      // An edge two pixels wide, as an averaged picture has it.
      const inX = ramp(x - block.x) * ramp(block.x + block.width - x);
      value += block.level * inX * ramp(y - block.y) * ramp(block.y + block.height - y);
    }
    return value;
  };
  return ({ x: dx = 0, y: dy = 0, gain = 1, offset = 0, noise = 0, thing }) => {
    const grain = randomFrom(`${String(seed)}/${JSON.stringify([dx, dy, gain, offset, noise, thing])}`);
    const data = Float32Array.from({ length: width * height }, (_, at) => {
      const [column, row] = [(at % width) - dx, Math.floor(at / width) - dy];
      const inThing = thing !== undefined && Math.abs(column - thing.x) <= 6 && Math.abs(row - thing.y) <= 8;
      const plain = inThing ? thingShade(column - thing.x, row - thing.y) : shade(column, row);
      const value = 125 + offset + gain * (plain - 125) + noise * grain.normal();
      return Math.min(255, Math.max(0, value));
    });
    return { width, height, data };
  };
}

/** Looks like itself nowhere else. */
const thingShade = (x: number, y: number) => 70 + 40 * Math.sin(0.5 * x + 0.07 * y * y) + 4 * y;

const ramp = (distance: number) => Math.min(1, Math.max(0, distance / 2 + 0.5));
const seeds = fc.integer({ min: 0, max: 1000 });
const lag = 0.2;

/** Middle of the energy grid's mass, in pixels. */
function middleOf({ grid }: MotionObservation) {
  let [mass, x, y] = [0, 0, 0];
  for (const [cell, energy] of grid.entries()) {
    mass += energy;
    x += energy * ((((cell % motionColumns) + 0.5) * width) / motionColumns);
    y += energy * (((Math.floor(cell / motionColumns) + 0.5) * height) / motionRows);
  }
  return { x: x / mass, y: y / mass };
}

describe('what does not move', () => {
  test('the same picture twice is all zero', () => {
    const picture = sceneFrom(1)({});
    const motion = observeMotion(picture, picture, lag);
    expect(motion).toEqual({
      lag,
      energy: 0,
      grid: new Float32Array(motionColumns * motionRows),
      velocity: new Float32Array(2 * motionColumns * motionRows),
      speed: new Float32Array(motionColumns * motionRows),
      global: { light: 0, shiftX: 0, shiftY: 0, cut: false },
      flow: { speed: 0, peak: 0, x: 0, y: 0, coherence: 0 },
      erratic: 0,
    });
  });

  test('a picture without a neighbour is all zero', () => {
    const scene = sceneFrom(2);
    expect(observeMotion(scene({}), scene({ thing: { x: 20, y: 20 } }), 0)).toMatchObject({ lag: 0, energy: 0 });
  });

  test('noise of sensor and codec', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0, max: 4, noNaN: true }), (seed, noise) => {
        const scene = sceneFrom(seed);
        const motion = observeMotion(scene({ noise }), scene({ noise, offset: 0.001 }), lag);
        expect(motion.energy).toBeLessThan(0.001);
        expect(motion.global).toMatchObject({ shiftX: 0, shiftY: 0, cut: false });
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test('a change of light, whose size is told', () => {
    const gains = fc.double({ min: 0.7, max: 1.4, noNaN: true });
    const offsets = fc.double({ min: -35, max: 35, noNaN: true });
    fc.assert(
      fc.property(seeds, gains, offsets, (seed, gain, offset) => {
        const scene = sceneFrom(seed);
        const [before, after] = [scene({ noise: 1 }), scene({ noise: 1, gain, offset })];
        const motion = observeMotion(before, after, lag);
        expect(motion.energy).toBeLessThan(0.005);
        expect(motion.global).toMatchObject({ shiftX: 0, shiftY: 0, cut: false });
        const mean = ({ data }: LumaImage) => data.reduce((sum, value) => sum + value, 0) / data.length;
        expect(motion.global.light).toBeCloseTo((mean(after) - mean(before)) / 255, 2);
      }),
      { numRuns: 60, seed: 2 },
    );
  });

  test('a push against the camera, whose direction and size are told', () => {
    const pixels = fc.double({ min: 1, max: 6, noNaN: true });
    const signs = fc.constantFrom(-1, 1);
    fc.assert(
      fc.property(seeds, pixels, signs, pixels, signs, (seed, x, signX, y, signY) => {
        const scene = sceneFrom(seed);
        const view = { x: signX * x, y: signY * y, noise: 1, gain: 1.1 };
        const motion = observeMotion(scene({ noise: 1 }), scene(view), lag);
        expect(Math.abs(motion.global.shiftX * width - view.x)).toBeLessThan(0.6);
        expect(Math.abs(motion.global.shiftY * height - view.y)).toBeLessThan(0.6);
        expect(motion.global.cut).toBe(false);
        expect(motion.energy).toBeLessThan(0.01);
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});

describe('what moves', () => {
  test('a thing on its way is found, and its speed, whatever the light does', () => {
    const step = fc.integer({ min: -5, max: 5 });
    fc.assert(
      fc.property(seeds, step, step, fc.boolean(), (seed, dx, dy, light) => {
        fc.pre(Math.hypot(dx, dy) >= 3);
        const scene = sceneFrom(seed);
        const after = { thing: { x: 40 + dx, y: 28 + dy }, noise: 1, ...(light ? { gain: 1.15, offset: 10 } : {}) };
        const motion = observeMotion(scene({ thing: { x: 40, y: 28 }, noise: 1 }), scene(after), lag);
        expect(motion.global).toMatchObject({ shiftX: 0, shiftY: 0, cut: false });
        expect(motion.energy).toBeGreaterThan(0.005);
        expect(motion.energy).toBeLessThan(0.15);
        const middle = middleOf(motion);
        expect(Math.hypot(middle.x - 40 - dx / 2, middle.y - 28 - dy / 2)).toBeLessThan(6);
        const perSecond = 1 / (height * lag);
        expect(Math.hypot(motion.flow.x - dx * perSecond, motion.flow.y - dy * perSecond)).toBeLessThan(
          0.7 * Math.hypot(dx, dy) * perSecond,
        );
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  test('each cell tells the velocity of what moves in it, and things that go apart do not cancel', () => {
    const scene = sceneFrom(9);
    const motion = observeMotion(scene({ thing: { x: 40, y: 28 } }), scene({ thing: { x: 43, y: 28 } }), lag);
    const expected = 3 / (height * lag);
    const strongest = motion.grid.indexOf(Math.max(...motion.grid));
    expect(Math.abs((motion.velocity[2 * strongest] ?? 0) / expected - 1)).toBeLessThan(0.25);
    expect(Math.abs(motion.velocity[2 * strongest + 1] ?? 0)).toBeLessThan(0.25 * expected);
    for (const [cell, speed] of motion.speed.entries()) {
      const mean = Math.hypot(motion.velocity[2 * cell] ?? 0, motion.velocity[2 * cell + 1] ?? 0);
      expect(speed).toBeGreaterThanOrEqual(mean - 1e-6);
      expect(speed > 0).toBe(speed > 0 && (motion.grid[cell] ?? 0) > 0);
    }
  });

  test('the velocities of cells are those against the ground where the camera was pushed', () => {
    const scene = sceneFrom(12);
    const view = { x: 4, y: 0, thing: { x: 44, y: 28 } };
    const motion = observeMotion(scene({ thing: { x: 40, y: 28 } }), scene(view), lag);
    expect(Math.abs(motion.global.shiftX * width - 4)).toBeLessThan(0.6);
    const strongest = motion.grid.indexOf(Math.max(...motion.grid));
    expect(Math.abs((motion.velocity[2 * strongest] ?? 0) * height * lag - 4)).toBeLessThan(1.5);
  });

  test('what appears out of nothing is erratic, what travels is not', () => {
    const scene = sceneFrom(7);
    const travels = observeMotion(scene({ thing: { x: 40, y: 28 } }), scene({ thing: { x: 44, y: 28 } }), lag);
    const appears = observeMotion(scene({}), scene({ thing: { x: 44, y: 28 } }), lag);
    expect(travels.erratic).toBeLessThan(0.4);
    expect(appears.erratic).toBeGreaterThan(travels.erratic + 0.2);
  });

  test('backwards in time the energy is about the same and the flow is turned round', () => {
    const scene = sceneFrom(11);
    const [before, after] = [scene({ thing: { x: 30, y: 25 } }), scene({ thing: { x: 34, y: 28 } })];
    const forth = observeMotion(before, after, lag);
    const back = observeMotion(after, before, lag);
    expect(Math.abs(back.energy / forth.energy - 1)).toBeLessThan(0.15);
    expect(back.flow.x).toBeCloseTo(-forth.flow.x, 1);
    expect(back.flow.y).toBeCloseTo(-forth.flow.y, 1);
  });
});

describe('another picture', () => {
  test('a cut is a cut and no motion', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const motion = observeMotion(sceneFrom(seed)({ noise: 1 }), sceneFrom(seed + 5000)({ noise: 1 }), lag);
        expect(motion.global.cut).toBe(true);
        expect(motion.energy).toBe(0);
      }),
      { numRuns: 40, seed: 5 },
    );
  });

  test('a covered lens is a cut', () => {
    const covered = { width, height, data: new Float32Array(width * height).fill(8) };
    const motion = observeMotion(sceneFrom(3)({ noise: 1 }), covered, lag);
    expect(motion.global.cut).toBe(true);
    expect(motion.global.light).toBeLessThan(-0.3);
  });

  test('a recording that changes its format', () => {
    const small = { width: 20, height: 10, data: new Float32Array(200).fill(100) };
    expect(observeMotion(sceneFrom(3)({}), small, lag).global.cut).toBe(true);
  });
});

test('pictures of a few pixels are measured without an error', () => {
  const sizes = fc.integer({ min: 0, max: 12 });
  fc.assert(
    fc.property(sizes, sizes, seeds, (w, h, seed) => {
      const random = randomFrom(seed);
      const image = () => ({
        width: w,
        height: h,
        data: Float32Array.from({ length: w * h }, () => random.integer(256)),
      });
      const { energy, grid } = observeMotion(image(), image(), lag);
      expect(energy).toBeGreaterThanOrEqual(0);
      expect(energy).toBeLessThanOrEqual(1);
      expect(grid.every((value) => value >= 0 && value <= 1)).toBe(true);
    }),
    { numRuns: 100, seed: 6 },
  );
});
