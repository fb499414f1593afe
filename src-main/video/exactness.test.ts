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
    expect(await differences(path)).toEqual([]);
  });

  test('a variable frame rate', async () => {
    const path = await variableFrameRate(join(folder, 'vfr.mp4'), { preset: 'medium' });
    expect(await differences(path)).toEqual([]);
  });
});

/** Compares the packet index, looks at random times and a whole run with the oracle; says what differs. */
async function differences(path: string): Promise<string[]> {
  const expected = decodeAll(path);
  const found: string[] = [];
  const compare = (what: string, images: readonly FrameImage[], wanted: readonly number[]) => {
    if (images.length !== wanted.length) found.push(`${what}: ${images.length} frames instead of ${wanted.length}`);
    wanted.forEach((index, place) => {
      const [image, oracle] = [images[place], expected[index]];
      if (image === undefined || oracle === undefined) found.push(`${what}: no frame ${index}`);
      else if (Math.abs(image.time - oracle.time) > 1e-9) found.push(`${what}: ${image.time} s, not ${oracle.time} s`);
      else if (Buffer.compare(image.rgb, oracle.rgb) !== 0) found.push(`${what}: other pixels at ${image.time} s`);
    });
  };

  await using reader = await openVideo(path);
  const { times } = await reader.scanPackets();
  const late = expected.filter(({ time }, index) => !(Math.abs(time - (times[index] ?? Infinity)) < 1e-9));
  if (times.length !== expected.length || late.length > 0) found.push(`the index: ${late.length} other times`);

  // Single looks, far apart: everything between keyframe and frame that can be left out is left out.
  const random = randomFrom(path.slice(folder.length));
  for (let look = 0; look < 12; look++) {
    const time = random.between(-0.5, reader.info.seconds + 0.5);
    const index = Math.max(
      0,
      expected.findLastIndex((image) => image.time <= time),
    );
    compare(`a look at ${time} s`, await collect(reader.framesAt([time], size)), [index]);
  }
  // One look with many frames, unordered and repeated.
  const wanted = Array.from({ length: 15 }, () => random.integer(expected.length));
  const images = await collect(
    reader.framesAt(
      wanted.map((index) => times[index] ?? 0),
      size,
    ),
  );
  compare(
    'a look with many frames',
    images,
    [...new Set(wanted)].sort((a, b) => a - b),
  );
  compare('all frames', await collect(reader.framesBetween(0, Infinity, size)), [...expected.keys()]);
  return found;
}

async function collect(images: AsyncIterable<FrameImage>): Promise<FrameImage[]> {
  const all: FrameImage[] = [];
  for await (const image of images) all.push(image);
  return all;
}
