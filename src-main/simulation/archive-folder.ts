/** The folder of a simulated archive: whether it may be written to, and files that appear whole or not at all. */
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { manifestFileName, manifestFrom, type Manifest } from './manifest.ts';

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);

/** Names in the folder; empty where there is none yet. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    const details = { path: folder };
    switch (codeOf(cause)) {
      case 'ENOENT':
        return [];
      case 'ENOTDIR':
        throw new AppError('invalid-argument', `${folder} is a file; name a folder.`, { cause, details });
      case 'EACCES':
      case 'EPERM':
        throw new AppError('permission-denied', `${folder} cannot be read; name a folder of your own.`, {
          cause,
          details,
        });
      default:
        throw cause;
    }
  }
}

/** Size of the file, or null where it cannot be had. */
export async function bytesOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch {
    return null;
  }
}

/**
 * The archive that `out` holds already, or null where it is empty or missing. Throws `invalid-argument` where it holds
 * anything else, or where one of `files` stands there without belonging to that archive: nothing of another's is ever
 * overwritten.
 */
export async function earlierArchive(out: string, files: readonly string[]): Promise<Manifest | null> {
  const names = await namesIn(out);
  if (names.length === 0) return null;
  const found = names.includes(manifestFileName)
    ? manifestFrom(await readFile(join(out, manifestFileName), 'utf8'))
    : null;
  if (found === null) {
    throw new AppError(
      'invalid-argument',
      `${out} holds other files; name an empty folder or an earlier simulated archive.`,
      {
        details: { path: out },
      },
    );
  }
  for (const file of files) {
    const path = join(out, file);
    if (!found.files.includes(file) && (await bytesOf(path)) !== null) {
      throw new AppError(
        'invalid-argument',
        `${path} does not belong to the simulated archive there; name another folder.`,
        {
          details: { path },
        },
      );
    }
  }
  return found;
}

/** Writes `text` to `path` aside, then renames; makes the folder where it is missing. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.${process.pid}.partial`;
  try {
    const file = await open(aside, 'w');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    if (codeOf(error) === 'ENOSPC')
      throw new AppError('disk-full', `The disk of ${path} is full.`, { cause: error, details: { path } });
    throw error;
  }
}
