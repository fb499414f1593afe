/** One core per data folder: a lock that the kernel releases with the process, and a note that names its holder. */
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import { storeErrorFrom } from './database.ts';
import { isSameProcess, processStart } from './process-identity.ts';

/** Who holds a data folder and how to reach it; `socket` and `token` are null until it listens. */
export interface DataFolderHolder {
  readonly pid: number;
  readonly startedAtMs: number;
  /** What tells this process from a later one with the same pid; null where the platform has no /proc. */
  readonly processStart: string | null;
  /** Version of the program that holds it. */
  readonly version: string;
  readonly socket: string | null;
  readonly token: string | null;
}

export interface DataFolderLock extends Disposable {
  readonly folder: string;
  /** Tells others how to reach this core; the note is readable by its owner only. */
  publish(reach: { readonly socket: string; readonly token: string }): void;
  /** Gives the folder up; a second call does nothing. */
  release(): void;
}

/**
 * How long to wait for a lock that is held. It covers a reader's probe, and the moment in which a rival that has just
 * won has not yet written its note, so that the loser can name it.
 */
const PATIENCE_MS = 400;

/** Closed when it is collected as garbage, a connection would take its lock along: here it is within reach until released. */
const holding = new Set<Sqlite.Database>();

const lockFile = (folder: string) => path.join(folder, 'core.lock');
const noteFile = (folder: string) => path.join(folder, 'core.json');

/**
 * Takes `folder` (made where it is missing) for this process. A note that a killed core left behind is taken over: the
 * operating system's lock on `core.lock` is the truth, `core.json` only names the holder.
 * @throws AppError `core-locked` where another core holds it; `permission-denied`, `disk-full`.
 */
export function acquireDataFolderLock(
  folder: string,
  { version = '', nowMs = Date.now }: { version?: string; nowMs?: () => number } = {},
): DataFolderLock {
  const database = openLock(folder);
  if (!holdExclusively(database)) {
    database.close();
    throw lockedError(folder);
  }
  const identity = { pid: process.pid, startedAtMs: nowMs(), processStart: processStart(process.pid), version };
  const write = (reach: Pick<DataFolderHolder, 'socket' | 'token'>) => writeNote(folder, { ...identity, ...reach });
  let held = true;
  holding.add(database);
  const release = () => {
    if (!held) return;
    held = false;
    holding.delete(database);
    rmSync(noteFile(folder), { force: true });
    database.close();
  };
  try {
    write({ socket: null, token: null });
  } catch (error) {
    holding.delete(database);
    database.close();
    throw storeErrorFrom(error, folder);
  }
  return {
    folder,
    publish(reach) {
      if (!held) throw new RangeError('publish: the data folder was released');
      write(reach);
    },
    release,
    [Symbol.dispose]: release,
  };
}

/** The living core that holds `folder`, or null: nobody, or a note that a killed core left behind. */
export function readHolder(folder: string): DataFolderHolder | null {
  const holder = readNote(folder);
  if (holder === null || !isSameProcess(holder.pid, holder.processStart) || !isHeld(folder)) return null;
  return holder;
}

function openLock(folder: string): Sqlite.Database {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return new Sqlite(lockFile(folder), { timeout: PATIENCE_MS });
  } catch (error) {
    throw storeErrorFrom(error, folder);
  }
}

/*
 * The transaction is never ended: SQLite keeps its exclusive lock on the file as long as the process lives, and nothing
 * is ever written, so that there is no journal to recover. Nobody else in this process may open core.lock by other
 * means: on POSIX, closing any descriptor of a file drops the process's locks on it; SQLite knows that, readFile not.
 */
function holdExclusively(database: Sqlite.Database): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    database.close();
    throw storeErrorFrom(error, database.name);
  }
}

function isHeld(folder: string): boolean {
  let database: Sqlite.Database;
  try {
    database = new Sqlite(lockFile(folder), { readonly: true, fileMustExist: true, timeout: 0 });
  } catch {
    return false; // No lock file: nobody has ever held the folder.
  }
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (error) {
    return isBusy(error);
  } finally {
    database.close();
  }
}

const isBusy = (error: unknown) => error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');

function lockedError(folder: string): AppError {
  const holder = readNote(folder);
  if (holder === null) {
    return new AppError('core-locked', `The data folder ${folder} is in use by another core.`, { details: { folder } });
  }
  const since = new Date(holder.startedAtMs).toISOString();
  return new AppError(
    'core-locked',
    `The data folder ${folder} is in use by process ${holder.pid}, which started at ${since}; ` +
      'end it or choose another folder with --data.',
    { details: { folder, pid: holder.pid, startedAtMs: holder.startedAtMs } },
  );
}

function writeNote(folder: string, holder: DataFolderHolder): void {
  const aside = `${noteFile(folder)}.${process.pid}`;
  writeFileSync(aside, JSON.stringify(holder), { mode: 0o600 });
  chmodSync(aside, 0o600); // `mode` holds only for a file that was not there.
  renameSync(aside, noteFile(folder));
}

function readNote(folder: string): DataFolderHolder | null {
  try {
    const value: unknown = JSON.parse(readFileSync(noteFile(folder), 'utf8'));
    return isHolder(value) ? value : null;
  } catch {
    return null; // Missing, or half of a note from a disk that was full: both name nobody.
  }
}

function isHolder(value: unknown): value is DataFolderHolder {
  if (typeof value !== 'object' || value === null) return false;
  const has = (key: keyof DataFolderHolder, ...types: string[]) => {
    const member: unknown = Reflect.get(value, key);
    return types.includes(member === null ? 'null' : typeof member);
  };
  return (
    has('pid', 'number') &&
    has('startedAtMs', 'number') &&
    has('processStart', 'string', 'null') &&
    has('version', 'string') &&
    has('socket', 'string', 'null') &&
    has('token', 'string', 'null')
  );
}
