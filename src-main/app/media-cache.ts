/** Files made for the player, kept on disk up to a limit; whatever is lost of them is made again. */
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { storeErrorFrom } from '../store/index.ts';

/** A file that stays where it is until this is disposed of. */
export interface HeldFile extends Disposable {
  readonly path: string;
}

/** Makes files and gives each to `keep`, which moves it into the cache under its key. */
export type MakeFiles = (keep: (key: string, madeAt: string) => Promise<void>, signal: AbortSignal) => Promise<void>;

export interface MediaCache {
  /**
   * The file of `key`, a relative path with `/`; made where it is not there, once for all who ask for it meanwhile, and
   * not any more when none of them waits.
   * Errors: those of `make`, `disk-full` and `permission-denied` where the folder cannot be written, `cancelled`.
   */
  get(key: string, make: MakeFiles, signal: AbortSignal): Promise<HeldFile>;
  /** The file of `key` where it is there. Errors: as `get`. */
  find(key: string): Promise<HeldFile | null>;
  /** Moves the file `madeAt` into the cache, in place of what was there under `key`. Errors: as `get`. */
  put(key: string, madeAt: string): Promise<void>;
  /** Removes the file of `key`: it is not what it should be. */
  forget(key: string): Promise<void>;
}

export interface MediaCacheOptions {
  /** Belongs to the cache alone. Other forms of what is made lie in other folders beside it, which are removed. */
  readonly folder: string;
  /** Bytes that the files may take; what is in use may exceed them for as long as it is. */
  readonly limit: () => number;
  readonly log: (line: string) => void;
}

interface Entry {
  bytes: number;
  /** Who holds the file now, and whatever takes its place meanwhile. */
  holders: number;
  touchedAtMs: number;
}

interface Making {
  readonly done: Promise<void>;
  readonly abort: AbortController;
  waiters: number;
}

/** A file's time of change tells the next start when it was last used, to this exactly. */
const touchEveryMs = 60_000;
/** A full disk gets this share of the cache back before the file is made once more. */
const shareForFullDisk = 0.5;

export function createMediaCache({ folder, limit, log }: MediaCacheOptions): MediaCache {
  /** Least recently used first. */
  const entries = new Map<string, Entry>();
  const making = new Map<string, Making>();
  const removing = new Map<string, Promise<void>>();
  let bytes = 0;
  let loaded: Promise<void> | null = null;
  const pathOf = (key: string) => join(folder, ...key.split('/'));
  // In use elsewhere, say, or of another owner: the next start tries again.
  const stays = (error: unknown) => log(`playback cache: ${String(error)}`);

  /** A folder that could not be read is tried again by the next who asks: somebody may have mended it. */
  async function ready(): Promise<void> {
    const loading = (loaded ??= load());
    try {
      await loading;
    } catch (error) {
      if (loaded === loading) loaded = null;
      throw storeErrorFrom(error, folder);
    }
  }

  async function load(): Promise<void> {
    await mkdir(folder, { recursive: true });
    const beside = (await readdir(dirname(folder))).map((name) => join(dirname(folder), name));
    for (const other of beside.filter((path) => path !== folder)) {
      await rm(other, { recursive: true, force: true }).catch(stays);
    }
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
    const found: { key: string; bytes: number; usedAtMs: number }[] = [];
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      const facts = await stat(path).catch(absent);
      if (facts === null) continue;
      found.push({ key: relative(folder, path).replaceAll(sep, '/'), bytes: facts.size, usedAtMs: facts.mtimeMs });
    }
    found.sort((a, b) => a.usedAtMs - b.usedAtMs);
    for (const { key, bytes: size, usedAtMs } of found) add(key, { bytes: size, holders: 0, touchedAtMs: usedAtMs });
    shrinkTo(limit());
  }

  function add(key: string, entry: Entry): void {
    drop(key);
    bytes += entry.bytes;
    entries.set(key, entry);
  }

  function drop(key: string): void {
    bytes -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  }

  function remove(key: string): Promise<void> {
    drop(key);
    const removed = rm(pathOf(key), { force: true })
      .catch(stays)
      .finally(() => {
        if (removing.get(key) === removed) removing.delete(key);
      });
    removing.set(key, removed);
    return removed;
  }

  /** Removes what was not used for longest, but nothing that is in use. */
  function shrinkTo(most: number): void {
    for (const [key, { holders }] of entries) {
      if (bytes <= most) return;
      if (holders === 0) void remove(key);
    }
  }

  async function keep(key: string, madeAt: string): Promise<void> {
    // A removal that was begun must not meet the new file.
    await removing.get(key);
    const path = pathOf(key);
    const { size } = await stat(madeAt);
    try {
      await mkdir(dirname(path), { recursive: true });
      await rename(madeAt, path);
    } catch (error) {
      throw storeErrorFrom(error, path);
    }
    // The same entry as before: who holds the old file lets go of this one.
    const entry = entries.get(key) ?? { bytes: 0, holders: 0, touchedAtMs: 0 };
    drop(key);
    add(key, Object.assign(entry, { bytes: size, touchedAtMs: Date.now() }));
  }

  /** Null where it is not there, or not any more. */
  async function take(key: string): Promise<HeldFile | null> {
    const entry = entries.get(key);
    if (entry === undefined) return null;
    entry.holders++;
    // Most recently used from now on.
    entries.delete(key);
    entries.set(key, entry);
    const path = pathOf(key);
    const now = Date.now();
    // Of the future, where the clock was set back, is as wrong as long ago.
    const isOld = Math.abs(now - entry.touchedAtMs) > touchEveryMs;
    const isThere = await (isOld ? utimes(path, new Date(now), new Date(now)) : stat(path)).then(
      () => true,
      () => false,
    );
    if (!isThere) {
      entry.holders--;
      if (entries.get(key) === entry) drop(key);
      return null;
    }
    if (isOld) entry.touchedAtMs = now;
    let isHeld = true;
    return {
      path,
      [Symbol.dispose]() {
        if (isHeld) entry.holders--;
        isHeld = false;
        shrinkTo(limit());
      },
    };
  }

  function startMaking(key: string, make: MakeFiles): Making {
    const abort = new AbortController();
    const attempt = () => make(keep, abort.signal);
    const done = attempt().catch(async (error: unknown) => {
      if (!isFullDisk(error) || bytes === 0) throw error;
      log('playback cache: the disk is full; giving some of it back');
      shrinkTo(bytes * shareForFullDisk);
      await Promise.all(removing.values());
      await attempt();
    });
    const started: Making = { abort, done, waiters: 0 };
    making.set(key, started);
    const end = () => {
      if (making.get(key) === started) making.delete(key);
    };
    done.then(end, end);
    return started;
  }

  /** Waits for what is being made; who goes away last stops it. */
  async function waitFor(key: string, work: Making, signal: AbortSignal): Promise<void> {
    const gone = Promise.withResolvers<never>();
    const leave = () => gone.reject(new AppError('cancelled', 'Nobody waits for this any more.'));
    signal.addEventListener('abort', leave, { once: true });
    work.waiters++;
    try {
      await Promise.race([work.done, gone.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
      if (--work.waiters === 0 && signal.aborted) {
        if (making.get(key) === work) making.delete(key);
        work.abort.abort();
      }
    }
  }

  return {
    async get(key, make, signal) {
      await ready();
      // Once more where it was removed in the moment between.
      for (let attempt = 0; ; attempt++) {
        const held = await take(key);
        if (held !== null) {
          shrinkTo(limit());
          return held;
        }
        if (signal.aborted) throw new AppError('cancelled', 'Nobody waits for this any more.');
        if (attempt === 2) throw new AppError('internal', `${pathOf(key)} is removed as soon as it is made.`);
        await waitFor(key, making.get(key) ?? startMaking(key, make), signal);
      }
    },
    async find(key) {
      await ready();
      return await take(key);
    },
    async put(key, madeAt) {
      await ready();
      await keep(key, madeAt);
      shrinkTo(limit());
    },
    async forget(key) {
      await ready();
      await remove(key);
    },
  };
}

const absent = (): null => null;

function isFullDisk(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === 'disk-full' || error.code === 'ENOSPC' || error.code === 'EDQUOT';
}
