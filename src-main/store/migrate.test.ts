/** Migrations: whole or not at all, and references that hold afterwards. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMemoryDatabase, type WriteDatabase } from './database.ts';
import { APPLICATION_ID, migrate, newestSchema, schemaOf } from './migrate.ts';
import { type Migration, migrations } from './migrations/index.ts';

let database: WriteDatabase;

beforeEach(() => {
  database = openMemoryDatabase();
});
afterEach(() => database.close());

const later = (...scripts: string[]): Migration[] => [
  ...migrations,
  ...scripts.map((up, index) => ({ version: newestSchema() + index + 1, up })),
];

it('numbers the migrations from 1 without a gap', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
});

it('applies each once', () => {
  migrate(database, '0.1.0');
  const list = later('CREATE TABLE extra (x INTEGER) STRICT');
  migrate(database, '0.2.0', list);
  migrate(database, '0.2.0', list);
  expect(schemaOf(database)).toBe(newestSchema() + 1);
  expect(database.pragma('application_id')).toBe(APPLICATION_ID);
  expect(database.query("SELECT value FROM meta WHERE key = 'program'").get()).toEqual({ value: '0.2.0' });
});

it('takes a failed one back and keeps those before it', () => {
  const list = later('CREATE TABLE extra (x INTEGER) STRICT', 'CREATE TABLE more (x INTEGER) STRICT; SELECT missing()');
  expect(() => migrate(database, '', list)).toThrow('missing');
  expect(schemaOf(database)).toBe(newestSchema() + 1);
  expect(database.query("SELECT name FROM sqlite_schema WHERE name IN ('extra', 'more')").all()).toEqual([
    { name: 'extra' },
  ]);
  expect(database.pragma('foreign_keys')).toBe(1);
});

it('lets a table be rebuilt that others name, and refuses to leave them without it', () => {
  migrate(database, '');
  database.script(`
    INSERT INTO cameras (id, name) VALUES ('c', 'c');
    INSERT INTO recordings (id, camera, bytes, seconds, width, height, rotation, codec, container, clock_source,
      clock_text, last_path, added_at_ms) VALUES ('${'a'.repeat(64)}', 'c', 1, 1, 1, 1, 0, 'h264', 'mp4', 'none', '', '/a', 0);`);
  const rebuild = `CREATE TABLE new_cameras AS SELECT * FROM cameras; DROP TABLE cameras;
    CREATE TABLE cameras (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;`;
  expect(() => migrate(database, '', later(rebuild))).toThrow(expect.objectContaining({ code: 'database-damaged' }));
  expect(schemaOf(database)).toBe(newestSchema());
  migrate(
    database,
    '',
    later(`${rebuild} INSERT INTO cameras SELECT id, name FROM new_cameras; DROP TABLE new_cameras;`),
  );
  expect(schemaOf(database)).toBe(newestSchema() + 1);
});
