/** Brings a database to the newest schema, one migration at a time, each whole or not at all. */
import { AppError } from '../contract/errors.ts';
import type { ReadDatabase, WriteDatabase } from './database.ts';
import { type Migration, migrations } from './migrations/index.ts';

/** `AnoP` as a big-endian integer: tells `file` and the next opener whose database this is. */
export const APPLICATION_ID = 0x416e6f50;

/** The newest schema that this program knows. */
export const newestSchema = (list: readonly Migration[] = migrations): number => list.at(-1)?.version ?? 0;

/** The schema version of `database`; 0 for an empty file. */
export const schemaOf = (database: ReadDatabase): number => Number(database.pragma('user_version'));

/**
 * Applies the migrations above the database's version.
 * @throws AppError `database-damaged` where a migration would leave a row without the row that it names.
 */
export function migrate(database: WriteDatabase, program: string, list: readonly Migration[] = migrations): void {
  const pending = list.filter((migration) => migration.version > schemaOf(database));
  if (pending.length === 0) return;
  // Rebuilding a table needs this off, and SQLite ignores it inside a transaction.
  database.script('PRAGMA foreign_keys = OFF');
  try {
    for (const migration of pending) {
      database.transaction(() => {
        database.script(migration.up);
        assertReferencesHold(database, migration.version);
        database.command(`INSERT OR REPLACE INTO meta (key, value) VALUES ('program', @program)`).run({ program });
        database.script(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${migration.version}`);
      });
    }
  } finally {
    database.script('PRAGMA foreign_keys = ON');
  }
}

function assertReferencesHold(database: ReadDatabase, version: number): void {
  const broken = database.query<{ table: string }>('SELECT "table" FROM pragma_foreign_key_check LIMIT 1').get();
  if (broken === undefined) return;
  throw new AppError(
    'database-damaged',
    `The change to schema ${version} was taken back: a row of "${broken.table}" names a row that does not exist.`,
    { details: { path: database.path } },
  );
}
