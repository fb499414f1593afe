/** Opens the database of a data folder: recognised, checked after an unclean end, backed up and migrated. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';
import { backUp, isBackupDue, listBackups } from './backups.ts';
import {
  openWriteDatabase,
  type ReadDatabase,
  storeErrorFrom,
  type WriteDatabase,
  withReadDatabase,
} from './database.ts';
import { APPLICATION_ID, migrate, newestSchema, schemaOf } from './migrate.ts';
import type { Migration } from './migrations/index.ts';

export interface OpenOptions {
  /** Version of the program, kept in the database so that an older program can name it. */
  readonly program?: string;
  readonly nowMs?: () => number;
  /** Another list than the program's own, for tests of what a later schema does. */
  readonly migrations?: readonly Migration[];
}

export interface StoreFiles {
  readonly database: string;
  readonly backups: string;
  readonly blobs: string;
  /** Present while the store is open: a store that finds it was not closed. */
  readonly openMarker: string;
}

export const storeFiles = (folder: string): StoreFiles => ({
  database: path.join(folder, 'anom-pi.db'),
  backups: path.join(folder, 'backups'),
  blobs: path.join(folder, 'blobs'),
  openMarker: path.join(folder, 'anom-pi.open'),
});

/**
 * Opens or creates the database in `folder`. After an unclean end the whole file is checked first (SQLite's
 * integrity_check: measured at 8 s per GB); a copy is made before a migration and, room permitting,
 * once a day.
 * @throws AppError `database-newer` | `database-damaged` (with `backup`, the newest copy, in its details) | `disk-full`
 *   | `permission-denied`. The file is as it was then.
 */
export function openDatabase(folder: string, options: OpenOptions = {}): WriteDatabase {
  const { program = '', nowMs = Date.now } = options;
  const files = storeFiles(folder);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw storeErrorFrom(error, folder);
  }
  return namingBackup(files, () => {
    // Looked at without writing, so that a file that is not ours or too new for us stays untouched.
    if (hasContent(files.database))
      withReadDatabase(files.database, (database) => recognise(database, folder, options));
    else if (existsSync(files.database) && listBackups(files.backups).length > 0) {
      // A store that has backups has been written: starting afresh would hide that all of it is gone.
      throw new AppError('database-damaged', `The database ${files.database} is empty.`, { details: { folder } });
    }
    const database = openWriteDatabase(files.database);
    try {
      if (existsSync(files.openMarker)) assertIntact(database);
      mark(files.openMarker);
      backUpIfDue(database, files, newestSchema(options.migrations), nowMs());
      migrate(database, program, options.migrations);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function backUpIfDue(database: WriteDatabase, { backups }: StoreFiles, newest: number, nowMs: number): void {
  const schema = schemaOf(database);
  if (schema === 0) return;
  if (schema < newest) {
    backUp(database, backups, { kind: 'migration', schema, nowMs });
    return;
  }
  try {
    if (isBackupDue(backups, nowMs)) backUp(database, backups, { kind: 'daily', schema, nowMs });
  } catch (error) {
    // Without room for the daily copy a reviewer must still be able to open the archive and make room.
    if (!(error instanceof AppError) || error.code !== 'disk-full') throw error;
  }
}

/** Closes a database that `openDatabase` opened; the next opening then needs no check. */
export function closeDatabase(database: WriteDatabase, folder: string): void {
  database.close();
  rmSync(storeFiles(folder).openMarker, { force: true });
}

/** What `anom-pi doctor` tells of a data folder's database, without changing it. */
export interface DatabaseReport {
  readonly path: string;
  readonly bytes: number;
  readonly schema: number;
  readonly newestBackup: string | null;
}

/** Null where there is no database yet. @throws AppError as `openDatabase` does. */
export function inspectDatabase(folder: string, options: OpenOptions = {}): DatabaseReport | null {
  const files = storeFiles(folder);
  if (!hasContent(files.database)) return null;
  return namingBackup(files, () =>
    withReadDatabase(files.database, (database) => {
      recognise(database, folder, options);
      return {
        path: files.database,
        bytes: statSync(files.database).size,
        schema: schemaOf(database),
        newestBackup: listBackups(files.backups)[0]?.path ?? null,
      };
    }),
  );
}

const hasContent = (file: string) => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;

function recognise(database: ReadDatabase, folder: string, options: OpenOptions): void {
  const schema = schemaOf(database);
  const newest = newestSchema(options.migrations);
  const application = Number(database.pragma('application_id'));
  if (application !== APPLICATION_ID && (application !== 0 || schema !== 0)) {
    throw new AppError(
      'database-damaged',
      `${database.path} is not a database of this program; move it away or choose another folder with --data.`,
      { details: { path: database.path } },
    );
  }
  if (schema <= newest) return;
  const writer = programOf(database);
  const backup = listBackups(storeFiles(folder).backups).find(
    (copy) => copy.kind === 'migration' && copy.schema <= newest,
  );
  const back = backup === undefined ? '' : ` The copy from before the change is ${backup.path}.`;
  throw new AppError(
    'database-newer',
    `The data folder ${folder} was written by ${writer === null ? 'a newer version' : `version ${writer}`} of the program ` +
      `(schema ${schema}; this program${options.program ? `, ${options.program},` : ''} knows up to ${newest}). ` +
      `Update the program, or choose another folder with --data.${back}`,
    { details: { path: database.path, schema, newest, ...(writer !== null && { writer }) } },
  );
}

/** The version of the program that last changed the schema, as far as a later schema still tells it. */
function programOf(database: ReadDatabase): string | null {
  try {
    const row = database.query<{ value: string }>(`SELECT value FROM meta WHERE key = 'program'`).get();
    return row === undefined || row.value === '' ? null : row.value;
  } catch {
    return null; // A later schema may keep it elsewhere.
  }
}

function assertIntact(database: ReadDatabase): void {
  const finding = String(database.pragma('integrity_check(1)'));
  if (finding === 'ok') return;
  throw new AppError('database-damaged', `The database ${database.path} is damaged (${finding.trim()}).`, {
    details: { path: database.path },
  });
}

/** Adds the way out to a `database-damaged` error. */
function namingBackup<Result>(files: StoreFiles, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'database-damaged') throw error;
    const backup = listBackups(files.backups)[0];
    const way =
      backup === undefined
        ? 'There is no backup; move the file away to begin anew.'
        : `The newest backup is ${backup.path} of ${new Date(backup.madeAtMs).toISOString()}: ` +
          `move ${files.database}* away and copy the backup to ${files.database}.`;
    throw new AppError('database-damaged', `${error.message} ${way}`, {
      details: { ...error.details, ...(backup !== undefined && { backup: backup.path }) },
      cause: error,
    });
  }
}

function mark(file: string): void {
  const handle = openSync(file, 'w', 0o600);
  fsyncSync(handle);
  closeSync(handle);
}
