import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manifestFrom } from './manifest.ts';
import { makingHere, simulateArchive, type SimulateArchiveOptions } from './archive.ts';
import type { EncodeFrames } from './recording.ts';
import { sampleScenes } from './scenes/sample.ts';
import { recordingOf, type Suite } from './suites/suite.ts';

/** Stands in for the video folder: writes the frames one after another, whole or not at all. */
const plainFile: EncodeFrames = async (path, frames, { width, height }) => {
  const pictures: Uint8Array[] = [];
  for (const { rgb } of frames) {
    expect(rgb.length).toBe(3 * width * height);
    pictures.push(rgb.slice());
  }
  await writeFile(path, Buffer.concat(pictures));
};

/** The scenes of the sample, small and short. */
const scenes = (seed: number, count = 2): Suite => ({
  name: 'small',
  recordings: sampleScenes(seed)
    .filter(({ camera }) => camera === 'Plaza')
    .slice(0, count)
    .map((scene) => recordingOf({ ...scene, seconds: 1, frameRate: 4, width: 64, height: 36 })),
});

/** Renders `suite` in this process. */
const simulate = ({
  encode = plainFile,
  ...options
}: Omit<SimulateArchiveOptions, 'make'> & { readonly encode?: EncodeFrames }) =>
  simulateArchive({ ...options, make: makingHere(options.suite, options.out, encode, options.signal) });

let out: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'anom-pi-simulate-'));
});
afterEach(async () => {
  await rm(out, { recursive: true });
});

const everyFile = async (): Promise<string[]> =>
  (await readdir(out, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .toSorted();

describe('simulateArchive', () => {
  it('writes recordings into a folder per camera, with names that carry camera and time, and the truth beside them', async () => {
    const seen: number[] = [];
    const made = await simulate({
      out,
      seed: 1,
      suite: scenes(1),
      onProgress: ({ done }) => seen.push(done),
    });
    expect(made.map(({ file }) => file)).toEqual([
      'Plaza/Plaza_20260314_103000.mp4',
      'Plaza/Plaza_20260314_120500.mp4',
    ]);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const manifest = manifestFrom(await readFile(join(out, 'ground-truth.json'), 'utf8'));
    expect(manifest?.complete).toBe(true);
    expect(manifest?.recordings.map((recording) => ({ ...recording, path: join(out, recording.file) }))).toEqual(made);
    for (const recording of made) {
      const lines = (await readFile(join(out, recording.framesFile), 'utf8')).trimEnd().split('\n');
      expect(lines).toHaveLength(recording.frames);
      expect(JSON.parse(lines[1] ?? '')).toMatchObject({ time: 0.25 });
      expect((await stat(recording.path)).size).toBe(recording.bytes);
    }
  });

  it('writes the same bytes for the same seed', async () => {
    const [first, second] = [join(out, 'a'), join(out, 'b')];
    for (const folder of [first, second]) await simulate({ out: folder, seed: 4, suite: scenes(4) });
    for (const file of [
      'ground-truth.json',
      'Plaza/Plaza_20260314_103000.mp4',
      'ground-truth/Plaza/Plaza_20260314_120500.jsonl',
    ]) {
      expect((await readFile(join(first, file))).equals(await readFile(join(second, file)))).toBe(true);
    }
  });

  it('leaves finished recordings of the same seed as they are and goes on after a cancel', async () => {
    const stop = new AbortController();
    const whole = scenes(1);
    const broken = simulate({
      out,
      seed: 1,
      suite: whole,
      signal: stop.signal,
      onProgress: ({ done }) => {
        if (done === 6) stop.abort();
      },
    });
    await expect(broken).rejects.toMatchObject({ code: 'cancelled' });
    expect(await everyFile()).toEqual([
      'Plaza_20260314_103000.jsonl',
      'Plaza_20260314_103000.mp4',
      'ground-truth.json',
    ]);
    expect(manifestFrom(await readFile(join(out, 'ground-truth.json'), 'utf8'))?.complete).toBe(false);
    const encoded: string[] = [];
    const made = await simulate({
      out,
      seed: 1,
      suite: whole,
      encode: async (path, frames, options) => {
        encoded.push(path);
        await plainFile(path, frames, options);
      },
    });
    expect(encoded).toEqual([join(out, 'Plaza/Plaza_20260314_120500.mp4')]);
    expect(made).toHaveLength(2);
  });

  it('writes the same archive with several recordings in work at a time', async () => {
    const [one, three] = [join(out, 'one'), join(out, 'three')];
    await simulate({ out: one, seed: 2, suite: scenes(2, 3) });
    const seen: number[] = [];
    await simulate({ out: three, seed: 2, suite: scenes(2, 3), atOnce: 3, onProgress: ({ done }) => seen.push(done) });
    for (const file of ['ground-truth.json', 'Plaza/Plaza_20260314_185510.mp4'])
      expect((await readFile(join(one, file))).equals(await readFile(join(three, file)))).toBe(true);
    expect(seen).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  });

  it('stops everything in work when one recording fails', async () => {
    const failing = simulate({
      out,
      seed: 1,
      suite: scenes(1, 3),
      atOnce: 2,
      encode: async (path, frames, options) => {
        if (path.includes('120500')) throw new Error('no room');
        await plainFile(path, frames, options);
      },
    });
    await expect(failing).rejects.toThrow('no room');
    expect(await everyFile()).not.toContain('Plaza_20260314_185510.mp4');
  });

  it('replaces an earlier archive and removes what is no longer part of it', async () => {
    await simulate({ out, seed: 1, suite: scenes(1, 2) });
    const before = await readFile(join(out, 'Plaza/Plaza_20260314_103000.mp4'));
    await simulate({ out, seed: 2, suite: scenes(2, 1) });
    expect(await everyFile()).toEqual([
      'Plaza_20260314_103000.jsonl',
      'Plaza_20260314_103000.mp4',
      'ground-truth.json',
    ]);
    expect((await readFile(join(out, 'Plaza/Plaza_20260314_103000.mp4'))).equals(before)).toBe(false);
  });

  it('touches nothing in a folder that holds anything else', async () => {
    await writeFile(join(out, 'mine.txt'), 'mine');
    await expect(simulate({ out, seed: 1, suite: scenes(1) })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    expect(await everyFile()).toEqual(['mine.txt']);
    await expect(simulate({ out: join(out, 'mine.txt'), seed: 1, suite: scenes(1) })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
  });

  it('never overwrites a file that is not its own, even in an earlier archive', async () => {
    await simulate({ out, seed: 1, suite: scenes(1, 1) });
    await writeFile(join(out, 'Plaza/Plaza_20260314_120500.mp4'), 'mine');
    await expect(simulate({ out, seed: 1, suite: scenes(1, 2) })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    expect(await readFile(join(out, 'Plaza/Plaza_20260314_120500.mp4'), 'utf8')).toBe('mine');
  });

  it('does not take a manifest that names files outside of its folder', async () => {
    const inner = join(out, 'inner');
    await mkdir(inner);
    await writeFile(join(out, 'precious.mp4'), 'mine');
    for (const file of ['../precious.mp4', '/etc/passwd', 'a/../../precious.mp4', 'C:\\precious.mp4']) {
      await writeFile(
        join(inner, 'ground-truth.json'),
        JSON.stringify({ format: 'anom-pi-simulated-archive', version: 1, files: [file], recordings: [] }),
      );
      await expect(simulate({ out: inner, seed: 1, suite: scenes(1) })).rejects.toMatchObject({
        code: 'invalid-argument',
      });
    }
    expect(await readFile(join(out, 'precious.mp4'), 'utf8')).toBe('mine');
  });

  it('refuses two scenes of the same camera and time', async () => {
    const { recordings } = scenes(1);
    const twice = { name: 'twice', recordings: [...recordings, ...recordings] };
    await expect(simulate({ out, seed: 1, suite: twice })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
  });

  it('writes nothing when it is cancelled from the start', async () => {
    await expect(
      simulate({
        out: join(out, 'new'),
        seed: 1,
        suite: scenes(1),
        signal: AbortSignal.abort(),
      }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(out)).toEqual([]);
  });
});
