import { describe, expect, test } from 'vitest';
import { AppError } from '../contract/errors.ts';
import { randomFrom } from '../math/random.ts';
import type { FrameImage, FrameSize, VideoReader } from '../video/index.ts';
import { decodeFrames, encodeFrames } from './frame-codec.ts';
import type { FrameObservation } from './frame-observation.ts';
import { analysisSize, type FrameNets, observeFrames } from './watch.ts';

/** A video of a bright square that moves to the right, 10 frames a second, read from memory. */
class SquareVideo implements VideoReader {
  readonly info = {
    container: 'memory',
    codec: 'none',
    width: 640,
    height: 360,
    rotation: 0,
    seconds: 10,
    frameRate: 10,
    createdAt: null,
    tags: {},
  } as const;
  readonly decoded: number[] = [];
  scans = 0;
  readonly #lost: ReadonlySet<number>;

  constructor(lost: readonly number[] = []) {
    this.#lost = new Set(lost);
  }

  scanPackets() {
    this.scans++;
    const times = Float64Array.from({ length: 100 }, (_, index) => index / 10);
    return Promise.resolve({
      times,
      bytes: new Uint32Array(100),
      keyframe: times.map((_, at) => (at % 20 === 0 ? 1 : 0)) as unknown as Uint8Array,
    });
  }

  async *framesAt(times: readonly number[], size: FrameSize, { signal }: { signal?: AbortSignal } = {}) {
    const there = Array.from({ length: 100 }, (_, index) => index / 10).filter((time) => !this.#lost.has(time));
    const shown = times.map((time) => there.findLast((frame) => frame <= time) ?? there[0] ?? 0);
    for (const time of [...new Set(shown)].toSorted((a, b) => a - b)) {
      if (signal?.aborted === true) throw new AppError('cancelled', 'Cancelled.');
      this.decoded.push(time);
      yield await Promise.resolve(picture(time, size));
    }
  }

  framesBetween(): never {
    throw new Error('not used');
  }

  keyframes(): never {
    throw new Error('not used');
  }

  [Symbol.asyncDispose]() {
    return Promise.resolve();
  }
}

function picture(time: number, { width, height }: FrameSize): FrameImage {
  const random = randomFrom('ground');
  const ground = Float32Array.from({ length: 26 * 16 }, () => 60 + random.integer(60));
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const inside = Math.abs(x - 60 - time * 30) < 20 && Math.abs(y - height / 2) < 30;
    rgb.fill(inside ? 230 : (ground[(y >> 4) * 26 + (x >> 4)] ?? 0), at * 3, at * 3 + 3);
  }
  return { time, width, height, rgb, picture: { x: 0, y: 11, width, height: 234 } };
}

/** Nets that say which frame they saw, and how many they had at once. */
class Witness implements FrameNets {
  readonly saw: number[] = [];
  atOnce = 0;
  mostAtOnce = 0;
  readonly #failsAt: number | null;

  constructor(failsAt: number | null = null) {
    this.#failsAt = failsAt;
  }

  async detect(image: FrameImage) {
    this.atOnce++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    await new Promise((resolve) => setImmediate(resolve));
    this.atOnce--;
    if (image.time === this.#failsAt) throw new AppError('internal', 'The net failed.');
    this.saw.push(image.time);
    return { objects: [{ class: 0, score: image.time / 10, box: { x: 0, y: 0, width: 1, height: 1 } }], persons: [] };
  }
}

const watch = (
  reader: VideoReader,
  times: readonly number[],
  more: Partial<Parameters<typeof observeFrames>[0]> = {},
) => observeFrames({ reader, nets: null, cache: new Map<number, FrameObservation>(), times, ...more });

describe('observeFrames', () => {
  test('gives the frames on screen, ascending and once, with their motion and what the nets saw', async () => {
    const nets = new Witness();
    const frames = await watch(new SquareVideo(), [3.04, 1.02, 1.09, 3.0], { nets });
    expect(frames.map(({ time }) => time)).toEqual([1, 3]);
    expect(frames.map(({ objects }) => objects?.[0]?.score)).toEqual([0.1, 0.3]);
    for (const { motion, aspect } of frames) {
      expect(aspect).toBeCloseTo(16 / 9);
      expect(motion.lag).toBeCloseTo(0.2);
      expect(motion.energy).toBeGreaterThan(0.001);
      expect(motion.flow.x).toBeGreaterThan(0);
    }
  });

  test('decodes a frame and its neighbour, once and forwards, and runs the nets on the frame alone', async () => {
    const reader = new SquareVideo();
    const nets = new Witness();
    await watch(reader, [1, 1.2, 5], { nets });
    expect(reader.decoded).toEqual([1, 1.2, 1.4, 5, 5.2]);
    expect(nets.saw).toEqual([1, 1.2, 5]);
  });

  test('what is cached is not decoded again and equals what was made, also from a file', async () => {
    const reader = new SquareVideo();
    const cache = new Map<number, FrameObservation>();
    const made: FrameObservation[] = [];
    const first = await watch(reader, [1, 2], { cache, onMade: (frame) => made.push(frame) });
    expect(made).toEqual(first);
    const reloaded = new Map(decodeFrames(encodeFrames(made)).map((frame) => [frame.time, frame]));
    reader.decoded.length = 0;
    const again = await watch(reader, [1, 2, 3], { cache: reloaded, onMade: (frame) => made.push(frame) });
    expect(reader.decoded).toEqual([3, 3.2]);
    expect(again.slice(0, 2)).toEqual(first);
    expect(made.map(({ time }) => time)).toEqual([1, 2, 3]);
  });

  test('does not read the packets where frame times are known, nor anything where nothing is asked', async () => {
    const reader = new SquareVideo();
    await watch(reader, [1], { frameTimes: Array.from({ length: 100 }, (_, index) => index / 10) });
    expect(reader.scans).toBe(0);
    expect(await watch(reader, [])).toEqual([]);
    expect(reader.scans).toBe(0);
  });

  test('opens neither the recording nor the nets where all frames are cached, and both where one is not', async () => {
    const cache = new Map<number, FrameObservation>();
    const frameTimes = Array.from({ length: 100 }, (_, index) => index / 10);
    let openings = 0;
    const look = (times: readonly number[]) =>
      observeFrames({
        ...{ cache, times, frameTimes },
        reader: () => Promise.resolve(new SquareVideo()).finally(() => openings++),
        nets: () => Promise.resolve(new Witness()).finally(() => openings++),
      });
    const first = await look([1, 2]);
    expect(openings).toBe(2);
    expect(await look([2, 1])).toEqual(first);
    expect(openings).toBe(2);
    await look([1, 3]);
    expect(openings).toBe(4);
  });

  test('the same frames come out whichever were asked for before', async () => {
    const cache = new Map<number, FrameObservation>();
    const reader = new SquareVideo();
    await watch(reader, [2.5], { cache });
    await watch(reader, [2.3, 2.7], { cache });
    const fresh = await watch(new SquareVideo(), [2.3, 2.5, 2.7]);
    expect([2.3, 2.5, 2.7].map((time) => cache.get(time))).toEqual(fresh);
  });

  test('the last frame is measured against the one before it', async () => {
    const [last] = await watch(new SquareVideo(), [9.95]);
    expect(last?.time).toBe(9.9);
    expect(last?.motion.lag).toBeCloseTo(0.2);
    expect(last?.motion.flow.x).toBeGreaterThan(0);
  });

  test('a damaged recording shows the frame before the one that was lost', async () => {
    const frames = await watch(new SquareVideo([2, 2.1, 2.2]), [2, 4]);
    expect(frames.map(({ time }) => time)).toEqual([1.9, 4]);
  });

  test('at most two frames are in the nets at once', async () => {
    const nets = new Witness();
    await watch(
      new SquareVideo(),
      Array.from({ length: 40 }, (_, index) => index / 10),
      { nets },
    );
    expect(nets.mostAtOnce).toBe(2);
    expect(nets.saw).toHaveLength(40);
  });

  test('a failing net ends the look, after the nets are idle; what was made before is kept', async () => {
    const nets = new Witness(2);
    const cache = new Map<number, FrameObservation>();
    await expect(watch(new SquareVideo(), [1, 1.5, 2, 6, 7, 8], { nets, cache })).rejects.toThrow('The net failed.');
    expect(nets.atOnce).toBe(0);
    expect([...cache.keys()]).toEqual(expect.arrayContaining([1, 1.5]));
    expect(cache.has(2)).toBe(false);
  });

  test('can be cancelled', async () => {
    const abort = new AbortController();
    const reader = new SquareVideo();
    const stop = () => abort.abort();
    const look = watch(reader, [1, 2, 3, 4], { signal: abort.signal, onMade: stop });
    await expect(look).rejects.toMatchObject({ code: 'cancelled' });
    expect(reader.decoded).not.toContain(4);
  });
});

test.each([
  [1920, 1080, 416, 256],
  [640, 480, 416, 320],
  [360, 640, 256, 416],
  [500, 500, 416, 416],
  [5000, 20, 416, 32],
])('a picture of %d × %d is analysed at %d × %d', (width, height, analysedWidth, analysedHeight) => {
  expect(analysisSize({ width, height })).toEqual({ width: analysedWidth, height: analysedHeight, fit: 'letterbox' });
});
