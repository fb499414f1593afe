/** Files and folders that could not be read, with the reason, so that they are listed and not forgotten. */
import type { ErrorCode } from '../../contract/errors.ts';
import type { WriteDatabase } from '../database.ts';
import type { SeenFile } from './recordings.ts';

export interface UnreadableFile extends SeenFile {
  readonly code: ErrorCode;
  /** One sentence for a person. */
  readonly reason: string;
  readonly seenAtMs: number;
}

export interface UnreadableFiles {
  put(file: UnreadableFile): void;
  at(path: string): UnreadableFile | undefined;
  remove(path: string): void;
  list(): UnreadableFile[];
  count(): number;
  /** Those that are `folder` itself or below it, in order; with `seenBefore` only those not seen since. */
  under(folder: string, separator: string, seenBeforeMs?: number): UnreadableFile[];
}

const COLUMNS = 'path, code, reason, bytes, mtime_ms AS mtimeMs, seen_at_ms AS seenAtMs';

/** `changed` is called whenever a list of them would show something else. */
export function createUnreadableFiles(database: WriteDatabase, changed: () => void): UnreadableFiles {
  const every = database.query<UnreadableFile>(`SELECT ${COLUMNS} FROM unreadable_files ORDER BY path`);
  const count = database.query<{ files: number }>('SELECT count(*) AS files FROM unreadable_files');
  const byPath = database.query<UnreadableFile>(`SELECT ${COLUMNS} FROM unreadable_files WHERE path = @path`);
  const under = database.query<UnreadableFile>(
    `SELECT ${COLUMNS} FROM unreadable_files
     WHERE (path = @folder OR path BETWEEN @prefix AND @prefix || char(1114111)) AND seen_at_ms < @seenBeforeMs
     ORDER BY path`,
  );
  const put = database.command(/* sql */ `
    INSERT OR REPLACE INTO unreadable_files (path, code, reason, bytes, mtime_ms, seen_at_ms)
    VALUES (@path, @code, @reason, @bytes, @mtimeMs, @seenAtMs)`);
  const remove = database.command('DELETE FROM unreadable_files WHERE path = @path');
  return {
    put(file) {
      put.run({ ...file });
      changed();
    },
    at: (path) => byPath.get({ path }),
    remove(path) {
      if (remove.run({ path }) > 0) changed();
    },
    list: () => every.all(),
    count: () => count.get()?.files ?? 0,
    under: (folder, separator, seenBeforeMs = Number.MAX_SAFE_INTEGER) =>
      under.all({ folder, prefix: folder.endsWith(separator) ? folder : folder + separator, seenBeforeMs }),
  };
}
