/** The folders whose new recordings are taken in by themselves. */
import type { WriteDatabase } from '../database.ts';

export interface StoredWatch {
  /** Absolute. */
  readonly path: string;
  /** Whether what is new is looked through, or only indexed. */
  readonly scan: boolean;
  readonly addedAtMs: number;
}

export interface WatchedFolders {
  /** In the order in which they were added. */
  list(): StoredWatch[];
  /** A folder that is watched already only changes what is done with its recordings. */
  put(watch: StoredWatch): void;
  /** Whether it was watched. */
  remove(path: string): boolean;
}

export function createWatchedFolders(database: WriteDatabase): WatchedFolders {
  const every = database.query<{ path: string; scan: number; addedAtMs: number }>(
    'SELECT path, scan, added_at_ms AS addedAtMs FROM watched_folders ORDER BY added_at_ms, path',
  );
  const put = database.command(/* sql */ `
    INSERT INTO watched_folders (path, scan, added_at_ms) VALUES (@path, @scan, @addedAtMs)
    ON CONFLICT (path) DO UPDATE SET scan = excluded.scan`);
  const remove = database.command('DELETE FROM watched_folders WHERE path = @path');
  return {
    list: () => every.all().map((row) => ({ ...row, scan: row.scan === 1 })),
    put: ({ path, scan, addedAtMs }) => void put.run({ path, scan: scan ? 1 : 0, addedAtMs }),
    remove: (path) => remove.run({ path }) > 0,
  };
}
