/** Opening a data folder's database: new, clean, unclean, older, newer, damaged, somebody else's. */
import {
  existsSync,
  mkdirSync,
  mkdtempDisposableSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listBackups } from './backups.ts';
import { openReadDatabase, openWriteDatabase, type WriteDatabase } from './database.ts';
import { newestSchema, schemaOf } from './migrate.ts';
import { type Migration, migrations } from './migrations/index.ts';
import { closeDatabase, inspectDatabase, openDatabase, type OpenOptions, storeFiles } from './open-database.ts';

const DAY_MS = 86_400_000;
let temporary: ReturnType<typeof mkdtempDisposableSync>;
let folder: string;

beforeEach(() => {
  temporary = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-open-'));
  folder = path.join(temporary.path, 'data');
});
afterEach(() => temporary.remove());

const later: Migration[] = [
  ...migrations,
  { version: newestSchema() + 1, up: 'CREATE TABLE extra (x INTEGER) STRICT' },
];

function session(options: OpenOptions = {}, work: (database: WriteDatabase) => void = () => undefined): void {
  const database = openDatabase(folder, options);
  work(database);
  closeDatabase(database, folder);
}

const addCamera = (id: string) => (database: WriteDatabase) =>
  database.script(`INSERT INTO cameras (id, name) VALUES ('${id}', '${id}')`);

const cameras = (file: string) => {
  const database = openReadDatabase(file);
  try {
    return database
      .query<{ id: string }>('SELECT id FROM cameras ORDER BY id')
      .all()
      .map(({ id }) => id);
  } finally {
    database.close();
  }
};

const backups = () => listBackups(storeFiles(folder).backups);

/** Overwrites the middle of the database as a failing disk would. */
function damage(file: string): void {
  const handle = openSync(file, 'r+');
  const { size } = statSync(file);
  writeSync(handle, Buffer.alloc(size - 4096, 0xa5), 0, size - 4096, 4096);
  closeSync(handle);
}

it('keeps what was written, readable by its owner only', () => {
  session({}, addCamera('a'));
  session({}, addCamera('b'));
  expect(cameras(storeFiles(folder).database)).toEqual(['a', 'b']);
  expect(statSync(folder).mode & 0o077).toBe(0);
});

describe('backups', () => {
  it('copies the database before a migration', () => {
    session({ nowMs: () => 1e12 }, addCamera('a'));
    session({ nowMs: () => 1e12 + 1, migrations: later }, addCamera('b'));
    const [backup] = backups();
    expect(backup).toMatchObject({ kind: 'migration', schema: newestSchema(), madeAtMs: 1e12 + 1 });
    expect(cameras(backup?.path ?? '')).toEqual(['a']);
  });

  it('copies once a day and keeps three', () => {
    for (let day = 0; day < 6; day++) {
      session({ nowMs: () => 1e12 + day * DAY_MS }, addCamera(String(day)));
      session({ nowMs: () => 1e12 + day * DAY_MS + 1000 });
    }
    expect(backups().map(({ madeAtMs }) => Math.floor((madeAtMs - 1e12) / DAY_MS))).toEqual([5, 4, 3]);
    expect(cameras(backups()[0]?.path ?? '')).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  it('come before the migration: without a copy nothing is changed', () => {
    session({ nowMs: () => 1e12 });
    const { backups: place } = storeFiles(folder);
    // A file where the folder should be stands for every reason why a copy cannot be written.
    writeFileSync(place, '');
    expect(() => session({ nowMs: () => 1e12, migrations: later })).toThrow('EEXIST');
    const database = openReadDatabase(storeFiles(folder).database);
    expect(schemaOf(database)).toBe(newestSchema());
    database.close();
  });
});

describe('an unclean end', () => {
  it('is noticed, and a sound database goes on', () => {
    const database = openDatabase(folder);
    addCamera('a')(database);
    database.close(); // As a killed process leaves it: closed by the system, not by closeDatabase.
    expect(existsSync(storeFiles(folder).openMarker)).toBe(true);
    session({}, addCamera('b'));
    expect(existsSync(storeFiles(folder).openMarker)).toBe(false);
    expect(cameras(storeFiles(folder).database)).toEqual(['a', 'b']);
  });

  it('stops at a damaged database and names the newest backup', () => {
    session({ nowMs: () => 1e12 }, addCamera('a'));
    session({ nowMs: () => 1e12 }); // Opening makes the daily copy.
    const [backup] = backups();
    openDatabase(folder, { nowMs: () => 1e12 }).close();
    damage(storeFiles(folder).database);
    const bytes = readFileSync(storeFiles(folder).database);
    expect(() => openDatabase(folder)).toThrow(
      expect.objectContaining({
        code: 'database-damaged',
        message: expect.stringContaining(backup?.path ?? 'no backup'),
        details: expect.objectContaining({ backup: backup?.path }),
      }),
    );
    expect(readFileSync(storeFiles(folder).database).equals(bytes)).toBe(true);
  });

  it('says so where there is no backup', () => {
    openDatabase(folder).close();
    damage(storeFiles(folder).database);
    expect(() => openDatabase(folder)).toThrow('There is no backup');
  });
});

describe('a schema of a later program', () => {
  it('is refused with the versions and the way out, and left as it is', () => {
    session({ program: '0.1.0', nowMs: () => 1e12 });
    session({ program: '0.9.0', nowMs: () => 1e12, migrations: later });
    const bytes = readFileSync(storeFiles(folder).database);
    const [known, newer] = [String(newestSchema()), String(newestSchema() + 1)];
    expect(() => openDatabase(folder, { program: '0.1.0' })).toThrow(
      expect.objectContaining({
        code: 'database-newer',
        message: expect.stringMatching(
          `version 0\\.9\\.0 .*schema ${newer}; this program, 0\\.1\\.0, knows up to ${known}.*migration-schema${known}-`,
        ),
        details: expect.objectContaining({ schema: newestSchema() + 1, newest: newestSchema(), writer: '0.9.0' }),
      }),
    );
    expect(readFileSync(storeFiles(folder).database).equals(bytes)).toBe(true);
    session({ migrations: later });
  });

  it('is refused also where its program cannot be told', () => {
    session();
    session({ migrations: later }, (database) => database.script('DROP TABLE meta'));
    expect(() => openDatabase(folder)).toThrow('a newer version of the program');
  });
});

it('does not touch a database of another program', () => {
  mkdirSync(folder);
  const other = openWriteDatabase(storeFiles(folder).database);
  other.script('CREATE TABLE theirs (x) ; PRAGMA user_version = 7; PRAGMA application_id = 42');
  other.close();
  expect(() => openDatabase(folder)).toThrow('not a database of this program');
});

it('reports on a database without opening it for writing', () => {
  expect(inspectDatabase(folder)).toBeNull();
  session();
  expect(inspectDatabase(folder)).toMatchObject({
    path: storeFiles(folder).database,
    schema: newestSchema(),
    newestBackup: null,
  });
});
