/** Bulk data as files named by their content: cached observations, activity curves, trajectories. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { access, copyFile, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../contract/errors.ts';
import { storeErrorFrom } from './database.ts';

export interface Blobs {
  /** Stores `bytes` and returns their SHA-256 in hexadecimal; bytes that are there already are not written again. */
  put(bytes: Uint8Array): Promise<string>;
  /** Takes over a file that a worker wrote (best at `asidePath`): it is moved here and is gone from where it was. */
  adopt(file: string): Promise<string>;
  /** A new path, on the blobs' disk, at which a worker may write a file for `adopt`. */
  asidePath(): string;
  /** Where the blob lies, whether it is there or not. */
  pathOf(hash: string): string;
  has(hash: string): Promise<boolean>;
  /** @throws AppError `not-found` */
  read(hash: string): Promise<Uint8Array>;
  /** Deletes a blob; one that is not there is no error. */
  remove(hash: string): Promise<void>;
}

const HASH = /^[0-9a-f]{64}$/;

/**
 * Blobs in `folder`, as `ab/cdef…`. A blob appears under its name only when it is whole and on the disk. What an
 * earlier process left unfinished is deleted, so one process owns the folder (data-folder-lock.ts).
 * @throws AppError `disk-full`, `permission-denied`; so do `put` and `adopt`.
 */
export function openBlobs(folder: string): Blobs {
  const aside = path.join(folder, 'aside');
  try {
    mkdirSync(aside, { recursive: true });
    for (const name of readdirSync(aside)) rmSync(path.join(aside, name), { recursive: true, force: true });
  } catch (error) {
    throw storeErrorFrom(error, folder);
  }
  const asidePath = () => path.join(aside, randomUUID());
  const pathOf = (hash: string) => {
    // A hash comes from a worker or over the wire: it must not become a path of its own.
    if (!HASH.test(hash)) throw new AppError('invalid-argument', `"${hash}" is not a SHA-256 in hexadecimal.`);
    return path.join(folder, hash.slice(0, 2), hash.slice(2));
  };
  const has = (hash: string) => exists(pathOf(hash));

  return {
    asidePath,
    pathOf,
    has,
    async put(bytes) {
      const hash = createHash('sha256').update(bytes).digest('hex');
      if (await isWhole(pathOf(hash), hash)) return hash;
      const file = asidePath();
      await cleanedOnError(file, async () => {
        const handle = await open(file, 'wx');
        try {
          await handle.writeFile(bytes);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await moveInto(file, pathOf(hash));
      });
      return hash;
    },
    async adopt(file) {
      const hash = await sha256Of(file);
      const target = pathOf(hash);
      if (await isWhole(target, hash)) await rm(file, { force: true });
      else await cleanedOnError(file, () => take(file, target, asidePath()));
      return hash;
    },
    async read(hash) {
      try {
        return await readFile(pathOf(hash));
      } catch (error) {
        if (!isMissing(error)) throw storeErrorFrom(error, pathOf(hash));
        throw new AppError('not-found', `The stored data ${hash} is gone.`, { details: { hash }, cause: error });
      }
    },
    remove: (hash) => rm(pathOf(hash), { force: true }),
  };
}

async function take(file: string, target: string, aside: string): Promise<void> {
  await syncFile(file);
  try {
    await moveInto(file, target);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    await cleanedOnError(aside, async () => {
      await copyFile(file, aside);
      await syncFile(aside);
      await moveInto(aside, target);
    });
    await rm(file);
  }
}

/** Renames into place; the name is on the disk too when this returns, so that a row may point at it. */
async function moveInto(file: string, target: string): Promise<void> {
  const parent = path.dirname(target);
  const made = await mkdir(parent, { recursive: true });
  await rename(file, target);
  await syncFolder(parent);
  if (made !== undefined) await syncFolder(path.dirname(parent));
}

async function cleanedOnError(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await rm(file, { force: true });
    throw storeErrorFrom(error, file);
  }
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows neither allows nor needs it: NTFS journals the rename.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw storeErrorFrom(error, file);
  }
}

/** A blob that was damaged on the disk is written again where somebody brings its content. */
const isWhole = async (file: string, hash: string) => (await exists(file)) && (await sha256Of(file)) === hash;

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';
