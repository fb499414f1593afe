/** Simulated recordings as real video files: encoded, decoded again and held against what was rendered. */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  filmScene,
  sampleScenes,
  simulateArchive,
  type Scene,
  type SimulatedRecording,
} from '../../src-main/simulation/index.ts';
import { encodeVideo, openVideo } from '../../src-main/video/index.ts';

/** A day and a dusk recording, cut to two seconds. */
const scenes: Scene[] = sampleScenes(7)
  .filter(
    ({ camera, light }) =>
      (camera === 'Crossing' && light.kind === 'day') || (camera === 'Plaza' && light.kind === 'dusk'),
  )
  .filter((scene, index, all) => all.findIndex(({ camera }) => camera === scene.camera) === index)
  .map((scene) => ({ ...scene, seconds: 2 }));

let folder: string;
let made: SimulatedRecording[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anom-pi-simulate-'));
  made = await simulateArchive({ out: join(folder, 'first'), seed: 7, scenes, encode: encodeVideo });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('a simulated archive', () => {
  it('holds H.264 recordings of the size, rate and length that the ground truth says', async () => {
    expect(made).toHaveLength(2);
    for (const recording of made) {
      await using video = await openVideo(recording.path);
      expect(video.info).toMatchObject({ codec: 'h264', width: recording.width, height: recording.height });
      expect(video.info.frameRate).toBeCloseTo(recording.frameRate, 3);
      const packets = await video.scanPackets();
      expect(packets.times).toHaveLength(recording.frames);
      expect(packets.times.at(-1)).toBeCloseTo((recording.frames - 1) / recording.frameRate, 3);
    }
  });

  it('shows at each time what was rendered for it', async () => {
    for (const [index, recording] of made.entries()) {
      const scene = scenes[index];
      if (scene === undefined) throw new Error('fewer scenes than recordings');
      const { frames } = filmScene(scene);
      await using video = await openVideo(recording.path);
      const size = { width: recording.width, height: recording.height, fit: 'stretch' } as const;
      for await (const decoded of video.framesBetween(0, 0.7, size)) {
        const rendered = frames.next().value;
        if (rendered === undefined) throw new Error('fewer frames rendered than decoded');
        expect(decoded.time).toBeCloseTo(rendered.truth.time, 3);
        let squares = 0;
        for (let at = 0; at < decoded.rgb.length; at++)
          squares += ((decoded.rgb[at] ?? 0) - (rendered.rgb[at] ?? 0)) ** 2;
        // Noise that the encoder drops is most of the difference.
        expect(10 * Math.log10(255 ** 2 / (squares / decoded.rgb.length))).toBeGreaterThan(27);
      }
    }
  });

  it('is the same file for the same seed', async () => {
    const [scene] = scenes;
    const [again] = await simulateArchive({
      out: join(folder, 'second'),
      seed: 7,
      scenes: scene === undefined ? [] : [scene],
      encode: encodeVideo,
    });
    expect((await readFile(again?.path ?? '')).equals(await readFile(made[0]?.path ?? ''))).toBe(true);
  });

  it('leaves no partial file when it is cancelled', async () => {
    const stop = new AbortController();
    const out = join(folder, 'cancelled');
    const broken = simulateArchive({
      out,
      seed: 7,
      scenes,
      encode: encodeVideo,
      signal: stop.signal,
      onProgress: ({ done }) => {
        if (done === 10) stop.abort();
      },
    });
    await expect(broken).rejects.toMatchObject({ code: 'cancelled' });
    const left = (await readdir(out, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(left.map(({ name }) => name)).toEqual(['ground-truth.json']);
  });
});
