/** The two types of connection, and how SQLite's errors leave this folder. */
import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openReadDatabase, openWriteDatabase, withReadDatabase, type WriteDatabase } from './database.ts';

let folder: ReturnType<typeof mkdtempDisposableSync>;
let database: WriteDatabase;

beforeEach(() => {
  folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-database-'));
  database = openWriteDatabase(path.join(folder.path, 'test.db'));
  database.script('CREATE TABLE things (name TEXT PRIMARY KEY) STRICT');
});

afterEach(() => {
  database.close();
  folder.remove();
});

const put = (name: string) => database.command('INSERT INTO things (name) VALUES (@name)').run({ name });
const names = () => database.query<{ name: string }>('SELECT name FROM things ORDER BY name').all();

it('writes with a log ahead, synced at every commit, and foreign keys on', () => {
  expect(database.pragma('journal_mode')).toBe('wal');
  expect(database.pragma('synchronous')).toBe(2);
  expect(database.pragma('foreign_keys')).toBe(1);
  expect(database.pragma('trusted_schema')).toBe(0);
});

it('prepares no writing statement as a query', () => {
  expect(() => database.query("INSERT INTO things VALUES ('a')")).toThrow(RangeError);
});

it('cannot write through a connection that reads', () => {
  const reader = openReadDatabase(database.path);
  try {
    put('a');
    expect(reader.query<{ name: string }>('SELECT name FROM things').get()).toEqual({ name: 'a' });
    const asWriter = reader as WriteDatabase;
    expect(() => asWriter.script("INSERT INTO things VALUES ('b')")).toThrow(
      expect.objectContaining({ code: 'permission-denied' }),
    );
  } finally {
    reader.close();
  }
});

it('takes back all of a transaction that fails, and of one inside another only that', () => {
  const attempt = () =>
    database.transaction(() => {
      put('a');
      throw new Error('no');
    });
  expect(attempt).toThrow('no');
  expect(names()).toEqual([]);
  database.transaction(() => {
    put('b');
    expect(attempt).toThrow('no');
    put('c');
  });
  expect(names()).toEqual([{ name: 'b' }, { name: 'c' }]);
});

it('says that the disk is full, and keeps what was there', () => {
  put('a');
  // SQLite's own limit takes the same way as a full disk: SQLITE_FULL.
  database.script(`PRAGMA max_page_count = ${String(database.pragma('page_count'))}`);
  expect(() => put('x'.repeat(100_000))).toThrow(expect.objectContaining({ code: 'disk-full' }));
  expect(names()).toEqual([{ name: 'a' }]);
});

it('says that a file is damaged which is no database', () => {
  const file = path.join(folder.path, 'other.db');
  writeFileSync(file, 'this is not a database, it only has its name'.repeat(100));
  expect(() => openWriteDatabase(file)).toThrow(expect.objectContaining({ code: 'database-damaged' }));
  expect(() => withReadDatabase(file, (reader) => reader.pragma('user_version'))).toThrow(
    expect.objectContaining({ code: 'database-damaged' }),
  );
});
