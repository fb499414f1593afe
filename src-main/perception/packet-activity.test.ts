import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../math/random.ts';
import type { PacketIndex } from '../video/index.ts';
import { packetActivity } from './packet-activity.ts';

const frameRate = 10;
const groupSeconds = 2;

interface Scene {
  readonly seconds: number;
  readonly seed: number;
  /** How many times the usual bytes an inter frame of this second takes. */
  readonly load?: (second: number) => number;
  readonly keyBytes?: number;
  readonly interBytes?: number;
  /** A constant bit rate: each group's bytes are scaled to the same sum. */
  readonly constantRate?: boolean;
  readonly intra?: boolean;
}

/** Packets of an encoder on a scene: lognormal noise on every size, a keyframe every two seconds, B-frames half of P. */
function packets(scene: Scene): PacketIndex {
  const { seconds, seed, load = () => 1, keyBytes = 40_000, interBytes = 2000, constantRate, intra } = scene;
  const random = randomFrom(seed);
  const count = seconds * frameRate;
  const group = groupSeconds * frameRate;
  const keyframe = Uint8Array.from({ length: count }, (_, at) => (intra === true || at % group === 0 ? 1 : 0));
  const sizes = Float64Array.from({ length: count }, (_, at) => {
    const noise = Math.exp(0.08 * random.normal());
    const second = Math.floor(at / frameRate);
    if (intra === true) return keyBytes * Math.exp(0.003 * random.normal() * load(second));
    if (keyframe[at] === 1) return keyBytes * noise;
    return (at % 2 === 0 ? 1 : 0.5) * interBytes * load(second) * noise;
  });
  if (constantRate === true) {
    for (let at = 0; at < count; at += group) {
      const part = sizes.subarray(at, at + group);
      const scale = 80_000 / part.reduce((sum, size) => sum + size, 0);
      part.forEach((size, index) => (part[index] = size * scale));
    }
  }
  return {
    times: Float64Array.from({ length: count }, (_, at) => at / frameRate),
    bytes: Uint32Array.from(sizes, Math.round),
    keyframe,
  };
}

const incident = (from: number, to: number, load: number) => (second: number) =>
  second >= from && second < to ? load : 1;
const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const seeds = fc.integer({ min: 0, max: 10_000 });

describe('packetActivity', () => {
  test('a still scene is quiet throughout, whatever the encoder spends on it', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 200, max: 1500 }), (seed, interBytes) => {
        const activity = packetActivity(packets({ seconds: 200, seed, interBytes }), 200);
        expect(activity).toHaveLength(200);
        expect(mean(activity)).toBeLessThan(0.35);
        expect(Math.max(...activity) - Math.min(...activity)).toBeLessThan(0.45);
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  test.each([
    ['a constant quality', {}],
    ['a constant bit rate', { constantRate: true }],
    ['keyframes alone', { intra: true }],
  ])('ten busy seconds stand out at %s', (_, how) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const activity = packetActivity(packets({ seconds: 120, seed, load: incident(60, 70, 6), ...how }), 120);
        const inside = mean(activity.subarray(60, 70));
        expect(inside).toBeGreaterThan(mean(activity.subarray(0, 58)) + 0.25);
        expect(inside).toBeGreaterThan(mean(activity.subarray(74)) + 0.25);
      }),
      { numRuns: 20, seed: 2 },
    );
  });

  test('seconds more than the baseline away change nothing', () => {
    const near = packets({ seconds: 400, seed: 5, load: incident(200, 210, 8) });
    const padded = packets({ seconds: 1400, seed: 5, load: incident(200, 210, 8) });
    const [short, long] = [packetActivity(near, 400), packetActivity(padded, 1400)];
    expect(long.subarray(0, 309)).toEqual(short.subarray(0, 309));
  });

  test('padding a short recording with normal footage changes the incident little', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const alone = packetActivity(packets({ seconds: 40, seed, load: incident(20, 30, 6) }), 40);
        const padded = packetActivity(packets({ seconds: 640, seed, load: incident(20, 30, 6) }), 640);
        for (let second = 0; second < 40; second++)
          expect(Math.abs((padded[second] ?? 0) - (alone[second] ?? 0))).toBeLessThan(0.25);
      }),
      { numRuns: 20, seed: 3 },
    );
  });

  test('a keyframe is no activity', () => {
    const sizes = packets({ seconds: 60, seed: 3, keyBytes: 400_000 });
    const activity = packetActivity(sizes, 60);
    const [withKeyframe, without] = [
      activity.filter((_, at) => at % 2 === 0),
      activity.filter((_, at) => at % 2 === 1),
    ];
    expect(Math.abs(mean(withKeyframe) - mean(without))).toBeLessThan(0.1);
  });

  test('takes gaps, seconds beyond the packets, and nothing at all', () => {
    const index = packets({ seconds: 20, seed: 1 });
    const gap = { ...index, times: index.times.map((time) => (time > 10 ? time + 50 : time)) };
    const activity = packetActivity(gap, 90);
    expect(activity).toHaveLength(90);
    expect(activity.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(activity.subarray(11, 60).every((value) => value === 0)).toBe(true);
    expect(
      packetActivity({ times: new Float64Array(), bytes: new Uint32Array(), keyframe: new Uint8Array() }, 0),
    ).toEqual(new Float32Array());
    expect(
      packetActivity({ times: new Float64Array(1), bytes: new Uint32Array(1), keyframe: new Uint8Array([1]) }, 0.04),
    ).toHaveLength(1);
  });
});
