import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openVideo, thumbnail, type FrameImage, type FrameSize, type VideoReader } from '../../src-main/video/index.ts';
import * as videos from '../support/videos.ts';

const size: FrameSize = { width: 64, height: 64, fit: 'letterbox' };
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anom-pi-frames-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function collect(images: AsyncIterable<FrameImage>): Promise<FrameImage[]> {
  const all: FrameImage[] = [];
  for await (const image of images) all.push(image);
  return all;
}
const numbersIn = (images: readonly FrameImage[]) => images.map(videos.numberIn);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Every way of reading gives the frames their numbers say, at the times that the packets say. */
async function expectNumbered(reader: VideoReader, count: number): Promise<void> {
  const { times, keyframe, bytes } = await reader.scanPackets();
  expect(times).toHaveLength(count);
  expect(bytes.every((length) => length > 0)).toBe(true);
  const all = await collect(reader.framesBetween(0, Infinity, size));
  expect(numbersIn(all)).toEqual(upTo(count));
  expect(all.map(({ time }) => time)).toEqual([...times]);
  for (const number of upTo(count).filter((candidate) => candidate % 7 === 3)) {
    // A moment within the frame's time on screen.
    const moment = ((times[number] ?? 0) + (times[number + 1] ?? reader.info.seconds)) / 2;
    expect(numbersIn(await collect(reader.framesAt([moment], size)))).toEqual([number]);
  }
  const keys = upTo(count).filter((number) => keyframe[number] === 1);
  expect(numbersIn(await collect(reader.keyframes(size)))).toEqual(keys);
}

const medium = { gop: 12, preset: 'medium' };
describe('every container and codec gives frame and time exactly', () => {
  test.each<[string, string, videos.VideoOptions]>([
    ['h264 in mp4', 'a.mp4', medium],
    ['h264 in mov', 'a.mov', medium],
    ['h264 in mkv', 'a.mkv', medium],
    ['h264 in flv', 'a.flv', medium],
    ['h264 in a transport stream', 'a.ts', medium],
    ['h264 with B-frames in AVI, which stores no PTS', 'a.avi', medium],
    ['raw h264 without timestamps', 'a.h264', medium],
    ['raw h264 with open GOPs', 'open.h264', { ...medium, encoderOptions: { 'x264-params': 'open-gop=1' } }],
    ['raw hevc', 'a.hevc', { ...medium, codec: 'hevc' }],
    ['hevc with open GOPs', 'b.mkv', { ...medium, codec: 'hevc' }],
    ['av1', 'av1.mp4', { gop: 12, codec: 'av1' }],
    ['mpeg4 with B-frames in AVI', 'm.avi', { gop: 12, codec: 'mpeg4', encoderOptions: { bf: '2' } }],
    ['msmpeg4 in AVI', 'ms.avi', { codec: 'msmpeg4' }],
    ['mjpeg in AVI', 'mj.avi', { codec: 'mjpeg' }],
    ['raw mjpeg', 'a.mjpeg', { codec: 'mjpeg' }],
    ['29.97 frames per second', 'ntsc.mp4', { ...medium, frameRate: 29.97 }],
  ])('%s', async (_, name, options) => {
    await using reader = await openVideo(await videos.makeVideo(join(folder, name), options));
    await expectNumbered(reader, 50);
    expect(reader.info.seconds).toBeCloseTo(50 / (options.frameRate === 29.97 ? 30_000 / 1001 : 25), 3);
    expect(reader.info).toMatchObject({ width: 160, height: 120, rotation: 0 });
  });

  test('variable frame rate: each frame at its own time', async () => {
    await using reader = await openVideo(await videos.variableFrameRate(join(folder, 'vfr.mp4'), { preset: 'medium' }));
    await expectNumbered(reader, videos.irregularTimes.length);
    const { times } = await reader.scanPackets();
    expect([...times]).toEqual(videos.irregularTimes.map((time) => expect.closeTo(time, 4)));
  });

  test('a clock that starts over goes on, and the repair is said', async () => {
    await using reader = await openVideo(
      await videos.backwardTimestamps(join(folder, 'back.ts'), { preset: 'medium' }),
    );
    await expectNumbered(reader, 100);
    const { times } = await reader.scanPackets();
    expect(times[99]).toBeCloseTo(99 / 25, 3);
    expect(reader.info.tags['anom-pi:timestamps']).toBe('1 jump of the clock closed');
  });

  test('intra refresh: keyframes that are none are got round', async () => {
    const options = { ...medium, encoderOptions: { 'x264-params': 'intra-refresh=1' } };
    await using reader = await openVideo(await videos.makeVideo(join(folder, 'refresh.ts'), options));
    for (const number of [3, 26, 40, 49]) {
      expect(numbersIn(await collect(reader.framesAt([number / 25], size)))).toEqual([number]);
    }
  });

  test.each([90, 180, 270] as const)('a picture stored turned by %i degrees comes upright', async (degrees) => {
    const path = await videos.rotated(join(folder, `turned${degrees}.mp4`), degrees, { width: 96, height: 64 });
    await using reader = await openVideo(path);
    expect(reader.info).toMatchObject({ width: 96, height: 64, rotation: degrees });
    const [image] = await collect(reader.framesAt([0.4], { width: 96, height: 96, fit: 'letterbox' }));
    expect(image?.picture).toEqual({ x: 0, y: 16, width: 96, height: 64 });
    expect(image && videos.numberIn(image)).toBe(10);
  });

  test('odd dimensions, one frame, no duration, 8K', async () => {
    await using odd = await openVideo(await videos.oddDimensions(join(folder, 'odd.mp4')));
    expect(odd.info).toMatchObject({ width: 161, height: 97 });
    await expectNumbered(odd, 50);
    await using one = await openVideo(await videos.oneFrame(join(folder, 'one.mp4')));
    expect(one.info.seconds).toBeCloseTo(0.04, 6);
    await expectNumbered(one, 1);
    await using none = await openVideo(await videos.zeroDuration(join(folder, 'none.mp4')));
    expect(none.info.seconds).toBeGreaterThan(0);
    await expectNumbered(none, 10);
    await using large = await openVideo(await videos.eightK(join(folder, 'large.mkv')));
    expect(large.info).toMatchObject({ width: 7680, height: 4320 });
    expect(numbersIn(await collect(large.framesAt([0.06], size)))).toEqual([1]);
  });
});

describe('pictures', () => {
  test('letterbox is centred on black, stretch fills', async () => {
    await using reader = await openVideo(await videos.makeVideo(join(folder, 'wide.mp4'), { width: 192, height: 64 }));
    const [boxed] = await collect(reader.framesAt([0], { width: 96, height: 96, fit: 'letterbox' }));
    expect(boxed?.picture).toEqual({ x: 0, y: 32, width: 96, height: 32 });
    expect(boxed?.rgb).toHaveLength(96 * 96 * 3);
    expect(boxed?.rgb.subarray(0, 32 * 96 * 3).every((value) => value === 0)).toBe(true);
    expect(boxed?.rgb.subarray(64 * 96 * 3).every((value) => value === 0)).toBe(true);
    const [stretched] = await collect(reader.framesAt([0], { width: 96, height: 96, fit: 'stretch' }));
    expect(stretched?.picture).toEqual({ x: 0, y: 0, width: 96, height: 96 });
    expect(Math.max(...(stretched?.rgb.subarray(95 * 96 * 3) ?? []))).toBeGreaterThan(50);
  });

  test.each(['h264', 'mjpeg', 'mpeg4'] as const)(
    '%s: colours come back, full and limited range alike',
    async (codec) => {
      const path = join(folder, `colours-${codec}.mkv`);
      await using reader = await openVideo(await videos.makeVideo(path, { codec, frames: 1, firstNumber: 0b1 }));
      const [image] = await collect(reader.framesAt([0], { width: 160, height: 120, fit: 'stretch' }));
      const colourAt = (x: number, y: number) => [
        ...(image?.rgb.subarray((y * 160 + x) * 3, (y * 160 + x) * 3 + 3) ?? []),
      ];
      const near = (values: number[]) => values.map((value) => expect.closeTo(value, -1));
      expect(colourAt(10, 15)).toEqual(near([235, 235, 235]));
      expect(colourAt(70, 15)).toEqual(near([20, 20, 20]));
      expect(colourAt(80, 100)).toEqual(near([100, 100, 160]));
    },
  );

  test('a thumbnail is a JPEG of the wanted moment', async () => {
    const path = await videos.makeVideo(join(folder, 'thumb.mp4'), { gop: 12 });
    const jpeg = await thumbnail(path, 1, 80);
    expect([...jpeg.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect([...jpeg.subarray(-2)]).toEqual([0xff, 0xd9]);
    expect(jpeg.length).toBeGreaterThan(500);
  });
});

describe('reading', () => {
  test('framesAt takes times in any order, gives each frame once and clamps to the recording', async () => {
    await using reader = await openVideo(await videos.makeVideo(join(folder, 'order.mp4'), medium));
    const images = await collect(reader.framesAt([1.5, 0.1, 0.11, 99, -5, 1.5], size));
    expect(numbersIn(images)).toEqual([0, 2, 37, 49]);
    expect(await collect(reader.framesAt([], size))).toEqual([]);
    await expect(collect(reader.framesAt([Number.NaN], size))).rejects.toMatchObject({ code: 'invalid-argument' });
    const flat = { width: 0, height: 9, fit: 'stretch' } as const;
    await expect(collect(reader.framesAt([0], flat))).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  test('framesBetween and keyframes are half open', async () => {
    await using reader = await openVideo(await videos.makeVideo(join(folder, 'open.mp4'), medium));
    expect(numbersIn(await collect(reader.framesBetween(0.4, 0.6, size)))).toEqual([10, 11, 12, 13, 14]);
    expect(numbersIn(await collect(reader.keyframes(size, { start: 12 / 25, end: 36 / 25 })))).toEqual([12, 24]);
    expect(await collect(reader.framesBetween(9, 10, size))).toEqual([]);
  });

  test('an aborted signal stops a scan and a run of frames; the reader can be used again', async () => {
    await using reader = await openVideo(await videos.makeVideo(join(folder, 'abort.mp4'), { frames: 200 }));
    const controller = new AbortController();
    const seen: number[] = [];
    const read = async () => {
      for await (const image of reader.framesBetween(0, Infinity, size, { signal: controller.signal })) {
        seen.push(videos.numberIn(image));
        if (seen.length === 5) controller.abort();
      }
    };
    await expect(read()).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toEqual(upTo(5));
    await expect(openVideo(join(folder, 'abort.mp4'), { signal: controller.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(numbersIn(await collect(reader.framesAt([4], size)))).toEqual([100]);
  });

  test('leaving a run early frees the reader for the next', async () => {
    await using reader = await openVideo(await videos.makeVideo(join(folder, 'early.mp4'), medium));
    for await (const image of reader.framesBetween(0, Infinity, size)) {
      expect(videos.numberIn(image)).toBe(0);
      break;
    }
    expect(numbersIn(await collect(reader.framesAt([0.8], size)))).toEqual([20]);
  });
});

const footage = ['normal', 'events'].map((name) =>
  fileURLToPath(new URL(`../../../shared/data/${name}/`, import.meta.url)),
);
describe.skipIf(!footage.every((path) => existsSync(path)))(
  'real footage (skipped where ../shared/data is not there)',
  () => {
    const files = footage.flatMap((path) =>
      existsSync(path) ? readdirSync(path).map((name) => [name, join(path, name)] as const) : [],
    );
    test.each(files)('%s: every look gives the frame of the packet index', async (_, path) => {
      await using reader = await openVideo(path);
      const { times } = await reader.scanPackets();
      expect(times.length).toBeGreaterThan(30);
      expect(times[0]).toBe(0);
      expect(reader.info.seconds).toBeGreaterThan(times.at(-1) ?? Infinity);
      expect(reader.info.tags['anom-pi:timestamps']).toBeUndefined();
      const wanted = [0, 0.21, 0.5, 0.77, 0.999].map((part) => Math.floor(part * times.length));
      const images = await collect(
        reader.framesAt(
          wanted.map((index) => times[index] ?? 0),
          size,
        ),
      );
      expect(images.map(({ time }) => time)).toEqual(wanted.map((index) => times[index]));
      const middle = times[wanted[2] ?? 0] ?? 0;
      const [straight] = await collect(reader.framesBetween(middle, middle + 0.001, size));
      expect(Buffer.compare(straight?.rgb ?? new Uint8Array(), images[2]?.rgb ?? new Uint8Array(1))).toBe(0);
    });
  },
);
