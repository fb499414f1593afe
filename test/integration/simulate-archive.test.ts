/** Simulated recordings as real video files: encoded, decoded again and held against what was rendered. */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  filmScene,
  makingHere,
  recordingOf,
  sampleScenes,
  simulateArchive,
  type Scene,
  type SimulateArchiveOptions,
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

type Given = Omit<SimulateArchiveOptions, 'seed' | 'suite' | 'make'> & { readonly scenes: readonly Scene[] };
const simulate = ({ scenes: given, ...options }: Given) => {
  const suite = { name: 'short', recordings: given.map(recordingOf) };
  return simulateArchive({
    ...{ ...options, suite, seed: 7 },
    make: makingHere(suite, options.out, encodeVideo, options.signal),
  });
};

let folder: string;
let made: SimulatedRecording[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anom-pi-simulate-'));
  made = await simulate({ out: join(folder, 'first'), scenes });
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
    const [again] = await simulate({
      out: join(folder, 'second'),
      scenes: scene === undefined ? [] : [scene],
    });
    expect((await readFile(again?.path ?? '')).equals(await readFile(made[0]?.path ?? ''))).toBe(true);
  });

  it('has the group of pictures and the quantiser that its suite asks for', async () => {
    const [scene] = scenes;
    if (scene === undefined) throw new Error('there is no scene');
    const sizes: number[] = [];
    for (const qp of [18, 40]) {
      const quantised = { ...recordingOf(scene), encoding: { quality: { qp }, gop: 10, preset: 'veryfast' as const } };
      const suite = { name: 'quantised', recordings: [quantised] };
      const out = join(folder, `qp-${qp}`);
      const [recording] = await simulateArchive({ out, seed: 7, suite, make: makingHere(suite, out, encodeVideo) });
      await using video = await openVideo(recording?.path ?? '');
      const { keyframe } = await video.scanPackets();
      expect([...keyframe]).toEqual(Array.from(keyframe, (_, index) => (index % 10 === 0 ? 1 : 0)));
      sizes.push(recording?.bytes ?? 0);
    }
    expect(sizes[0]).toBeGreaterThan(5 * (sizes[1] ?? Infinity));
  });

  it('leaves no partial file when it is cancelled', async () => {
    const stop = new AbortController();
    const out = join(folder, 'cancelled');
    const broken = simulate({
      out,
      scenes,
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
