/** Segments for the player hold exactly the frames of the recording, each at its own time, whatever it is encoded as. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Footage, openFootage, openVideo } from '../../src-main/video/index.ts';
import { PacketSource } from '../../src-main/video/source.ts';
import * as videos from '../support/videos.ts';

const size = { width: 64, height: 64, fit: 'letterbox' } as const;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anom-pi-segments-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface SegmentFrames {
  readonly numbers: number[];
  readonly times: number[];
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  /** Mean of all samples of the first picture. */
  readonly brightness: number;
}

/** What a player sees in a segment. */
async function framesOf(segment: Uint8Array): Promise<SegmentFrames> {
  const path = join(folder, 'segment.mp4');
  await writeFile(path, segment);
  await using reader = await openVideo(path);
  const numbers: number[] = [];
  const times: number[] = [];
  let brightness = Number.NaN;
  for await (const image of reader.framesBetween(0, Infinity, size)) {
    if (times.length === 0) {
      const samples = image.rgb.filter((_, at) => Math.floor(at / 3 / size.width) % size.height === size.height / 2);
      brightness = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
    }
    numbers.push(videos.numberIn(image));
    times.push(image.time);
  }
  const { seconds, width, height } = reader.info;
  return { numbers, times, seconds, width, height, brightness };
}

/** The frames that segment `number` must have: all of its span, and at 0 the one on screen then. */
function expectedOf(times: readonly number[], seconds: number, number: number) {
  const [start, end] = [number * 4, Math.min(seconds, number * 4 + 4)];
  const within = [...times.keys()].filter(
    (rank) => (times[rank] ?? 0) >= start - 1e-6 && (times[rank] ?? 0) < end - 1e-6,
  );
  const onScreen = times.findLastIndex((time) => time <= start + 1e-6);
  const numbers = within[0] === onScreen ? within : [onScreen, ...within];
  return {
    numbers,
    times: numbers.map((rank) => expect.closeTo(Math.max(0, (times[rank] ?? 0) - start), 5)),
    seconds: expect.closeTo(end - start, 5),
  };
}

/** The segments `order` (all, by default) as they are and as they must be. */
async function segmentsOf(footage: Footage, order?: readonly number[]) {
  const { plan, times } = await footage.index();
  const made: unknown[] = [];
  const expected: unknown[] = [];
  for (const number of order ?? Array.from({ length: Math.ceil(plan.seconds / 4 - 1e-6) }, (_, index) => index)) {
    const { numbers, times: shownAt, seconds } = await framesOf(await footage.segment(number));
    made.push({ number, numbers, times: shownAt, seconds });
    expected.push({ number, ...expectedOf([...times], plan.seconds, number) });
  }
  return { made, expected };
}

const tenSeconds = { frames: 260 };
describe('every frame at its own time', () => {
  test.each<[string, string, videos.VideoOptions]>([
    ['HEVC with open GOPs', 'a.mp4', { ...tenSeconds, codec: 'hevc', preset: 'medium', gop: 60 }],
    ['HEVC with one keyframe', 'long.mkv', { ...tenSeconds, codec: 'hevc', gop: 1000 }],
    ['H.264 with B-frames in AVI, which stores no PTS', 'b.avi', { ...tenSeconds, preset: 'medium', gop: 33 }],
    ['raw H.264', 'a.h264', { ...tenSeconds, preset: 'medium', gop: 33 }],
    ['MS-MPEG4 in AVI', 'ms.avi', { ...tenSeconds, codec: 'msmpeg4', gop: 40 }],
    ['MPEG-4 with B-frames', 'm.avi', { ...tenSeconds, codec: 'mpeg4', gop: 40, encoderOptions: { bf: '2' } }],
    ['MJPEG, full range', 'mj.avi', { ...tenSeconds, codec: 'mjpeg' }],
    ['29.97 frames per second', 'ntsc.mkv', { ...tenSeconds, codec: 'hevc', frameRate: 29.97 }],
    ['a variable frame rate', 'vfr.mkv', { codec: 'hevc', gop: 10, times: videos.irregularTimes }],
    ['odd sides', 'odd.avi', { ...tenSeconds, codec: 'mpeg4', width: 161, height: 97 }],
  ])('%s', async (_what, name, options) => {
    await using footage = await openFootage(await videos.makeVideo(join(folder, name), options));
    const { made, expected } = await segmentsOf(footage);
    expect(made).toEqual(expected);
  });

  test('in any order: forwards, again, backwards, ahead', async () => {
    const path = join(folder, 'order.mkv');
    await videos.makeVideo(path, { codec: 'hevc', gop: 30, times: videos.irregularTimes });
    await using footage = await openFootage(path);
    const { made, expected } = await segmentsOf(footage, [0, 1, 1, 0, 3, 2, 3, 0, 2]);
    expect(made).toEqual(expected);
  });

  test('a pause of the recorder: the picture on screen stays in every segment', async () => {
    const times = [0, 0.2, 0.4, 13, 13.2];
    const path = await videos.makeVideo(join(folder, 'pause.mkv'), { codec: 'hevc', times });
    await using footage = await openFootage(path);
    const { made, expected } = await segmentsOf(footage, [0, 1, 2, 3]);
    expect(made).toEqual(expected);
  });

  test('a clock that starts over goes on', async () => {
    const path = await videos.backwardTimestamps(join(folder, 'back.ts'), { frames: 70 });
    await using footage = await openFootage(path);
    const { plan } = await footage.index();
    expect(plan).toMatchObject({ kind: 'segments', reason: 'container', segments: 2, frames: 140 });
    const { made, expected } = await segmentsOf(footage);
    expect(made).toEqual(expected);
  });
});

test('a recording is read through once: who brings what was read of it need not do so again', async () => {
  const path = await videos.makeVideo(join(folder, 'read.mkv'), { codec: 'hevc', gop: 30, frames: 150 });
  const other = await videos.makeVideo(join(folder, 'other.mkv'), { codec: 'hevc', gop: 30, frames: 120 });
  await using first = await openFootage(path);
  const { packets, plan } = await first.index();
  await using again = await openFootage(path, { packets });
  expect((await again.index()).plan).toEqual(plan);
  const { made, expected } = await segmentsOf(again, [1, 0]);
  expect(made).toEqual(expected);
  // What it is told is all that it knows, so the file was not read.
  await using told = await openFootage(other, { packets });
  expect((await told.index()).plan.frames).toBe(150);
  for (const damaged of [new Uint8Array(), packets.subarray(0, 100), Buffer.from('not a scan')]) {
    await expect(openFootage(other, { packets: damaged })).rejects.toMatchObject({ code: 'integrity-mismatch' });
  }
});

describe('what is shown', () => {
  test.each([90, 180, 270] as const)('a picture turned by %i degrees is upright', async (degrees) => {
    const path = await videos.rotated(join(folder, `turned-${degrees}.mov`), degrees, { codec: 'hevc', frames: 10 });
    await using footage = await openFootage(path);
    const made = await framesOf(await footage.segment(0));
    expect(made).toMatchObject({ width: 160, height: 120, numbers: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] });
  });

  test('larger than 1080p is made smaller, and the type is the true one', async () => {
    const path = await videos.makeVideo(join(folder, '4k.mkv'), {
      codec: 'hevc',
      width: 3840,
      height: 2160,
      frames: 3,
    });
    await using footage = await openFootage(path);
    const { plan } = await footage.index();
    expect(plan).toMatchObject({ kind: 'segments', width: 3840, height: 2160, segments: 1 });
    const segment = await footage.segment(0);
    expect(await framesOf(segment)).toMatchObject({ width: 1920, height: 1080, numbers: [0, 1, 2] });
    // avcC: version, then profile, constraints and level as the mime has them.
    const record = Buffer.from(segment);
    const avcC = record.indexOf('avcC', 0, 'latin1') + 4;
    const codec = record.subarray(avcC + 1, avcC + 4).toString('hex');
    expect(plan).toMatchObject({
      mime: expect.stringMatching(new RegExp(`^video/mp4; codecs="avc1\\.${codec}"$`, 'i')),
    });
  });

  test('full range and limited range come out equally bright', async () => {
    const brightness: number[] = [];
    for (const codec of ['mjpeg', 'mpeg4'] as const) {
      const path = await videos.makeVideo(join(folder, `range-${codec}.avi`), { codec, frames: 3 });
      await using footage = await openFootage(path);
      await using reader = await openVideo(path);
      for await (const image of reader.framesAt([0], size)) {
        const samples = image.rgb.filter((_, at) => Math.floor(at / 3 / size.width) % size.height === size.height / 2);
        const original = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
        const made = await framesOf(await footage.segment(0));
        expect(Math.abs(made.brightness - original)).toBeLessThan(3);
        brightness.push(made.brightness);
      }
    }
    expect(Math.abs((brightness[0] ?? 0) - (brightness[1] ?? 99))).toBeLessThan(3);
  });
});

/** Where the JPEG picture of each frame lies in an AVI: packets are at the headers of their chunks, or behind them. */
async function picturesIn(path: string): Promise<{ at: number; bytes: number }[]> {
  await using source = await PacketSource.open(path);
  const content = await readFile(path);
  const pictures: { at: number; bytes: number }[] = [];
  while (source.read()) {
    const { pos, size: bytes } = source.packet;
    pictures.push({ at: content.indexOf(Buffer.from([0xff, 0xd8]), Number(pos)), bytes });
  }
  return pictures;
}

/** Overwrites frames `from` to `to`, and leaves the container as it is. */
async function damage(path: string, from: number, to: number): Promise<void> {
  const content = await readFile(path);
  for (const { at, bytes } of (await picturesIn(path)).slice(from, to)) content.fill(0x55, at, at + bytes);
  await writeFile(path, content);
}

describe('damage does not stop playback', () => {
  test('the last good picture stays, across the border of segments too', async () => {
    const path = await videos.makeVideo(join(folder, 'holes.avi'), { codec: 'mjpeg', frames: 225 });
    await damage(path, 98, 120);
    await using footage = await openFootage(path);
    await using cold = await openFootage(path);
    const first = await framesOf(await footage.segment(0));
    expect(first.numbers).toEqual(Array.from({ length: 98 }, (_, index) => index));
    expect(first.seconds).toBeCloseTo(4, 5);
    for (const opened of [footage, cold]) {
      const second = await framesOf(await opened.segment(1));
      expect(second.numbers[0]).toBe(97);
      expect(second.numbers.slice(1)).toEqual(Array.from({ length: 80 }, (_, index) => 120 + index));
      expect(second.times[1]).toBeCloseTo(0.8, 5);
      expect(second.seconds).toBeCloseTo(4, 5);
    }
  });

  test('a span of nothing but damage is grey, and as long as it should be', async () => {
    const path = await videos.makeVideo(join(folder, 'grey.avi'), { codec: 'mjpeg', frames: 150 });
    await damage(path, 0, 150);
    await using footage = await openFootage(path);
    for (const [number, seconds] of [
      [0, 4],
      [1, 2],
    ] as const) {
      const made = await framesOf(await footage.segment(number));
      expect(made.times).toEqual([0]);
      expect(made.seconds).toBeCloseTo(seconds, 5);
      expect(made.brightness).toBeGreaterThan(50);
      expect(made.brightness).toBeLessThan(100);
    }
  });

  test('a file that is cut off plays as far as it goes', async () => {
    const whole = await videos.makeVideo(join(folder, 'whole.avi'), { codec: 'mjpeg', frames: 250 });
    const end = (await picturesIn(whole))[170]?.at ?? 0;
    await using footage = await openFootage(await videos.truncate(whole, end - 8));
    expect((await footage.index()).plan).toMatchObject({ frames: 170, segments: 2 });
    const { made, expected } = await segmentsOf(footage);
    expect(made).toEqual(expected);
  });

  test('beyond the end there is nothing', async () => {
    await using footage = await openFootage(await videos.makeVideo(join(folder, 'short.avi'), { codec: 'mpeg4' }));
    await expect(footage.segment(1)).rejects.toMatchObject({ code: 'not-found' });
    await expect(footage.sheet(1)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('what was cancelled can be asked for again', async () => {
    const path = await videos.makeVideo(join(folder, 'cancel.mkv'), { codec: 'hevc', gop: 1000, frames: 260 });
    await using footage = await openFootage(path);
    const abort = new AbortController();
    const cancelled = footage.segment(2, { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    const { made, expected } = await segmentsOf(footage, [1, 2]);
    expect(made).toEqual(expected);
  });

  test('what was cancelled while the file was opened anew can be asked for again', async () => {
    // A clock that starts over leaves no way back but through the whole file.
    const path = await videos.makeVideo(join(folder, 'anew.h264'), { gop: 1000, frames: 260 });
    await using source = await PacketSource.open(path);
    while (source.read());
    await expect(source.restart(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    expect(source.stream.codecpar.width).toBe(160);
    expect(source.read()).toBe(false);
    await source.restart();
    expect(source.read()).toBe(true);
    await using footage = await openFootage(path);
    await footage.segment(2);
    await expect(footage.segment(0, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
    const { made, expected } = await segmentsOf(footage, [0, 2]);
    expect(made).toEqual(expected);
  });
});
