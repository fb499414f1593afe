import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AVMEDIA_TYPE_VIDEO, AV_NOPTS_VALUE } from 'node-av/constants';
import { Codec, CodecContext, FormatContext, Frame, Packet } from 'node-av/lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeVideo, variableFrameRate, type VideoOptions } from '../../test/support/videos.ts';
import { randomFrom } from '../math/random.ts';
import { openVideo } from './index.ts';
import { FrameScaler } from './scaler.ts';
import type { FrameImage, FrameSize } from './types.ts';

const size: FrameSize = { width: 96, height: 96, fit: 'letterbox' };
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anom-pi-video-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The oracle: decodes all of a file from the start on one thread, leaving nothing out. Times from PTS, or DTS without. */
function decodeAll(path: string): FrameImage[] {
  const format = new FormatContext();
  format.openInputSync(path);
  format.findStreamInfoSync();
  const index = format.findBestStream(AVMEDIA_TYPE_VIDEO);
  const stream = format.streams[index];
  if (stream === undefined) throw new Error(`${path} has no video`);
  using decoder = new CodecContext();
  const codec = Codec.findDecoder(stream.codecpar.codecId);
  decoder.allocContext3(codec);
  decoder.parametersToContext(stream.codecpar);
  decoder.threadCount = 1;
  decoder.open2Sync(codec);
  using packet = new Packet();
  packet.alloc();
  using frame = new Frame();
  frame.alloc();
  using scaler = new FrameScaler(path, 0, size);
  const images: FrameImage[] = [];
  let first: number | null = null;
  const receive = () => {
    while (decoder.receiveFrameSync(frame) >= 0) {
      const ticks = Number(frame.pts === AV_NOPTS_VALUE ? frame.bestEffortTimestamp : frame.pts);
      first ??= ticks;
      images.push(scaler.image(frame, ((ticks - first) * stream.timeBase.num) / stream.timeBase.den));
      frame.unref();
    }
  };
  while (format.readFrameSync(packet) >= 0) {
    if (packet.streamIndex === index) {
      decoder.sendPacketSync(packet);
      receive();
    }
    packet.unref();
  }
  decoder.sendPacketSync(null);
  receive();
  format.closeInputSync();
  return images;
}

const openGop = { 'x264-params': 'open-gop=1' };
const fixtures: readonly (readonly [string, string, VideoOptions])[] = [
  ['GOP 50 with B-frames', 'gop50.mp4', { gop: 50, frames: 150, preset: 'medium' }],
  ['GOP 12 with B-frames', 'gop12.mkv', { gop: 12, frames: 120, preset: 'medium' }],
  ['open GOPs', 'open.mp4', { gop: 12, frames: 120, preset: 'medium', encoderOptions: openGop }],
  ['MS-MPEG4 in AVI', 'ms.avi', { codec: 'msmpeg4', frames: 60 }],
  ['MPEG-4 with B-frames', 'mpeg4.mp4', { codec: 'mpeg4', gop: 12, encoderOptions: { bf: '2' } }],
  ['HEVC', 'hevc.mp4', { codec: 'hevc', gop: 20, frames: 60 }],
  ['a transport stream', 'stream.ts', { gop: 20, preset: 'medium' }],
];

describe('frames are the ones that a full decode gives, to the last bit', () => {
  test.each(fixtures)('%s', async (_, name, options) => {
    const path = await makeVideo(join(folder, name), { width: 128, height: 96, ...options });
    await expectSameFrames(path);
  });

  test('a variable frame rate', async () => {
    await expectSameFrames(await variableFrameRate(join(folder, 'vfr.mp4'), { preset: 'medium' }));
  });
});

async function expectSameFrames(path: string): Promise<void> {
  const expected = decodeAll(path);
  await using reader = await openVideo(path);
  const { times } = await reader.scanPackets();
  expect([...times]).toEqual(expected.map(({ time }) => expect.closeTo(time, 9)));

  // Single looks, far apart: everything between keyframe and frame that can be left out is left out.
  const random = randomFrom(path.slice(folder.length));
  for (let look = 0; look < 12; look++) {
    const time = random.between(-0.5, reader.info.seconds + 0.5);
    const index = Math.max(
      0,
      expected.findLastIndex((image) => image.time <= time),
    );
    const images = await collect(reader.framesAt([time], size));
    expect(images).toHaveLength(1);
    expectSame(images[0], expected[index]);
  }
  // One look with many frames, unordered and repeated.
  const wanted = Array.from({ length: 15 }, () => random.integer(expected.length));
  const ordered = [...new Set(wanted)].sort((a, b) => a - b);
  const images = await collect(
    reader.framesAt(
      wanted.map((index) => times[index] ?? 0),
      size,
    ),
  );
  expect(images).toHaveLength(ordered.length);
  images.forEach((image, index) => expectSame(image, expected[ordered[index] ?? 0]));

  const all = await collect(reader.framesBetween(0, Infinity, size));
  expect(all).toHaveLength(expected.length);
  all.forEach((image, index) => expectSame(image, expected[index]));
}

function expectSame(image: FrameImage | undefined, expected: FrameImage | undefined): void {
  expect(image?.time).toBeCloseTo(expected?.time ?? Number.NaN, 9);
  expect(Buffer.compare(image?.rgb ?? new Uint8Array(), expected?.rgb ?? new Uint8Array(1))).toBe(0);
}

async function collect(images: AsyncIterable<FrameImage>): Promise<FrameImage[]> {
  const all: FrameImage[] = [];
  for await (const image of images) all.push(image);
  return all;
}
