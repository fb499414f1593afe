/**
 * Watches a folder for recordings that are new or changed and not being written any more. By looking again and again:
 * notices of the system do not come from shares of the network, and asking for them can hang on one that is gone.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type AppError, appErrorFrom } from '../contract/errors.ts';
import { type FoundFile, type FoundUnreadable, walkVideoFiles } from './walk.ts';

/** Milliseconds. */
export interface WatchPace {
  /** A file rests once its size and time of change stood still for so long: recorders write at least every second. */
  readonly restMs: number;
  /** Between two looks at least, and at most. */
  readonly leastMs: number;
  readonly mostMs: number;
  /** Before the first new try where the folder is away; doubled each time, up to `mostMs`. */
  readonly backOffMs: number;
}

const pace: WatchPace = { restMs: 10_000, leastMs: 5000, mostMs: 300_000, backOffMs: 5000 };
/** A look may take this share of the time, so that a large folder on a slow disk is not read all day. */
const lookingShare = 1 / 20;
/** Files that are handed over at once: the rest follows when these are dealt with. */
const mostAtOnce = 200;

export type WatchStatus =
  | { readonly state: 'looking' }
  | {
      readonly state: 'watching';
      readonly lookedAtMs: number;
      readonly files: number;
      readonly beingWritten: number;
      readonly underWay: number;
    }
  | { readonly state: 'away'; readonly error: AppError; readonly nextTryAtMs: number };

export interface WatchOptions {
  /** Absolute. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Whether nothing is left to be done with the file as it is now. Asked once for each state of a file. */
  readonly isDone: (file: FoundFile) => boolean;
  /** Deals with files that rest; no others are handed over before it has ended. What it throws ends the watch. */
  readonly take: (files: readonly FoundFile[]) => Promise<void>;
  readonly onStatus: (status: WatchStatus) => void;
  readonly nowMs: () => number;
  readonly pace?: WatchPace;
}

/** A file as it was met: as long as it is the same, it is not asked about again. */
interface Met {
  readonly bytes: number;
  readonly mtimeMs: number;
  /** When it was first met like this. */
  readonly sinceMs: number;
  /** Nothing is left to be done, or it was tried. */
  readonly settled: boolean;
}

/** Watches until `signal` is aborted; then it ends without an error. */
export async function watchFolder(options: WatchOptions): Promise<void> {
  const { signal, onStatus, nowMs, take, pace: { restMs, leastMs, mostMs, backOffMs } = pace } = options;
  const met = new Map<string, Met>();
  let failures = 0;
  onStatus({ state: 'looking' });
  for (;;) {
    const begunAtMs = nowMs();
    const found = await lookInto(options);
    if (signal.aborted) return;
    // A clock that was set back meanwhile tells nothing.
    const tookMs = Math.max(0, nowMs() - begunAtMs);
    let waitMs = Math.min(mostMs, Math.max(leastMs, tookMs / lookingShare));
    if ('away' in found) {
      waitMs = Math.min(mostMs, backOffMs * 2 ** failures++);
      onStatus({ state: 'away', error: found.away, nextTryAtMs: nowMs() + waitMs });
    } else {
      failures = 0;
      const rested = meet(found.files, met, options, restMs);
      const beingWritten = [...met.values()].filter(({ settled }) => !settled).length - rested.length;
      const status = { state: 'watching', lookedAtMs: nowMs(), files: found.files.length, beingWritten } as const;
      const batch = rested.slice(0, mostAtOnce);
      onStatus({ ...status, underWay: batch.length });
      if (batch.length > 0) {
        await take(batch);
        for (const file of batch) settle(met, file);
        onStatus({ ...status, underWay: 0 });
        // What came meanwhile need not wait.
        waitMs = Math.min(leastMs, waitMs);
      }
      if (beingWritten > 0) waitMs = Math.min(waitMs, Math.max(leastMs, restMs));
    }
    try {
      await delay(waitMs, undefined, { signal });
    } catch {
      return; // Only the signal ends a delay.
    }
  }
}

/** All video files below the folder, or why it cannot be looked into. A part that cannot be read does not stop the rest. */
async function lookInto({
  folder,
  signal,
}: WatchOptions): Promise<{ readonly files: FoundFile[] } | { readonly away: AppError }> {
  const files: FoundFile[] = [];
  try {
    for await (const found of walkVideoFiles([folder], { signal })) {
      if (found.kind === 'file') files.push(found);
      else if (isRoot(found, folder)) return { away: found.error };
    }
  } catch (error) {
    return { away: appErrorFrom(error) };
  }
  return { files };
}

const isRoot = (found: FoundUnreadable, folder: string) => found.path === folder;

/** Brings `met` up to what was found; returns the files that rest and are not settled, in their order. */
function meet(files: readonly FoundFile[], met: Map<string, Met>, options: WatchOptions, restMs: number): FoundFile[] {
  const now = options.nowMs();
  const here = new Set(files.map((file) => file.path));
  for (const path of met.keys()) if (!here.has(path)) met.delete(path);
  return files.filter((file) => {
    const { path, bytes, mtimeMs } = file;
    const before = met.get(path);
    if (before?.bytes !== bytes || before.mtimeMs !== mtimeMs) {
      const settled = options.isDone(file);
      met.set(path, { bytes, mtimeMs, settled, sinceMs: now });
    }
    const known = met.get(path);
    if (known === undefined || known.settled || bytes === 0) return false;
    // What was written long ago need not be waited for; a time to come is of a clock that is wrong.
    const stoodMs = Math.max(now - known.sinceMs, mtimeMs <= now ? now - mtimeMs : 0);
    return stoodMs >= restMs;
  });
}

/** Whatever became of it: it is handed over again only once it has changed. */
function settle(met: Map<string, Met>, { path }: FoundFile): void {
  const known = met.get(path);
  if (known !== undefined) met.set(path, { ...known, settled: true });
}
