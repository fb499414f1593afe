import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codecSupport, encodeVideo, ffmpegConfiguration, openVideo } from '../../src-main/video/index.ts';
import { makeVideo, numberedPicture } from '../support/videos.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anom-pi-encode-'));
});
afterAll(() => rm(folder, { recursive: true }));

const small = { width: 64, height: 48, frameRate: 25 };
function* pictures(count: number) {
  for (let number = 0; number < count; number++) yield { rgb: numberedPicture(small.width, small.height, number) };
}

describe('encodeVideo', () => {
  test.each(['h264', 'hevc', 'mpeg4', 'mjpeg', 'av1'] as const)(
    '%s: the same frames give the same bytes',
    async (codec) => {
      const files: Buffer[] = [];
      for (const name of ['first', 'second', 'third']) {
        // 160 pixels: x264's macroblock tree, which is left out, gave other bytes from run to run at this width.
        const path = await makeVideo(join(folder, `${name}-${codec}.mkv`), { codec, preset: 'medium', frames: 30 });
        files.push(await readFile(path));
      }
      const [first = Buffer.alloc(0), ...others] = files;
      expect(first.length).toBeGreaterThan(500);
      expect(others.map((file) => Buffer.compare(file, first))).toEqual([0, 0]);
    },
  );

  test('tags, frame rate and times are written', async () => {
    const path = join(folder, 'facts.mp4');
    const tags = { creation_time: '2024-05-06T07:08:09Z', title: 'gate' };
    await encodeVideo(path, pictures(10), { ...small, frameRate: 12.5, tags });
    await using reader = await openVideo(path);
    expect(reader.info).toMatchObject({ createdAt: '2024-05-06T07:08:09.000Z', frameRate: 12.5, codec: 'h264' });
    expect(reader.info.tags['title']).toBe('gate');
    expect(reader.info.seconds).toBeCloseTo(0.8, 6);
  });

  test('a failure or an abort leaves nothing behind, and what was there before stays', async () => {
    const own = join(folder, 'own');
    await mkdir(own);
    const path = join(own, 'kept.mp4');
    await writeFile(path, 'before');
    function* failing() {
      yield* pictures(3);
      throw new RangeError('no more pictures');
    }
    await expect(encodeVideo(path, failing(), small)).rejects.toThrow('no more pictures');
    const controller = new AbortController();
    function* aborting() {
      yield* pictures(3);
      controller.abort();
      yield* pictures(3);
    }
    const aborted = encodeVideo(path, aborting(), { ...small, signal: controller.signal });
    await expect(aborted).rejects.toMatchObject({ code: 'cancelled' });
    await expect(encodeVideo(path, [], small)).rejects.toMatchObject({ code: 'invalid-argument' });
    const wrongSize = encodeVideo(path, [{ rgb: new Uint8Array(5) }], small);
    await expect(wrongSize).rejects.toMatchObject({ code: 'invalid-argument' });
    expect(await readdir(own)).toEqual(['kept.mp4']);
    expect(await readFile(path, 'utf8')).toBe('before');
  });

  test('what cannot be written says so', async () => {
    const unnamed = encodeVideo(join(folder, 'video.unknown'), pictures(1), small);
    await expect(unnamed).rejects.toMatchObject({ code: 'invalid-argument' });
    const nowhere = encodeVideo(join(folder, 'none', 'video.mp4'), pictures(1), small);
    await expect(nowhere).rejects.toMatchObject({ code: 'not-found' });
    const still = encodeVideo(join(folder, 'video.mp4'), pictures(1), { ...small, frameRate: 0 });
    await expect(still).rejects.toMatchObject({ code: 'invalid-argument' });
  });
});

const tools = { mount: 'mount', unmount: 'umount' };

/** A file system of 300 kB; null where this machine does not let one be mounted. */
function mountSmallDisk(at: string): string | null {
  try {
    execFileSync(tools.mount, ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', at], { stdio: 'ignore' });
    return at;
  } catch {
    return null;
  }
}

describe('a full disk', () => {
  test.for([
    ['in the middle', 400],
    ['at the very end', 4],
  ] as const)(
    '%s: disk-full and no partial file (skipped where no small disk can be mounted)',
    async ([, frames], context) => {
      const at = await mkdtemp(join(folder, 'disk-'));
      const disk = mountSmallDisk(at);
      if (disk === null) return context.skip('a small disk cannot be mounted by this user');
      try {
        // Leaves one page: a few frames are still in FFmpeg's buffer when the trailer is written.
        await writeFile(join(disk, 'other'), Buffer.alloc(296 * 1024));
        const path = join(disk, 'video.mkv');
        const made = makeVideo(path, { codec: 'mjpeg', frames, width: 320, height: 240 });
        await expect(made).rejects.toMatchObject({ code: 'disk-full', message: expect.stringContaining(path) });
        expect(await readdir(disk)).toEqual(['other']);
      } finally {
        execFileSync(tools.unmount, [at]);
      }
    },
  );
});

test('codecSupport and ffmpegConfiguration tell what is inside', () => {
  const support = Object.fromEntries(codecSupport().map(({ name, ...can }) => [name, can]));
  expect(support['h264']).toEqual({ decode: true, encode: true });
  expect(support['hevc']?.decode).toBe(true);
  expect(support['msmpeg4v3']?.decode).toBe(true);
  expect(ffmpegConfiguration()).toMatch(/^\S+ .*--enable-gpl/);
});
