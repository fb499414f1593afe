/** Imports folders of recordings: each file recognised, probed or listed with the reason why not; nothing stops the rest. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, type ErrorCode } from '../contract/errors.ts';
import type { Recording } from '../contract/recording.ts';
import type { SeenFile, Store } from '../store/index.ts';
import { cameraName } from './camera-name.ts';
import { fileErrorFrom } from './file-error.ts';
import { fingerprint } from './fingerprint.ts';
import { systemTimeZone } from './local-time.ts';
import { type NamePattern, readName } from './name-pattern.ts';
import { readClock } from './read-clock.ts';
import { readAhead } from './read-ahead.ts';
import { recorderPatterns } from './recorder-patterns.ts';
import { type FoundFile, type FoundUnreadable, walkVideoFiles } from './walk.ts';

/** What the probe tells of a file; sizes are as displayed, time runs from the first video frame. */
export interface ProbedVideo extends NonNullable<Recording['video']> {
  /** What the container says of its making, ISO 8601. */
  readonly createdAt: string | null;
}

/** Looks into a file, in a worker. @throws AppError with the reason why it cannot be read. */
export type Probe = (file: string, signal?: AbortSignal) => Promise<ProbedVideo>;

/** What became of one file, or of one folder that could not be read. */
export type ImportedFile =
  | {
      readonly path: string;
      readonly recording: string;
      /** `moved`: known content whose file is gone from where it was; `duplicate`: known content that is there twice. */
      readonly outcome: 'added' | 'unchanged' | 'moved' | 'duplicate';
    }
  | { readonly path: string; readonly outcome: 'unreadable'; readonly code: ErrorCode; readonly reason: string };

export interface ImportProgress {
  /** Files dealt with. */
  readonly done: number;
  /** Files found so far; grows until the folders were read. */
  readonly found: number;
  readonly path: string;
}

export interface ImportSummary {
  readonly added: number;
  readonly unchanged: number;
  readonly moved: number;
  readonly duplicates: number;
  readonly unreadable: number;
  /** Ids of the recordings met, each once, in the order in which they were finished. */
  readonly recordings: readonly string[];
}

export interface ImportOptions {
  readonly folders: readonly string[];
  readonly probe: Probe;
  readonly store: Pick<Store, 'cameras' | 'recordings' | 'unreadableFiles' | 'transaction'>;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Called once for every file as it is finished, in no particular order. */
  readonly onFile?: ((file: ImportedFile) => void) | undefined;
  /** Tried before the recorders' own; see name-pattern.ts. */
  readonly patterns?: readonly NamePattern[] | undefined;
  /** IANA zone of cameras that have none of their own; the computer's by default. */
  readonly timeZone?: string | undefined;
  /** Files in work at once; as many as there are workers to probe them. */
  readonly concurrency?: number | undefined;
  /** Also tries again those files that crashed or hung their worker and have not changed since. */
  readonly again?: boolean | undefined;
  /**
   * A file that was changed less than this ago is watched for as long: where it grows, it is being written. A recorder
   * writes a block at least every second.
   */
  readonly settleMs?: number | undefined;
  readonly nowMs?: (() => number) | undefined;
}

/** Codes of files whose probe is not worth repeating while they are unchanged: it cost a worker its life. */
const COSTLY: ReadonlySet<ErrorCode> = new Set(['quarantined', 'worker-crashed', 'worker-timeout']);
/** Unchanged files are only touched, many in one transaction. */
const TOUCH_BATCH = 500;

/**
 * Imports all recordings in `folders`. Sources are opened for reading only. Running it again adds nothing twice; a file
 * with the same path, size and time of change is not opened at all. A moved recording keeps its camera and clock.
 * @throws AppError `cancelled` once `signal` is aborted (what is finished stays), `disk-full` and others of the store.
 */
export async function importFolder(options: ImportOptions): Promise<ImportSummary> {
  const { folders, store, signal, nowMs = Date.now, concurrency = 2 } = options;
  const begunAtMs = nowMs();
  const counts = { added: 0, unchanged: 0, moved: 0, duplicate: 0, unreadable: 0 };
  const recordings = new Set<string>();
  const unchanged: string[] = [];
  const flushUnchanged = () => store.recordings.touch(unchanged.splice(0), nowMs());
  let found = 0;
  let done = 0;

  const finish = (file: ImportedFile) => {
    counts[file.outcome]++;
    done++;
    if (file.outcome !== 'unreadable') recordings.add(file.recording);
    if (file.outcome === 'unchanged' && unchanged.push(file.path) >= TOUCH_BATCH) flushUnchanged();
    options.onFile?.(file);
    options.onProgress?.({ done, found, path: file.path });
  };
  const files = readAhead(walkVideoFiles(folders, { signal }), () => found++);
  const consume = async () => {
    // An async generator serves its callers in turn, so that several may draw from one. Where one of them fails it is
    // ended, and the others stop after the file in hand.
    for await (const file of files) {
      signal?.throwIfAborted();
      finish(await importFound(file, options));
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.max(1, concurrency) }, consume));
  flushUnchanged();
  if (signal?.aborted) throw new AppError('cancelled', 'The import was cancelled.');
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  await forgetMissing(folders, begunAtMs, store);
  const { added, moved, duplicate: duplicates, unreadable } = counts;
  return { added, unchanged: counts.unchanged, moved, duplicates, unreadable, recordings: [...recordings] };
}

/** Failures of the file become its outcome; those of the store and cancelling go up. */
async function importFound(found: FoundFile | FoundUnreadable, options: ImportOptions): Promise<ImportedFile> {
  const { store, probe, signal } = options;
  if (found.kind === 'unreadable')
    return noteUnreadable({ path: found.path, bytes: 0, mtimeMs: 0 }, found.error, options);
  const known = store.recordings.at(found.path);
  if (known !== undefined && isSame(known, found)) {
    return { path: found.path, recording: known.recording, outcome: 'unchanged' };
  }
  const refuse = (error: AppError) => {
    // What the path held before is not there any more.
    if (known !== undefined) store.recordings.forgetPath(found.path);
    return noteUnreadable(found, error, options);
  };
  const before = store.unreadableFiles.at(found.path);
  if (before !== undefined && isSame(before, found) && COSTLY.has(before.code) && options.again !== true) {
    return refuse(new AppError(before.code, before.reason));
  }
  const id = await orReason(found, signal, () => identify(found, options));
  if (id instanceof AppError) return refuse(id);
  if (store.recordings.get(id) !== undefined) return enter(found, id, null, options);
  const video = await orReason(found, signal, async () => {
    const probed = await probe(found.path, signal);
    await assertUnchanged(found);
    assertSound(probed);
    return probed;
  });
  return video instanceof AppError ? refuse(video) : enter(found, id, video, options);
}

/** What `work` on a file gives, or why it failed; a failure after cancelling is thrown. */
async function orReason<Result>(
  file: FoundFile,
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result | AppError> {
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    return fileErrorFrom(error, file.path);
  }
}

/** The fingerprint of a file that is not being written. */
async function identify(
  file: FoundFile,
  { signal, settleMs = 1000, nowMs = Date.now }: ImportOptions,
): Promise<string> {
  if (file.bytes === 0) throw new AppError('video-damaged', 'It is empty.');
  const ageMs = nowMs() - file.mtimeMs;
  if (ageMs >= 0 && ageMs < settleMs) await delay(settleMs - ageMs, undefined, { signal });
  const { id } = await fingerprint(file.path, { signal });
  await assertUnchanged(file);
  return id;
}

async function assertUnchanged(file: FoundFile): Promise<void> {
  const now = await stat(file.path);
  if (isSame({ bytes: now.size, mtimeMs: Math.trunc(now.mtimeMs) }, file)) return;
  throw new AppError('file-unreadable', 'It is still being written; the next import takes it up.');
}

/** A broken header may tell anything; what is stored must make sense. */
function assertSound({ seconds, width, height, frameRate }: ProbedVideo): void {
  const isSound =
    Number.isFinite(seconds) &&
    seconds >= 0 &&
    [width, height].every((side) => Number.isSafeInteger(side) && side > 0) &&
    (frameRate === null || Number.isFinite(frameRate));
  if (!isSound) throw new AppError('video-damaged', 'Its header tells a duration or a size that cannot be.');
}

const isSame = (a: Pick<SeenFile, 'bytes' | 'mtimeMs'>, b: Pick<SeenFile, 'bytes' | 'mtimeMs'>) =>
  a.bytes === b.bytes && a.mtimeMs === b.mtimeMs;

async function enter(
  file: FoundFile,
  id: string,
  video: ProbedVideo | null,
  options: ImportOptions,
): Promise<ImportedFile> {
  const { store, nowMs = Date.now } = options;
  const atMs = nowMs();
  const seen = { path: file.path, bytes: file.bytes, mtimeMs: file.mtimeMs };
  const others = store.recordings.pathsOf(id).filter((other) => other.path !== file.path);
  const gone: string[] = [];
  for (const other of others) if (await isMissing(other.path)) gone.push(other.path);
  return store.transaction(() => {
    store.unreadableFiles.remove(file.path);
    const isNew = video !== null && store.recordings.add(describe(file, id, video, atMs, options), seen) === 'added';
    if (video === null) store.recordings.addPath(id, seen, atMs);
    gone.forEach((each) => store.recordings.forgetPath(each));
    const known = others.length > gone.length ? 'duplicate' : 'moved';
    return { path: file.path, recording: id, outcome: isNew ? 'added' : known };
  });
}

function describe(file: FoundFile, id: string, probed: ProbedVideo, addedAtMs: number, options: ImportOptions) {
  const { createdAt, ...video } = probed;
  const reading = readName(file.path, [...(options.patterns ?? []), ...recorderPatterns]);
  const camera = options.store.cameras.ensure(cameraName(file.path, reading));
  const timeZone = camera.timeZone ?? options.timeZone ?? systemTimeZone();
  const clock = readClock({ reading, createdAt, mtimeMs: file.mtimeMs, seconds: video.seconds, timeZone });
  return { id, camera: camera.id, bytes: file.bytes, clock, video, addedAtMs };
}

function noteUnreadable(file: SeenFile, error: AppError, { store, nowMs = Date.now }: ImportOptions): ImportedFile {
  const { code, message: reason } = error;
  const { path: place, bytes, mtimeMs } = file;
  // A file that vanished, or a folder that never was, is nothing to remember.
  if (code !== 'not-found') store.unreadableFiles.put({ path: place, bytes, mtimeMs, code, reason, seenAtMs: nowMs() });
  return { path: place, outcome: 'unreadable', code, reason };
}

/** After a whole walk: paths below the folders that were not met and are not there. A missing folder forgets nothing. */
async function forgetMissing(
  folders: readonly string[],
  begunAtMs: number,
  store: ImportOptions['store'],
): Promise<void> {
  for (const folder of folders.map((each) => path.resolve(each))) {
    if (await isMissing(folder)) continue;
    for (const { path: known } of store.recordings.pathsUnder(folder, path.sep, begunAtMs)) {
      if (await isMissing(known)) store.recordings.forgetPath(known);
    }
    for (const { path: listed } of store.unreadableFiles.under(folder, path.sep, begunAtMs)) {
      store.unreadableFiles.remove(listed);
    }
  }
}

async function isMissing(file: string): Promise<boolean> {
  try {
    await stat(file);
    return false;
  } catch (error) {
    return fileErrorFrom(error, file).code === 'not-found';
  }
}
