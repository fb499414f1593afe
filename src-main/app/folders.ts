/** What a folder picker shows: places to begin at, and the subfolders and video files of one folder. */
import type { Dirent } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import nodePath from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { FolderEntry, FolderListing } from '../contract/folder.ts';
import { fileErrorFrom, hasVideoExtension, isWanted } from '../archive/index.ts';

export interface Places {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** Name of the user, whose folder mounted media have on Linux. */
  readonly user: string;
  /** Folders that were worked on before, the latest first. */
  readonly recent: readonly string[];
}

/** More would be no help to a person. */
const mostEntries = 2000;
/** A drive of the network that is not there keeps its caller waiting for half a minute. */
const driveMs = 1000;
/** File statuses that are asked for at once: libuv has four threads for files. */
const filesAtOnce = 4;

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const compareNames = (a: { name: string }, b: { name: string }) =>
  byName.compare(a.name, b.name) || (a.name < b.name ? -1 : 1);

/**
 * The content of the folder `path`. Links are followed to what they lead to.
 * Errors: `not-found`, `permission-denied`, `file-unreadable`, `invalid-argument` (no absolute path), `cancelled`.
 */
export async function listFolder(path: string, signal: AbortSignal): Promise<FolderListing> {
  if (!nodePath.isAbsolute(path)) {
    throw new AppError('invalid-argument', `${path} is no absolute path.`, { details: { path } });
  }
  const folder = nodePath.resolve(path);
  const parent = nodePath.dirname(folder);
  const found = await endingWith(signal, () => readdir(folder, { withFileTypes: true })).catch((error: unknown) => {
    throw folderErrorFrom(error, folder);
  });
  const kinds = await inBatches(found.filter(isWanted), signal, (entry) => kindOf(folder, entry));
  const [folders, videos] = (['folder', 'video'] as const).map((kind) =>
    kinds.filter((entry) => entry.kind === kind).toSorted(compareNames),
  );
  const all = [...(folders ?? []), ...(videos ?? [])];
  const entries = await inBatches(all.slice(0, mostEntries), signal, withBytes);
  return { path: folder, parent: parent === folder ? null : parent, entries, truncated: all.length > mostEntries };
}

/** Home, the roots of the file system or its drives, and folders that were worked on before. */
export async function listPlaces(places: Places, signal: AbortSignal): Promise<FolderListing> {
  const { home, recent, platform } = places;
  const paths = platform === 'win32' ? nodePath.win32 : nodePath.posix;
  const entry = (kind: FolderEntry['kind'], path: string): FolderEntry => {
    const name = paths.basename(path);
    return { kind, path, name: name === '' ? path : name, bytes: null };
  };
  const roots = await endingWith(signal, () => rootsOf(places));
  const entries = [
    entry('home', home),
    ...roots.map((path) => entry('root', path)),
    ...recent.map((path) => entry('recent', path)),
  ];
  return { path: null, parent: null, entries, truncated: false };
}

/** Places for this machine and this user. */
export function placesHere(recent: readonly string[]): Places {
  const home = homedir();
  return { platform: process.platform, home, user: nodePath.basename(home), recent };
}

async function rootsOf({ platform, user }: Places): Promise<string[]> {
  if (platform === 'win32') {
    const letters = Array.from({ length: 26 }, (_, index) => `${String.fromCharCode(65 + index)}:\\`);
    const there = await Promise.all(letters.map(isThereSoon));
    return letters.filter((_, index) => there[index]);
  }
  // Where desktops put disks and sticks that are plugged in.
  const mounts = platform === 'darwin' ? ['/Volumes'] : [`/media/${user}`, `/run/media/${user}`, '/mnt'];
  const media = await Promise.all(mounts.map(subfoldersOf));
  return ['/', ...media.flat()];
}

const isThereSoon = (path: string): Promise<boolean> =>
  Promise.race([
    access(path).then(
      () => true,
      () => false,
    ),
    new Promise<boolean>((resolve) => setTimeout(resolve, driveMs, false).unref()),
  ]);

/** None where the folder is not there or may not be read: it is one of several guesses. */
async function subfoldersOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && isWanted(entry))
    .toSorted(compareNames)
    .map((entry) => nodePath.join(folder, entry.name));
}

/** Null for a link that leads nowhere, or to something that is neither. */
async function kindOf(folder: string, entry: Dirent): Promise<Omit<FolderEntry, 'bytes'> | null> {
  const { name } = entry;
  const path = nodePath.join(folder, name);
  if (entry.isDirectory()) return { name, path, kind: 'folder' };
  if (entry.isFile()) return { name, path, kind: 'video' };
  const target = await stat(path).catch(() => null);
  if (target?.isDirectory() === true) return { name, path, kind: 'folder' };
  return target?.isFile() === true && hasVideoExtension(name) ? { name, path, kind: 'video' } : null;
}

async function withBytes(entry: Omit<FolderEntry, 'bytes'>): Promise<FolderEntry> {
  if (entry.kind !== 'video') return { ...entry, bytes: null };
  const status = await stat(entry.path).catch(() => null);
  return { ...entry, bytes: status?.size ?? null };
}

/** What `work` makes of the items, in their order and without nulls, a few at a time. Errors: `cancelled`. */
async function inBatches<Item, Result>(
  items: readonly Item[],
  signal: AbortSignal,
  work: (item: Item) => Promise<Result | null>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let first = 0; first < items.length; first += filesAtOnce) {
    const batch = items.slice(first, first + filesAtOnce);
    const made = await endingWith(signal, () => Promise.all(batch.map(work)));
    results.push(...made.filter((result) => result !== null));
  }
  return results;
}

/** `work`, given up once `signal` is aborted: a call to a network share that is gone cannot be taken back. */
async function endingWith<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(new AppError('cancelled', 'Cancelled.'));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, signal.aborted ? promise : work()]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function folderErrorFrom(cause: unknown, path: string): AppError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  const options = { cause, details: { path } };
  switch (code) {
    case 'ENOENT':
    case 'ENAMETOOLONG':
    case 'ELOOP':
      return new AppError('not-found', `There is no folder ${path}.`, options);
    case 'ENOTDIR':
      return new AppError('not-found', `${path} is a file; choose the folder that it is in.`, options);
    case 'EACCES':
    case 'EPERM':
      return new AppError('permission-denied', `You may not look into ${path}.`, options);
    case 'ERR_INVALID_ARG_VALUE':
      return new AppError('invalid-argument', 'No folder has a name with a NUL in it.', { cause });
    default:
      return fileErrorFrom(cause, path);
  }
}
