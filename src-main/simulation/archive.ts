/** Writes an archive of simulated recordings: a folder per camera, video files, and the ground truth beside them. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { earlierArchive, writeWhole } from './archive-folder.ts';
import { frameCount } from './frames.ts';
import { formatVersion, manifestFileName, manifestText, type RecordingTruth } from './manifest.ts';
import { fileOf, framesFileFor, makeRecording, throwIfAborted, type EncodeFrames } from './recording.ts';
import type { Suite } from './suites/suite.ts';

export interface SimulationProgress {
  /** Frames of all recordings. */
  readonly done: number;
  readonly total: number;
  /** The recording in work, relative to the archive. */
  readonly label: string;
}

/**
 * Makes recording `number` of the suite, here or in another process; `known` is what an earlier archive in the folder
 * says of it, and comes back where it still holds. `onProgress` takes the frames done.
 */
export type MakeRecording = (
  number: number,
  known: RecordingTruth | null,
  onProgress: (frames: number) => void,
) => Promise<RecordingTruth>;

export interface SimulateArchiveOptions {
  /** Folder of the archive; made where it is missing. */
  readonly out: string;
  readonly seed: number | string;
  /** What to render. No two recordings may have the same folder and time. */
  readonly suite: Suite;
  readonly make: MakeRecording;
  /** Recordings in work at a time; one where absent. */
  readonly atOnce?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: SimulationProgress) => void;
}

/** A recording of the archive with what is true of it. */
export interface SimulatedRecording extends RecordingTruth {
  /** Path of the video file, below `out`. */
  readonly path: string;
}

/** Makes the recordings of `suite` in this process. */
export const makingHere =
  (suite: Suite, out: string, encode: EncodeFrames, signal?: AbortSignal): MakeRecording =>
  async (number, known, onProgress) => {
    const recording = suite.recordings[number];
    if (recording === undefined) throw new RangeError(`${suite.name} has no recording ${number}`);
    return await makeRecording(recording, { out, encode, known, signal, onProgress });
  };

/**
 * Renders `suite` into `out`. The ground truth is written first and after every recording, so that an archive that was
 * broken off is known as one: the same call goes on where it stopped and leaves finished recordings as they are.
 * Recordings of an earlier archive in the same folder that are not part of this one are removed.
 * Errors: `invalid-argument` where `out` holds anything but an earlier archive; `cancelled` (no partial file stays);
 * `permission-denied`, `disk-full`; those of `make`.
 */
export async function simulateArchive(options: SimulateArchiveOptions): Promise<SimulatedRecording[]> {
  const { out, seed, suite, make, signal, onProgress, atOnce = 1 } = options;
  throwIfAborted(signal);
  const files = suite.recordings.map(fileOf);
  if (new Set(files).size < files.length) {
    throw new AppError('invalid-argument', 'Two recordings have the same camera and time.');
  }
  const earlier = await earlierArchive(out, files);
  const stale = (earlier?.files ?? []).filter((file) => !files.includes(file));
  const made = new Map<string, RecordingTruth>();
  const inOrder = () => files.flatMap((file) => made.get(file) ?? []);

  let saving = Promise.resolve();
  // Whatever may stand in the folder is listed before it is written, so that it is known as ours after a crash.
  const save = (complete: boolean): Promise<void> => {
    const later = (earlier?.recordings ?? []).filter(({ file }) => !made.has(file));
    const text = manifestText({
      version: formatVersion,
      suite: suite.name,
      seed: String(seed),
      complete,
      files: complete ? files : [...files, ...stale],
      recordings: complete ? inOrder() : [...inOrder(), ...later],
    });
    saving = saving.then(() => writeWhole(join(out, manifestFileName), text));
    return saving;
  };
  await save(false);

  const total = suite.recordings.reduce((sum, recording) => sum + frameCount(recording), 0);
  const done = new Float64Array(files.length);
  let next = 0;
  let failed = false;
  const work = async (): Promise<void> => {
    for (let number = next++; number < files.length && !failed; number = next++) {
      throwIfAborted(signal);
      const label = files[number] ?? '';
      const known = earlier?.recordings.find(({ file }) => file === label) ?? null;
      const truth = await make(number, known, (frames) => {
        done[number] = frames;
        onProgress?.({ done: done.reduce((sum, each) => sum + each, 0), total, label });
      });
      made.set(label, truth);
      await save(false);
    }
  };
  const outcomes = await Promise.allSettled(
    Array.from({ length: atOnce }, () =>
      work().catch((error: unknown) => {
        failed = true;
        throw error;
      }),
    ),
  );
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;

  for (const file of stale) {
    await rm(join(out, file), { force: true });
    await rm(join(out, framesFileFor(file)), { force: true });
  }
  await save(true);
  return inOrder().map((recording) => ({ ...recording, path: join(out, recording.file) }));
}
