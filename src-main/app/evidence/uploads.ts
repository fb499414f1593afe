/** Packages that come piece by piece from a page that knows no path of them, until they are checked. */
import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { storeErrorFrom } from '../../store/index.ts';

export interface Uploads {
  /** Begins one, or goes on with `upload`. Errors: `not-found`, those of writing. */
  receive(upload: string | undefined, piece: string): Promise<string>;
  /** Errors: `not-found`. */
  pathOf(upload: string): string;
  discard(upload: string): Promise<void>;
}

/** So long nobody waits for an answer. */
const keptMs = 3600 * 1000;

/** @param folder Is emptied with every start of the core. */
export function createUploads(folder: string, now: () => number): Uploads {
  const begun = new Map<string, { readonly path: string; touchedAtMs: number }>();

  const pathOf = (upload: string): string => {
    const known = begun.get(upload);
    if (known === undefined) throw new AppError('not-found', 'This package is not kept any more; give it once more.');
    return known.path;
  };
  const discard = async (upload: string): Promise<void> => {
    const path = begun.get(upload)?.path;
    begun.delete(upload);
    if (path !== undefined) await rm(path, { force: true });
  };

  return {
    pathOf,
    discard,
    async receive(upload, piece) {
      for (const [id, { touchedAtMs }] of begun) if (now() - touchedAtMs > keptMs) await discard(id);
      const id = upload ?? randomUUID();
      const path = upload === undefined ? join(folder, `upload-${id}`) : pathOf(upload);
      const bytes = Buffer.from(piece, 'base64');
      try {
        await mkdir(folder, { recursive: true });
        if (upload === undefined) await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
        else await appendFile(path, bytes);
      } catch (error) {
        await discard(id);
        throw storeErrorFrom(error, path);
      }
      begun.set(id, { path, touchedAtMs: now() });
      return id;
    },
  };
}
