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
