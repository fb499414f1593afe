/** The file of a recording, as long as it is the one that was imported: what lies at a path may change at any time. */
import { statSync } from 'node:fs';
import { AppError } from '../contract/errors.ts';
import type { Store } from '../store/index.ts';

/**
 * Throws where the file at `path` is not, or not any more, the one that was imported as `recording`: `not-found` where
 * nothing is there, `file-unreadable` where it changed. Compares size and time of change, as the import does.
 */
export function requireImported({ recordings }: Pick<Store, 'recordings'>, recording: string, path: string): void {
  const details = { path };
  const now = statSync(path, { throwIfNoEntry: false });
  if (now === undefined) throw new AppError('not-found', 'The file is gone; import its new place.', { details });
  const known = recordings.at(path);
  if (known?.recording === recording && known.bytes === now.size && known.mtimeMs === Math.trunc(now.mtimeMs)) return;
  throw new AppError('file-unreadable', 'The file changed since it was imported; import its folder again.', {
    details,
  });
}

/** The path of the recording's file for a reader outside the scan; null where there is none that is still the same. */
export function importedPathOf(store: Pick<Store, 'recordings'>, recording: string): string | null {
  const path = store.recordings.get(recording)?.path;
  if (path === undefined) return null;
  try {
    requireImported(store, recording, path);
    return path;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
