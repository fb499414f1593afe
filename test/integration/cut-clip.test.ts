/** Clips cut from footage of several kinds: what they show is what the recording shows, and no picture is encoded anew. */
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clipExtension, cutClip, openVideo, viewingCopy } from '../../src-main/video/index.ts';
import { soundIn, withSound } from '../support/with-sound.ts';
import { makeVideo, numberIn, type VideoOptions } from '../support/videos.ts';

let folder: Awaited<ReturnType<typeof mkdtempDisposable>>;
beforeAll(async () => void (folder = await mkdtempDisposable(join(tmpdir(), 'anom-pi-cut-'))));
afterAll(() => folder.remove());

/** Number and time of every frame, as a player shows them. */
async function shown(path: string): Promise<{ number: number; time: number }[]> {
  await using reader = await openVideo(path);
  const frames = [];
  const size = { width: 160, height: 120, fit: 'stretch' } as const;
  for await (const image of reader.framesBetween(0, Infinity, size)) {
    frames.push({ number: numberIn(image), time: image.time });
  }
  return frames;
}

const bytesOf = async (path: string) => {
  await using reader = await openVideo(path);
  const { bytes, keyframe } = await reader.scanPackets();
  return { bytes: [...bytes], keyframes: [...keyframe] };
};

/** 25 frames a second, a keyframe every second. */
const kinds: Readonly<Record<string, { file: string; options: VideoOptions }>> = {
  'h264 in mp4': { file: 'a.mp4', options: { codec: 'h264' } },
  'h264 with frames out of order': { file: 'b.mp4', options: { codec: 'h264', encoderOptions: { bf: '3' } } },
  'h264 in a transport stream': { file: 'c.ts', options: { codec: 'h264', encoderOptions: { bf: '2' } } },
  'a raw h264 stream': { file: 'd.h264', options: { codec: 'h264' } },
  'hevc in matroska': { file: 'e.mkv', options: { codec: 'hevc' } },
  'mpeg4 in avi': { file: 'f.avi', options: { codec: 'mpeg4' } },
  'mjpeg in avi': { file: 'g.avi', options: { codec: 'mjpeg' } },
};

test.each(Object.entries(kinds))(
  'a clip of %s holds its packets from the keyframe on',
  async (_, { file, options }) => {
    const path = await makeVideo(join(folder.path, file), { frames: 125, gop: 25, ...options });
    await using reader = await openVideo(path);
    const out = join(folder.path, `clip-${file}${clipExtension(reader.info.codec)}`);
    const facts = await cutClip(path, out, { start: 1.5, end: 3 });
    const frames = await shown(out);
    // Each picture of MJPEG is a keyframe.
    const first = options.codec === 'mjpeg' ? 37 : 25;
    expect(facts.keyframe).toBeCloseTo(first / 25, 3);
    expect(facts.start).toBe(facts.keyframe);
    expect(facts.end).toBeCloseTo(3, 3);
    const within = frames.filter(({ number }) => number < 75);
    expect(within.map(({ number }) => number)).toEqual(
      Array.from({ length: 75 - first }, (_value, index) => first + index),
    );
    for (const { number, time } of frames) expect(time).toBeCloseTo((number - first) / 25, 2);
    expect(frames.length).toBe(facts.frames);
    const [whole, clip] = [await bytesOf(path), await bytesOf(out)];
    expect(clip.keyframes[0]).toBe(1);
    // Containers differ by a few bytes a picture (start codes, parameter sets), which an encoder would not keep to.
    const difference = clip.bytes.map((bytes, index) => Math.abs(bytes - (whole.bytes[first + index] ?? 0)));
    expect(Math.max(...difference.slice(1))).toBeLessThanOrEqual(64);
  },
);

test('an exact clip shows the frame that was on screen at its start first, and nothing before it', async () => {
  for (const [name, bf] of [
    ['plain', '0'],
    ['out of order', '3'],
  ] as const) {
    const path = await makeVideo(join(folder.path, `exact ${name}.mp4`), {
      frames: 125,
      gop: 50,
      encoderOptions: { bf },
    });
    const out = join(folder.path, `exact clip ${name}.mp4`);
    const facts = await cutClip(path, out, { start: 1.5, end: 3, exact: true });
    expect(facts).toMatchObject({ keyframe: 0 });
    expect(facts.start).toBeCloseTo(37 / 25, 6);
    const frames = await shown(out);
    expect(frames.filter(({ number }) => number < 75).map(({ number }) => number)).toEqual(
      Array.from({ length: 75 - 37 }, (_value, index) => 37 + index),
    );
    for (const { number, time } of frames) expect(time).toBeCloseTo((number - 37) / 25, 3);
  }
});

test('frames that lean on the group before them bring that with them', async () => {
  const path = await makeVideo(join(folder.path, 'open.mp4'), {
    ...{ frames: 125, gop: 25 },
    encoderOptions: { bf: '2', b_strategy: '0', 'x264-params': 'open-gop=1' },
  });
  await using reader = await openVideo(path);
  const { keyframe } = await reader.scanPackets();
  const second = [...keyframe].indexOf(1, 1);
  // From a frame that is shown just before a keyframe and stands after it in the file.
  const out = join(folder.path, 'open-clip.mp4');
  const facts = await cutClip(path, out, { start: (second - 1) / 25, end: (second + 10) / 25 });
  expect(facts.keyframe).toBeLessThan((second - 1) / 25);
  const wanted = Array.from({ length: 11 }, (_value, index) => second - 1 + index);
  expect((await shown(out)).map(({ number }) => number)).toEqual(expect.arrayContaining(wanted));
});

test.each([
  ['AAC in mp4', 'aac', 'h264', 'mp4', 'mp4', true],
  ['AAC in a transport stream', 'aac', 'h264', 'ts', 'mp4', true],
  ['samples in Matroska', 'pcm', 'mjpeg', 'mkv', 'mkv', true],
  ['samples, for which MP4 has no place', 'pcm', 'h264', 'mkv', 'mp4', false],
] as const)(
  'sound as %s is copied where it can be, in time with the pictures',
  async (name, codec, pictures, extension, to, isCopied) => {
    const silent = await makeVideo(join(folder.path, `${name}.silent.mkv`), { frames: 125, gop: 25, codec: pictures });
    const path = await withSound(silent, join(folder.path, `${name}.${extension}`), 5, codec);
    const out = join(folder.path, `${name}.clip.${to}`);
    const facts = await cutClip(path, out, { start: 2, end: 4 });
    expect(facts.sound).toEqual({ codec: codec === 'aac' ? 'aac' : 'pcm_s16le', isCopied });
    const [whole, clip] = [await soundIn(path), await soundIn(out)];
    expect(clip === null).toBe(!isCopied);
    const times = clip?.times ?? [0, 2];
    expect(times[0]).toBeGreaterThanOrEqual(0);
    expect(times[0]).toBeLessThan(0.03);
    expect(times.at(-1)).toBeGreaterThan(1.9);
    expect(times.at(-1)).toBeLessThan(2.03);
    expect((clip?.packets ?? []).every((packet) => whole?.packets.some((each) => each.endsWith(packet)))).toBe(true);
    expect((await shown(out)).filter(({ number }) => number < 100).map(({ number }) => number)).toEqual(
      Array.from({ length: 50 }, (_value, index) => 50 + index),
    );
  },
);

test('a viewing copy shows exactly the frames of the stretch, upright and at their times', async () => {
  const times = Array.from({ length: 60 }, (_, index) => index * 0.08 + (index % 3) * 0.02);
  const path = await makeVideo(join(folder.path, 'turned.mp4'), { width: 120, height: 160, rotation: 90, times });
  const out = join(folder.path, 'viewing.mp4');
  await viewingCopy(path, out, { start: 1, end: 3 });
  const frames = await shown(out);
  const wanted = times.flatMap((time, number) => (time >= 1 && time < 3 ? [{ number, time }] : []));
  expect(frames.map(({ number }) => number)).toEqual(wanted.map(({ number }) => number));
  const begin = wanted[0]?.time ?? 0;
  for (const [index, { time }] of frames.entries()) expect(time).toBeCloseTo((wanted[index]?.time ?? 0) - begin, 2);
  await using reader = await openVideo(out);
  expect(reader.info).toMatchObject({ codec: 'h264', rotation: 0, width: 120, height: 160 });
});

test('what cannot be cut is said', async () => {
  const path = await makeVideo(join(folder.path, 'short.mp4'), { frames: 25 });
  const out = join(folder.path, 'none.mp4');
  await expect(cutClip(path, out, { start: 5, end: 5 })).rejects.toMatchObject({ code: 'invalid-argument' });
  await expect(cutClip(path, join(folder.path, 'none.mkv'), { start: 0, end: 1, exact: true })).rejects.toMatchObject({
    code: 'invalid-argument',
  });
  const signal = AbortSignal.abort();
  await expect(cutClip(path, out, { start: 0, end: 1, signal })).rejects.toMatchObject({ code: 'cancelled' });
});
