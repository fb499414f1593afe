/** Writes an archive of simulated recordings: a folder per camera, video files, and the ground truth beside them. */
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { hash32 } from '../math/random.ts';
import { bytesOf, earlierArchive, writeWhole } from './archive-folder.ts';
import { filmScene, frameCount } from './frames.ts';
import { incidentsOf, tracksOf, type FrameTruth } from './ground-truth.ts';
import { formatVersion, manifestFileName, manifestText, type RecordingTruth } from './manifest.ts';
import type { Scene } from './scene.ts';
import { sampleScenes } from './scenes/sample.ts';

/** Encodes frames to a file, written aside and renamed: `encodeVideo` of the video folder. */
export type EncodeFrames = (
  path: string,
  frames: Iterable<{ readonly rgb: Uint8Array }>,
  options: {
    readonly width: number;
    readonly height: number;
    readonly frameRate: number;
    readonly codec: 'h264';
    readonly gop: number;
    readonly crf: number;
    readonly preset: string;
    readonly signal?: AbortSignal;
  },
) => Promise<void>;

export interface SimulationProgress {
  /** Frames of all recordings. */
  readonly done: number;
  readonly total: number;
  /** The recording in work, relative to the archive. */
  readonly label: string;
}

export interface SimulateArchiveOptions {
  /** Folder of the archive; made where it is missing. */
  readonly out: string;
  readonly seed: number | string;
  /** The recordings; those of the sample where absent. No two may have the same camera and time. */
  readonly scenes?: readonly Scene[];
  readonly encode: EncodeFrames;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SimulationProgress) => void;
}

/** A recording of the archive with what is true of it. */
export interface SimulatedRecording extends RecordingTruth {
  /** Path of the video file, below `out`. */
  readonly path: string;
}

/** Quality of a recorder's stream: visible but harmless artefacts. */
const crf = 25;
/** Seconds from keyframe to keyframe, as recorders have it. */
const keyframeSeconds = 2;

/** `Front gate/Front gate_20260314_081500.mp4`, with forward slashes on every platform. */
const fileOf = (scene: Scene): string =>
  `${scene.camera}/${scene.camera}_${scene.startsAt.replaceAll('-', '').replaceAll(':', '').replace('T', '_')}.mp4`;

const framesFileFor = (file: string): string => `ground-truth/${file.replace(/\.mp4$/, '.jsonl')}`;
const framesFileOf = (scene: Scene): string => framesFileFor(fileOf(scene));

/** The same for the same scene: what a finished recording is known by. */
const keyOf = (scene: Scene): string => hash32(JSON.stringify(scene)).toString(16).padStart(8, '0');

/** What every recording of an archive is made with. */
interface Making {
  readonly out: string;
  readonly encode: EncodeFrames;
  readonly signal: AbortSignal | undefined;
  /** Called after every frame. */
  readonly onFrame: () => void;
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError('cancelled', 'The simulation was cancelled.');
}

/** Films and encodes one scene, and writes what is true of its frames. */
async function makeRecording(scene: Scene, making: Making): Promise<RecordingTruth> {
  const { out, encode, signal, onFrame } = making;
  throwIfAborted(signal);
  const [file, framesFile] = [fileOf(scene), framesFileOf(scene)];
  const film = filmScene(scene);
  const truths: FrameTruth[] = [];
  function* pictures(): Generator<{ rgb: Uint8Array }> {
    for (const { rgb, truth } of film.frames) {
      throwIfAborted(signal);
      truths.push(truth);
      yield { rgb };
      onFrame();
    }
  }
  const { width, height, frameRate, seconds, camera, startsAt } = scene;
  const gop = Math.round(keyframeSeconds * frameRate);
  await mkdir(dirname(join(out, file)), { recursive: true });
  await encode(join(out, file), pictures(), {
    width,
    height,
    frameRate,
    codec: 'h264',
    crf,
    preset: 'veryfast',
    gop,
    ...(signal === undefined ? {} : { signal }),
  });
  await writeWhole(join(out, framesFile), truths.map((truth) => `${JSON.stringify(truth)}\n`).join(''));
  return {
    file,
    framesFile,
    key: keyOf(scene),
    bytes: (await bytesOf(join(out, file))) ?? 0,
    camera,
    startsAt,
    seconds,
    frameRate,
    width,
    height,
    frames: truths.length,
    incidents: incidentsOf(scene),
    tracks: tracksOf(truths, scene),
    parked: film.parked,
  };
}

/** Whether `recording` stands in `out` as it was written. */
async function isWhole(out: string, recording: RecordingTruth): Promise<boolean> {
  const bytes = await bytesOf(join(out, recording.file));
  return bytes === recording.bytes && (await bytesOf(join(out, recording.framesFile))) !== null;
}

/**
 * Renders the archive of `seed` into `out`. The ground truth is written first and after every recording, so that an
 * archive that was broken off is known as one: the same call goes on where it stopped and leaves finished recordings as
 * they are. Recordings of an earlier archive in the same folder that are not part of this one are removed.
 * Errors: `invalid-argument` where `out` holds anything but an earlier archive; `cancelled` (no partial file stays);
 * `permission-denied`, `disk-full`; those of `encode`.
 */
export async function simulateArchive(options: SimulateArchiveOptions): Promise<SimulatedRecording[]> {
  const { out, seed, encode, signal, onProgress } = options;
  throwIfAborted(signal);
  const scenes = options.scenes ?? sampleScenes(seed);
  const files = scenes.map(fileOf);
  if (new Set(files).size < files.length) {
    throw new AppError('invalid-argument', 'Two scenes have the same camera and time.');
  }
  const earlier = await earlierArchive(out, files);
  const stale = (earlier?.files ?? []).filter((file) => !files.includes(file));
  const recordings: RecordingTruth[] = [];
  // Whatever may stand in the folder is listed before it is written, so that it is known as ours after a crash.
  const save = async (complete: boolean) => {
    const listed = complete ? files : [...files, ...stale];
    const later = (earlier?.recordings ?? []).filter(({ file }) => !recordings.some((made) => made.file === file));
    const text = manifestText({
      version: formatVersion,
      seed: String(seed),
      complete,
      files: listed,
      recordings: complete ? recordings : [...recordings, ...later],
    });
    await writeWhole(join(out, manifestFileName), text);
  };
  await save(false);

  const total = scenes.reduce((sum, scene) => sum + frameCount(scene), 0);
  let done = 0;
  for (const scene of scenes) {
    const label = fileOf(scene);
    const before = earlier?.recordings.find(({ file, key }) => file === label && key === keyOf(scene));
    if (before !== undefined && (await isWhole(out, before))) {
      recordings.push(before);
      done += frameCount(scene);
      onProgress?.({ done, total, label });
      continue;
    }
    const onFrame = () => onProgress?.({ done: ++done, total, label });
    recordings.push(await makeRecording(scene, { out, encode, signal, onFrame }));
    await save(false);
  }

  for (const file of stale) {
    await rm(join(out, file), { force: true });
    await rm(join(out, framesFileFor(file)), { force: true });
  }
  await save(true);
  return recordings.map((recording) => ({ ...recording, path: join(out, recording.file) }));
}
