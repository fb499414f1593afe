/** The file of a recording, as long as it is the one that was imported: what lies at a path may change at any time. */
import { stat } from 'node:fs/promises';
import { fileErrorFrom } from '../archive/index.ts';
import { AppError } from '../contract/errors.ts';
import type { Store } from '../store/index.ts';

/**
 * Rejects where the file at `path` is not, or not any more, the one that was imported as `recording`: `not-found` where
 * nothing is there, `permission-denied` and `file-unreadable` where nothing can be learned of it, `file-unreadable` where
 * it changed. Compares size and time of change, as the import does.
 */
export async function requireImported(
  { recordings }: Pick<Store, 'recordings'>,
  recording: string,
  path: string,
): Promise<void> {
  const details = { path };
  const now = await stat(path).catch((error: unknown) => {
    const failure = fileErrorFrom(error, path);
    if (failure.code !== 'not-found') throw failure;
    throw new AppError('not-found', 'The file is gone; import its new place.', { details, cause: error });
  });
  const known = recordings.at(path);
  if (known?.recording === recording && known.bytes === now.size && known.mtimeMs === Math.trunc(now.mtimeMs)) return;
  throw new AppError('file-unreadable', 'The file changed since it was imported; import its folder again.', {
    details,
  });
}
