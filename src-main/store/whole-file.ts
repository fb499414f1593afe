/** A file that appears under its name when it is whole and on the disk, or not at all. */
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { AppError } from '../contract/errors.ts';

/** Tells the unfinished files of one process apart. */
let started = 0;

/**
 * Has `write` make the file at a path beside `path` and with the same extension, then brings it to the disk and to its
 * name; what it returns is passed to `beforeRename` and returned. Where anything fails nothing is left behind, and a file
 * that was at `path` stays as it was. Errors: those of both; `disk-full`, `permission-denied`, `not-found` (the folder).
 */
export async function writeWhole<Result>(
  path: string,
  write: (aside: string) => Promise<Result>,
  beforeRename: (result: Result) => void = () => undefined,
): Promise<Result> {
  const extension = extname(path);
  const name = `.${basename(path, extension)}.${process.pid}-${++started}.partial${extension}`;
  const aside = join(dirname(path), name);
  try {
    await removeLeftovers(path);
    const result = await write(aside);
    const file = await open(aside, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    beforeRename(result);
    await rename(aside, path);
    return result;
  } catch (error) {
    await rm(aside, { force: true });
    throw writeErrorFrom(error, path);
  }
}

/** Removes what a process that was killed left of `path`; what another one still writes stays. */
async function removeLeftovers(path: string): Promise<void> {
  const [head, tail] = [`.${basename(path, extname(path))}.`, `.partial${extname(path)}`];
  const names = await readdir(dirname(path));
  for (const name of names.filter((each) => each.startsWith(head) && each.endsWith(tail))) {
    const [, pid] = /^(\d+)-\d+$/.exec(name.slice(head.length, -tail.length)) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(dirname(path), name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be asked, and is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const words: Readonly<Record<string, readonly [code: 'disk-full' | 'permission-denied' | 'not-found', what: string]>> =
  {
    ENOSPC: ['disk-full', 'does not fit on the disk, which is full'],
    EDQUOT: ['disk-full', 'does not fit into what you may use of the disk'],
    EACCES: ['permission-denied', 'may not be written by this user; name another folder'],
    EPERM: ['permission-denied', 'may not be written by this user; name another folder'],
    EROFS: ['permission-denied', 'lies on a disk that cannot be written; name another folder'],
    ENOENT: ['not-found', 'cannot be written: its folder is not there'],
    ENOTDIR: ['not-found', 'cannot be written: its folder is a file'],
  };

/** `error` of writing `path` in the program's words, where there are some for it. */
function writeErrorFrom(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof AppError || !('code' in error)) return error;
  const known = words[String(error.code)];
  if (known === undefined) return error;
  return new AppError(known[0], `${path} ${known[1]}.`, { details: { path }, cause: error });
}

/** What the file holds; null where there is none. Errors: those of reading. */
export async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
