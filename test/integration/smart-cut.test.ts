/** Clips cut to the frame: exactly the frames asked for, the middle's packets untouched, and a plain no where it cannot be. */
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { FormatContext, Packet } from 'node-av/lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openVideo, smartCut } from '../../src-main/video/index.ts';
import { soundIn, withSound } from '../support/with-sound.ts';
import { makeVideo, numberIn, type VideoOptions } from '../support/videos.ts';

let folder: Awaited<ReturnType<typeof mkdtempDisposable>>;
beforeAll(async () => void (folder = await mkdtempDisposable(join(tmpdir(), 'anom-pi-smart-'))));
afterAll(() => folder.remove());

/** Number and time of every frame, as a player shows them. */
async function shown(path: string): Promise<{ number: number; time: number }[]> {
  await using reader = await openVideo(path);
  const frames = [];
  for await (const image of reader.framesBetween(0, Infinity, { width: 160, height: 120, fit: 'stretch' })) {
    frames.push({ number: numberIn(image), time: image.time });
  }
  return frames;
}

/** The packets of the pictures, each as its NAL units without what stands between them, in the order of the file. */
async function packetsOf(path: string): Promise<string[]> {
  await using input = new FormatContext();
  await input.openInput(path);
  await input.findStreamInfo(null);
  const index = input.findBestStream(AVMEDIA_TYPE_VIDEO);
  const isMp4 = path.endsWith('.mp4') || path.endsWith('.mkv');
  using packet = new Packet();
  packet.alloc();
  const packets: string[] = [];
  while (input.readFrameSync(packet) >= 0) {
    if (packet.streamIndex === index) packets.push(unitsOf(packet.data ?? Buffer.alloc(0), isMp4).join(' '));
    packet.unref();
  }
  await input.closeInput();
  return packets;
}

const startCode = String.fromCodePoint(0, 0, 1);

function unitsOf(data: Buffer, hasLengths: boolean): string[] {
  if (!hasLengths) {
    return data
      .toString('latin1')
      .split(startCode)
      .map((unit) => Buffer.from(unit.replace(/\0+$/, ''), 'latin1').toString('hex'))
      .filter((unit) => unit !== '');
  }
  const units: string[] = [];
  for (let at = 0; at + 4 <= data.length;) {
    const length = data.readUInt32BE(at);
    units.push(data.subarray(at + 4, at + 4 + length).toString('hex'));
    at += 4 + length;
  }
  return units;
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

/** 25 frames a second, a keyframe every second; the clip shows frames 37 to 89. */
const kinds: Readonly<Record<string, { file: string; options: VideoOptions }>> = {
  'H.264 in MP4': { file: 'plain.mp4', options: {} },
  'H.264 of the High profile, with frames out of order': {
    file: 'reordered.mp4',
    options: { preset: 'medium', encoderOptions: { bf: '3', b_strategy: '0' } },
  },
  'H.264 of the Main profile in Matroska': {
    file: 'main.mkv',
    options: { preset: 'fast', encoderOptions: { profile: 'main', bf: '2' } },
  },
  'H.264 of the Baseline profile': { file: 'baseline.mp4', options: { encoderOptions: { profile: 'baseline' } } },
  'H.264 in a transport stream': { file: 'stream.ts', options: { encoderOptions: { bf: '2' } } },
  'H.264 whose parameter sets have another id': {
    file: 'id.mp4',
    options: { encoderOptions: { 'x264-params': 'sps-id=31' } },
  },
  'H.264 with four slices a picture': {
    file: 'slices.mp4',
    options: { encoderOptions: { 'x264-params': 'slices=4' } },
  },
};

test.each(Object.entries(kinds))(
  'a clip of %s shows exactly its frames, and copies those between the keyframes',
  async (_, { file, options }) => {
    const path = await makeVideo(join(folder.path, file), { frames: 125, gop: 25, ...options });
    const out = join(folder.path, `${file}.clip.mp4`);
    const { joined } = await smartCut(path, out, { start: 37 / 25, end: 90 / 25 });
    expect(joined).toMatchObject({ start: expect.closeTo(37 / 25, 3), end: expect.closeTo(3.6, 3), head: 13 });
    const { head = 0, frames = 0, tail = 0 } = joined ?? {};
    expect(head + frames + tail).toBe(53);
    // Nothing after the middle but what leans on frames beyond the end.
    expect(tail).toBeLessThanOrEqual(4);
    const pictures = await shown(out);
    expect(pictures.map(({ number }) => number)).toEqual(range(37, 90));
    for (const { number, time } of pictures) expect(time).toBeCloseTo((number - 37) / 25, 3);

    const [whole, clip] = [await packetsOf(path), await packetsOf(out)];
    const first = whole.indexOf(clip[head] ?? '');
    expect(first).toBe(50);
    expect(clip.slice(head, head + frames)).toEqual(whole.slice(first, first + frames));
    expect(clip.slice(0, head).some((packet) => whole.includes(packet))).toBe(false);
  },
);

test('what is encoded beside the copied frames looks as they do', async () => {
  const path = await makeVideo(join(folder.path, 'near.mp4'), { frames: 75, gop: 25, width: 320, height: 240 });
  const out = join(folder.path, 'near.clip.mp4');
  await smartCut(path, out, { start: 20 / 25, end: 2 });
  const size = { width: 320, height: 240, fit: 'stretch' } as const;
  await using source = await openVideo(path);
  await using clip = await openVideo(out);
  const wanted: Uint8Array[] = [];
  for await (const { rgb } of source.framesBetween(20 / 25, 25 / 25, size)) wanted.push(rgb);
  const got: Uint8Array[] = [];
  for await (const { rgb } of clip.framesBetween(0, 5 / 25, size)) got.push(rgb);
  expect(got).toHaveLength(5);
  for (const [index, rgb] of got.entries()) {
    const error =
      rgb.reduce((sum, value, place) => sum + Math.abs(value - (wanted[index]?.[place] ?? 0)), 0) / rgb.length;
    expect(error).toBeLessThan(2);
  }
});

test('a clip from keyframe to keyframe is copied whole', async () => {
  const path = await makeVideo(join(folder.path, 'whole.mp4'), { frames: 125, gop: 25 });
  const out = join(folder.path, 'whole.clip.mp4');
  const { joined } = await smartCut(path, out, { start: 1, end: 4 });
  expect(joined).toMatchObject({ head: 0, frames: 75, tail: 0 });
  expect(await packetsOf(out)).toEqual((await packetsOf(path)).slice(25, 100));
});

test('the sound is copied, in time with the pictures', async () => {
  const silent = await makeVideo(join(folder.path, 'silent.mkv'), { frames: 125, gop: 25 });
  const path = await withSound(silent, join(folder.path, 'sound.mp4'), 5);
  const out = join(folder.path, 'sound.clip.mp4');
  const { joined } = await smartCut(path, out, { start: 1.48, end: 4 });
  expect(joined?.sound).toEqual({ codec: 'aac', isCopied: true });
  const [whole, clip] = [await soundIn(path), await soundIn(out)];
  expect(clip?.times[0]).toBeLessThan(0.03);
  expect(clip?.times.at(-1)).toBeGreaterThan(2.4);
  expect((clip?.packets ?? []).every((packet) => whole?.packets.includes(packet))).toBe(true);
});

test('times of an irregular recording are kept', async () => {
  const times = range(0, 100).map((index) => Math.round(index * 40 + (index % 3) * 12) / 1000);
  const path = await makeVideo(join(folder.path, 'irregular.mp4'), { times, gop: 20 });
  const out = join(folder.path, 'irregular.clip.mp4');
  const { joined } = await smartCut(path, out, { start: times[13] ?? 0, end: times[77] ?? 0 });
  expect(joined).toMatchObject({ head: 7 });
  const pictures = await shown(out);
  expect(pictures.map(({ number }) => number)).toEqual(range(13, 77));
  for (const { number, time } of pictures) expect(time).toBeCloseTo((times[number] ?? 0) - (times[13] ?? 0), 3);
});

test('where frames before a keyframe lean on those after it, the next fitting keyframe is taken', async () => {
  const path = await makeVideo(join(folder.path, 'open.mp4'), {
    ...{ frames: 125, gop: 25 },
    encoderOptions: { bf: '2', b_strategy: '0', 'x264-params': 'open-gop=1' },
  });
  const out = join(folder.path, 'open.clip.mp4');
  // All keyframes but the first are joined to the group before them.
  expect(await smartCut(path, out, { start: 1.48, end: 4 })).toEqual({ joined: null, reason: 'no-keyframe' });
  const { joined } = await smartCut(path, out, { start: 0, end: 3.2 });
  expect(joined).toMatchObject({ head: 0 });
  expect((await shown(out)).map(({ number }) => number)).toEqual(range(0, 80));
});

test.each([
  ['between two keyframes', { file: 'short.mp4', options: {} }, { start: 1.2, end: 1.8 }, 'no-keyframe'],
  ['of HEVC', { file: 'other.mp4', options: { codec: 'hevc' } }, { start: 1.2, end: 3 }, 'codec'],
  ['of MPEG-4', { file: 'other.avi', options: { codec: 'mpeg4' } }, { start: 1.2, end: 3 }, 'codec'],
  ['of full colour', { file: 'odd.mp4', options: { width: 161 } }, { start: 1.2, end: 3 }, 'pictures'],
  ['of a stream without times', { file: 'raw.h264', options: {} }, { start: 1.2, end: 3 }, 'clock'],
] as const)('a clip %s is not joined, and the reason is said', async (_, { file, options }, span, reason) => {
  const path = await makeVideo(join(folder.path, file), { frames: 100, gop: 25, ...options });
  expect(await smartCut(path, join(folder.path, `${file}.out.mp4`), span)).toEqual({ joined: null, reason });
});

test('nothing shown is an error, and an end in between leaves off', async () => {
  const path = await makeVideo(join(folder.path, 'end.mp4'), { frames: 50 });
  const out = join(folder.path, 'end.clip.mp4');
  await expect(smartCut(path, out, { start: 5, end: 6 })).rejects.toMatchObject({ code: 'invalid-argument' });
  const signal = AbortSignal.abort();
  await expect(smartCut(path, out, { start: 0, end: 1, signal })).rejects.toMatchObject({ code: 'cancelled' });
});
