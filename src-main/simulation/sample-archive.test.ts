import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manifestFrom } from './manifest.ts';
import { simulateArchive, type EncodeFrames } from './sample-archive.ts';
import type { Scene } from './scene.ts';
import { sampleScenes } from './scenes/sample.ts';

/** Stands in for the video folder: writes the frames one after another, whole or not at all. */
const plainFile: EncodeFrames = async (path, frames, { width, height }) => {
  const pictures: Uint8Array[] = [];
  for (const { rgb } of frames) {
    expect(rgb.length).toBe(3 * width * height);
    pictures.push(rgb);
  }
  await writeFile(path, Buffer.concat(pictures));
};

/** The scenes of the sample, small and short. */
const scenes = (seed: number, count = 2): Scene[] =>
  sampleScenes(seed)
    .filter(({ camera }) => camera === 'Plaza')
    .slice(0, count)
    .map((scene) => ({ ...scene, seconds: 1, frameRate: 4, width: 64, height: 36 }));

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
    const made = await simulateArchive({
      out,
      seed: 1,
      scenes: scenes(1),
      encode: plainFile,
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
    for (const folder of [first, second])
      await simulateArchive({ out: folder, seed: 4, scenes: scenes(4), encode: plainFile });
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
    const broken = simulateArchive({
      out,
      seed: 1,
      scenes: whole,
      encode: plainFile,
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
    const made = await simulateArchive({
      out,
      seed: 1,
      scenes: whole,
      encode: async (path, frames, options) => {
        encoded.push(path);
        await plainFile(path, frames, options);
      },
    });
    expect(encoded).toEqual([join(out, 'Plaza/Plaza_20260314_120500.mp4')]);
    expect(made).toHaveLength(2);
  });

  it('replaces an earlier archive and removes what is no longer part of it', async () => {
    await simulateArchive({ out, seed: 1, scenes: scenes(1, 2), encode: plainFile });
    const before = await readFile(join(out, 'Plaza/Plaza_20260314_103000.mp4'));
    await simulateArchive({ out, seed: 2, scenes: scenes(2, 1), encode: plainFile });
    expect(await everyFile()).toEqual([
      'Plaza_20260314_103000.jsonl',
      'Plaza_20260314_103000.mp4',
      'ground-truth.json',
    ]);
    expect((await readFile(join(out, 'Plaza/Plaza_20260314_103000.mp4'))).equals(before)).toBe(false);
  });

  it('touches nothing in a folder that holds anything else', async () => {
    await writeFile(join(out, 'mine.txt'), 'mine');
    await expect(simulateArchive({ out, seed: 1, scenes: scenes(1), encode: plainFile })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    expect(await everyFile()).toEqual(['mine.txt']);
    await expect(
      simulateArchive({ out: join(out, 'mine.txt'), seed: 1, scenes: scenes(1), encode: plainFile }),
    ).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  it('never overwrites a file that is not its own, even in an earlier archive', async () => {
    await simulateArchive({ out, seed: 1, scenes: scenes(1, 1), encode: plainFile });
    await writeFile(join(out, 'Plaza/Plaza_20260314_120500.mp4'), 'mine');
    await expect(simulateArchive({ out, seed: 1, scenes: scenes(1, 2), encode: plainFile })).rejects.toMatchObject({
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
      await expect(
        simulateArchive({ out: inner, seed: 1, scenes: scenes(1), encode: plainFile }),
      ).rejects.toMatchObject({ code: 'invalid-argument' });
    }
    expect(await readFile(join(out, 'precious.mp4'), 'utf8')).toBe('mine');
  });

  it('refuses two scenes of the same camera and time', async () => {
    const [scene] = scenes(1);
    if (scene === undefined) throw new Error('the sample has no plaza');
    await expect(simulateArchive({ out, seed: 1, scenes: [scene, scene], encode: plainFile })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
  });

  it('writes nothing when it is cancelled from the start', async () => {
    await expect(
      simulateArchive({
        out: join(out, 'new'),
        seed: 1,
        scenes: scenes(1),
        encode: plainFile,
        signal: AbortSignal.abort(),
      }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(out)).toEqual([]);
  });
});
