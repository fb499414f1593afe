/** Watched folders at work: each one's new recordings become a job, one after the other, and each one tells how it stands. */
import { resolve as resolvePath } from 'node:path';
import { type FoundFile, walkVideoFiles, watchFolder, type WatchPace, type WatchStatus } from '../archive/index.ts';
import { AppError } from '../contract/errors.ts';
import type { Job } from '../contract/job.ts';
import type { EventSink, EventSource } from '../contract/service.ts';
import type { WatchedFolder } from '../contract/watched-folder.ts';
import type { Store, StoredWatch } from '../store/index.ts';
import type { Jobs } from './jobs.ts';

type WatchStore = Pick<Store, 'watchedFolders' | 'recordings' | 'recordingLists' | 'unreadableFiles'>;

export interface Watches {
  list(): WatchedFolder[];
  /** Errors: `not-found`, `permission-denied`, `file-unreadable` for a folder that cannot be looked into; then none is added. */
  add(folders: readonly string[], scan: boolean): Promise<WatchedFolder[]>;
  /** What was begun for it goes on. Errors: `not-found`. */
  remove(folder: string): WatchedFolder[];
  /** Ends all watching; resolves when nothing looks any more. */
  close(): Promise<void>;
}

interface Running {
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  shown: WatchedFolder;
}

/** A window is told at most this often how a folder stands. */
const tellingMs = 500;

export function createWatches(options: {
  readonly store: WatchStore;
  readonly jobs: Pick<Jobs, 'start' | 'list'>;
  readonly hub: EventSource & EventSink;
  readonly log: (line: string) => void;
  readonly now: () => number;
  readonly pace?: WatchPace;
}): Watches {
  const { store, jobs, hub, log, now, pace } = options;
  const running = new Map<string, Running>();
  let telling: NodeJS.Timeout | null = null;

  const list = () => store.watchedFolders.list().flatMap(({ path }) => running.get(path)?.shown ?? []);
  function tell(): void {
    telling ??= setTimeout(() => {
      telling = null;
      hub.emit('folders.watched', { items: list() });
    }, tellingMs).unref();
  }

  function show(path: string, patch: Partial<WatchedFolder>): void {
    const entry = running.get(path);
    if (entry === undefined) return;
    entry.shown = { ...entry.shown, ...patch };
    tell();
  }

  /** Errors of starting a job end the watch: the store is full or gone, and nothing else would work either. */
  async function take(path: string, files: readonly FoundFile[], signal: AbortSignal): Promise<void> {
    const scan = running.get(path)?.shown.scan ?? true;
    const params = { watched: path, files: files.map((file) => file.path) };
    const job = scan ? jobs.start('scan', { ...params, again: false }) : jobs.start('import', params);
    await endOf(hub, jobs, job.id, signal);
    show(path, { taken: (running.get(path)?.shown.taken ?? 0) + files.length });
  }

  function begin({ path, scan }: StoredWatch): void {
    const abort = new AbortController();
    const { signal } = abort;
    const watching = watchFolder({
      ...{ folder: path, signal, nowMs: now },
      ...(pace !== undefined && { pace }),
      isDone: (file) => isDone(store, file, running.get(path)?.shown.scan ?? scan),
      take: (files) => take(path, files, signal),
      onStatus: (status) => show(path, shownFrom(status)),
    });
    const ended = watching.catch((error: unknown) => {
      log(`watching ${path} ended: ${String(error)}`);
      show(path, { state: 'away', reason: error instanceof Error ? error.message : String(error), nextTryAtMs: null });
    });
    const shown: WatchedFolder = {
      ...{ path, scan, state: 'looking', reason: null, nextTryAtMs: null, lookedAtMs: null },
      ...{ files: 0, beingWritten: 0, underWay: 0, taken: 0 },
    };
    running.set(path, { abort, ended, shown });
  }

  for (const stored of store.watchedFolders.list()) begin(stored);

  return {
    list,
    async add(given, scan) {
      // As a walk names it: without a slash at its end.
      const folders = given.map((folder) => resolvePath(folder));
      for (const folder of folders) await requireFolder(folder);
      for (const path of folders) {
        const known = running.get(path);
        store.watchedFolders.put({ path, scan, addedAtMs: now() });
        // What was only indexed so far is looked at again: another thing is to be done with it now.
        if (known !== undefined && known.shown.scan !== scan) known.abort.abort();
        if (known === undefined || known.shown.scan !== scan) begin({ path, scan, addedAtMs: now() });
      }
      tell();
      return list();
    },
    remove(given) {
      const folder = resolvePath(given);
      if (!store.watchedFolders.remove(folder)) {
        throw new AppError('not-found', `The folder ${folder} is not watched.`, { details: { path: folder } });
      }
      running.get(folder)?.abort.abort();
      running.delete(folder);
      tell();
      return list();
    },
    async close() {
      if (telling !== null) clearTimeout(telling);
      const all = [...running.values()];
      for (const { abort } of all) abort.abort();
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}

/** A file is done with where it was read as it is now, and looked through where that is wanted, or cannot be read. */
function isDone(store: WatchStore, { path, bytes, mtimeMs }: FoundFile, scan: boolean): boolean {
  const isSame = (known: { readonly bytes: number; readonly mtimeMs: number } | undefined) =>
    known?.bytes === bytes && known.mtimeMs === mtimeMs;
  if (isSame(store.unreadableFiles.at(path))) return true;
  const known = store.recordings.at(path);
  if (known === undefined || !isSame(known)) return false;
  if (!scan) return true;
  const [row] = store.recordingLists.rows([known.recording]);
  return row === undefined || row.scanned || row.status !== 'ready';
}

function shownFrom(status: WatchStatus): Partial<WatchedFolder> {
  switch (status.state) {
    case 'looking':
      return { state: 'looking', reason: null, nextTryAtMs: null };
    case 'watching':
      return { ...status, reason: null, nextTryAtMs: null };
    case 'away':
      return { state: 'away', reason: status.error.message, nextTryAtMs: status.nextTryAtMs };
    default:
      return status satisfies never;
  }
}

const endStates: ReadonlySet<Job['state']> = new Set(['done', 'failed', 'paused']);

/** Waits for the end of a job, whatever it is, or of the watch. */
function endOf(hub: EventSource, jobs: Pick<Jobs, 'list'>, id: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      off();
      signal.removeEventListener('abort', settle);
      resolve();
    };
    const off = hub.on('job.changed', (job) => {
      if (job.id === id && endStates.has(job.state)) settle();
    });
    signal.addEventListener('abort', settle, { once: true });
    const state = jobs.list().find((job) => job.id === id)?.state;
    if (signal.aborted || (state !== undefined && endStates.has(state))) settle();
  });
}

/** Looks into it as the watch will: what cannot be looked into now is most likely a typing error. */
async function requireFolder(folder: string): Promise<void> {
  for await (const found of walkVideoFiles([folder])) {
    if (found.path !== folder) return;
    if (found.kind === 'file') {
      throw new AppError('not-found', `${folder} is a file; choose the folder that it is in.`, {
        details: { path: folder },
      });
    }
    const { code, message } = found.error;
    throw new AppError(code, `The folder ${folder} cannot be watched. ${message}`, {
      details: { path: folder },
      cause: found.error,
    });
  }
}
