/** Schema 3: normality belongs to recordings and cameras that exist, and what was there before stays. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMemoryDatabase, type WriteDatabase } from '../database.ts';
import { migrate, schemaOf } from '../migrate.ts';
import * as firstTables from './0001-first-tables.ts';
import * as listedFlags from './0002-listed-flags.ts';
import * as normality from './0003-normality.ts';

let database: WriteDatabase;

beforeEach(() => {
  database = openMemoryDatabase();
  migrate(database, '0.1.0', [firstTables, listedFlags]);
});
afterEach(() => database.close());

const recording = 'a'.repeat(64);

it('adds two tables to an archive that is there', () => {
  database.script(`
    INSERT INTO cameras (id, name) VALUES ('gate', 'gate');
    INSERT INTO recordings (id, camera, bytes, seconds, width, height, rotation, codec, container, clock_source,
      clock_text, last_path, added_at_ms) VALUES ('${recording}', 'gate', 1, 1, 1, 1, 0, 'h264', 'mp4', 'none', '', '/a', 0);`);
  migrate(database, '0.2.0', [firstTables, listedFlags, normality]);
  expect(schemaOf(database)).toBe(3);
  expect(database.query('SELECT id FROM recordings').all()).toEqual([{ id: recording }]);

  database.script(`INSERT INTO normality_parts VALUES ('${recording}', 'k', 'b', 1);`);
  expect(() => database.script(`INSERT INTO normality_parts VALUES ('nobody', 'k', 'b', 1);`)).toThrow(/FOREIGN KEY/);
  expect(() => database.script(`INSERT INTO normality_snapshots VALUES ('nowhere', 'k', 'b', 1, 1);`)).toThrow(
    /FOREIGN KEY/,
  );
  database.script(`DELETE FROM recordings WHERE id = '${recording}';`);
  expect(database.query('SELECT * FROM normality_parts').all()).toEqual([]);
});
