import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../../src-main/contract/errors.ts';
import { randomFrom } from '../../src-main/math/random.ts';
import { openVideo, thumbnail, type FrameSize } from '../../src-main/video/index.ts';
import * as videos from '../support/videos.ts';

const size: FrameSize = { width: 48, height: 48, fit: 'letterbox' };
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anom-pi-bad-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Reads a file every way there is. Returns the number of frames, or -1 where they did not come in order. */
async function readAll(path: string): Promise<number> {
  await using reader = await openVideo(path);
  const { times } = await reader.scanPackets();
  let inOrder = times.every((time, index) => index === 0 || time > (times[index - 1] ?? Infinity));
  let last = -1;
  for await (const { time } of reader.framesAt([0, 0.2, 0.9, 1.4, 1e6], size)) {
    inOrder &&= time > last;
    last = time;
  }
  let frames = 0;
  for await (const { rgb } of reader.framesBetween(0, Infinity, size)) if (rgb.length === 48 * 48 * 3) frames++;
  return inOrder ? frames : -1;
}

/** What reading `path` comes to: a number of frames, or the code of an AppError of one sentence that names the file. */
async function outcomeOf(path: string): Promise<number | string> {
  try {
    return await readAll(path);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const isClear = /^\S.*\.$/.test(error.message) && error.message.includes(path);
    return isClear ? error.code : `unclear: ${error.message}`;
  }
}

describe('a file that is no video gives one clear sentence', () => {
  test.each<[string, string, (path: string) => Promise<unknown>, string]>([
    ['empty', 'empty.mp4', videos.emptyFile, 'no-video'],
    ['random bytes', 'random.mp4', videos.randomBytes, 'video-damaged'],
    ['random bytes', 'random.h264', videos.randomBytes, 'video-damaged'],
    ['random bytes', 'random.ts', videos.randomBytes, 'video-damaged'],
    ['sound only', 'sound.mp4', videos.audioOnly, 'no-video'],
    ['subtitles only', 'words.mkv', videos.noVideoStream, 'no-video'],
    ['a folder', 'folder.mp4', (path) => mkdir(path), 'file-unreadable'],
    ['nothing', 'nothing.mp4', () => Promise.resolve(), 'not-found'],
    ['a text, which FFmpeg would render', 'text.txt', (path) => writeFile(path, 'words\n'.repeat(999)), 'no-video'],
    [
      'a playlist, which would open other files',
      'list.m3u8',
      (path) =>
        writeFile(path, '#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n'),
      'no-video',
    ],
    [
      'a list of files to join',
      'joined.mp4',
      (path) => writeFile(path, "ffconcat version 1.0\nfile '/etc/hostname'\n"),
      'no-video',
    ],
  ])('%s (%s)', async (_, name, make, code) => {
    const path = join(folder, name);
    await make(path);
    expect(await outcomeOf(path)).toBe(code);
    await expect(thumbnail(path, 0, 64)).rejects.toMatchObject({ code });
  });

  test.skipIf(process.platform === 'win32')('a pipe that nobody writes to does not hang', async () => {
    const path = join(folder, 'pipe.mp4');
    const makePipe = 'mkfifo';
    execFileSync(makePipe, [path]);
    expect(await outcomeOf(path)).toBe('file-unreadable');
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'without permission to read (skipped for root, who may read everything)',
    async () => {
      const path = await videos.makeVideo(join(folder, 'secret.mp4'));
      await chmod(path, 0);
      expect(await outcomeOf(path)).toBe('permission-denied');
    },
  );

  test('a size beyond all cameras is refused before memory is asked for', async () => {
    const path = await videos.makeVideo(join(folder, 'huge.avi'), { codec: 'mjpeg', frames: 3 });
    const file = await readFile(path);
    // BITMAPINFOHEADER: width and height follow its own length, 40 or more.
    const header = file.indexOf('strf', 0, 'latin1') + 8;
    file.writeUInt32LE(60_000, header + 4);
    file.writeUInt32LE(60_000, header + 8);
    await writeFile(path, file);
    // FFmpeg may believe the pictures rather than the container; what it must not do is ask for 10 GB.
    expect([3, 'video-unsupported']).toContain(await outcomeOf(path));
  });
});

const containers = [
  ['mkv', { gop: 10, preset: 'medium' }],
  ['avi', { codec: 'msmpeg4' }],
  ['ts', { gop: 10, preset: 'medium' }],
  ['h264', { gop: 10, preset: 'medium' }],
  ['mp4', { gop: 10, preset: 'medium' }],
  ['flv', { gop: 10 }],
] as const;

describe('truncated at any byte: what is there comes, or one clear sentence', () => {
  test.each(containers)('%s', async (extension, options) => {
    const whole = await videos.makeVideo(join(folder, `whole.${extension}`), options);
    const { size: length } = await stat(whole);
    const random = randomFrom(`truncated ${extension}`);
    const outcomes: (number | string)[] = [];
    for (const cut of [1, 7, length - 1, ...Array.from({ length: 12 }, () => 1 + random.integer(length - 1))]) {
      const path = join(folder, `cut.${extension}`);
      await copyFile(whole, path);
      outcomes.push(await outcomeOf(await videos.truncate(path, cut)));
    }
    const clear = outcomes.filter((outcome) => Number(outcome) > 0 || /^(video-damaged|no-video)$/.test(`${outcome}`));
    expect(clear).toEqual(outcomes);
    expect(outcomes[0]).toBe('video-damaged');
    expect(outcomes[2]).toBeGreaterThanOrEqual(49);
  });

  test('an mp4 with its index at its end, as recorders leave it when the power fails', async () => {
    const path = await videos.makeVideo(join(folder, 'tail.mp4'), { indexAtEnd: true });
    const { size: length } = await stat(path);
    await videos.truncate(path, Math.floor(length * 0.9));
    expect(await outcomeOf(path)).toBe('video-damaged');
  });

  test('an mp4 whose index lies at its head yields its frames up to the cut', async () => {
    const path = await videos.makeVideo(join(folder, 'head.mp4'), { gop: 10 });
    const { size: length } = await stat(path);
    await videos.truncate(path, Math.floor(length * 0.6));
    await using reader = await openVideo(path);
    const { times } = await reader.scanPackets();
    expect(times.length).toBeGreaterThan(15);
    expect(times.length).toBeLessThan(45);
    expect(reader.info.seconds).toBeLessThan(1.8);
    const numbers: number[] = [];
    for await (const image of reader.framesAt([0, 0.4, 99], size)) numbers.push(videos.numberIn(image));
    expect(numbers.slice(0, 2)).toEqual([0, 10]);
    expect(numbers).toHaveLength(3);
  });
});

describe('damaged at random bytes: nothing but frames and AppErrors', () => {
  test.each(containers)('%s', async (extension, options) => {
    const whole = await readFile(await videos.makeVideo(join(folder, `sound.${extension}`), options));
    const random = randomFrom(`damaged ${extension}`);
    const path = join(folder, `damaged.${extension}`);
    const outcomes: (number | string)[] = [];
    for (let round = 0; round < 12; round++) {
      const file = Buffer.from(whole);
      const reach = random.next() < 0.5 ? file.length : Math.min(file.length, 800);
      for (let flip = random.integer(25); flip >= 0; flip--) file[random.integer(reach)] = random.integer(256);
      await writeFile(path, file);
      outcomes.push(await outcomeOf(path));
    }
    expect(outcomes.filter((outcome) => outcome === -1 || `${outcome}`.startsWith('unclear'))).toEqual([]);
    expect(outcomes.some((outcome) => Number(outcome) > 0)).toBe(true);
  });
});
