/** Makes one recording of an archive: films its scene, encodes it, and writes down what is true of every frame. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { hash32 } from '../math/random.ts';
import { bytesOf, writeWhole } from './archive-folder.ts';
import { filmScene } from './frames.ts';
import { incidentsOf, tracksOf, type FrameTruth } from './ground-truth.ts';
import type { RecordingTruth } from './manifest.ts';
import type { Scene } from './scene.ts';
import type { Encoding, SuiteRecording } from './suites/suite.ts';

/**
 * Encodes frames to a file, written aside and renamed: `encodeVideo` of the video folder. Frames share one array: each
 * must be done with before the next is asked for.
 */
export type EncodeFrames = (
  path: string,
  frames: Iterable<{ readonly rgb: Uint8Array }>,
  options: {
    readonly width: number;
    readonly height: number;
    readonly frameRate: number;
    readonly codec: 'h264';
    readonly gop: number;
    readonly crf?: number;
    readonly preset: string;
    readonly encoderOptions?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
  },
) => Promise<void>;

/** `Front gate/Front gate_20260314_081500.mp4`, with forward slashes on every platform. */
export const fileOf = ({
  camera,
  startsAt,
  folder = camera,
}: Pick<SuiteRecording, 'camera' | 'startsAt' | 'folder'>): string =>
  `${folder}/${camera}_${startsAt.replaceAll('-', '').replaceAll(':', '').replace('T', '_')}.mp4`;

export const framesFileFor = (file: string): string => `ground-truth/${file.replace(/\.mp4$/, '.jsonl')}`;

/** The same for the same scene and encoding: what a finished recording is known by. */
const keyOf = (scene: Scene, encoding: Encoding): string =>
  hash32(JSON.stringify([scene, encoding]))
    .toString(16)
    .padStart(8, '0');

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError('cancelled', 'The simulation was cancelled.');
}

/** The encoder's settings; x264 takes a constant quantiser only where no constant quality is set. */
function encoderSettings({ quality, gop, preset, encoderOptions }: Encoding) {
  const own = { ...('qp' in quality ? { crf: '-1', qp: String(quality.qp) } : {}), ...encoderOptions };
  return {
    ...{ codec: 'h264' as const, gop, preset, encoderOptions: own },
    ...('crf' in quality ? { crf: quality.crf } : {}),
  };
}

export interface RecordingOptions {
  /** Folder of the archive. */
  readonly out: string;
  readonly encode: EncodeFrames;
  /** What an earlier archive in the folder says of the same file. */
  readonly known: RecordingTruth | null;
  readonly signal?: AbortSignal | undefined;
  /** Called with the frames done so far. */
  readonly onProgress: (frames: number) => void;
}

/**
 * Makes `recording`, unless `known` says that it is there already and it is. Errors: `cancelled` (no partial file
 * stays); those of `encode` and of writing.
 */
export async function makeRecording(recording: SuiteRecording, options: RecordingOptions): Promise<RecordingTruth> {
  const { out, encode, known, signal, onProgress } = options;
  throwIfAborted(signal);
  const scene = recording.scene();
  const file = fileOf(recording);
  const [framesFile, key] = [framesFileFor(file), keyOf(scene, recording.encoding)];
  if (known?.key === key && (await isWhole(out, known))) {
    onProgress(known.frames);
    return known;
  }
  const film = filmScene(scene, { shareArray: true });
  const truths: FrameTruth[] = [];
  function* pictures(): Generator<{ rgb: Uint8Array }> {
    for (const { rgb, truth } of film.frames) {
      throwIfAborted(signal);
      truths.push(truth);
      yield { rgb };
      onProgress(truths.length);
    }
  }
  const { width, height, frameRate, seconds, camera, startsAt } = scene;
  await mkdir(dirname(join(out, file)), { recursive: true });
  await encode(join(out, file), pictures(), {
    ...{ width, height, frameRate },
    ...encoderSettings(recording.encoding),
    ...(signal === undefined ? {} : { signal }),
  });
  await writeWhole(join(out, framesFile), truths.map((truth) => `${JSON.stringify(truth)}\n`).join(''));
  return {
    ...{ file, framesFile, key },
    bytes: (await bytesOf(join(out, file))) ?? 0,
    ...{ camera, startsAt, seconds, frameRate, width, height },
    frames: truths.length,
    notes: recording.notes,
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
