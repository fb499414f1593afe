/** Schema 6: settings belong to cameras that exist, a folder is watched once, and what was there before stays. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMemoryDatabase, type WriteDatabase } from '../database.ts';
import { migrate, schemaOf } from '../migrate.ts';
import * as firstTables from './0001-first-tables.ts';
import * as listedFlags from './0002-listed-flags.ts';
import * as normality from './0003-normality.ts';
import * as audit from './0004-audit.ts';
import * as training from './0005-training.ts';
import * as watching from './0006-watching.ts';

const before = [firstTables, listedFlags, normality, audit, training];
let database: WriteDatabase;

beforeEach(() => {
  database = openMemoryDatabase();
  migrate(database, '0.1.0', before);
});
afterEach(() => database.close());

it('adds two tables to an archive that is there', () => {
  database.script(`INSERT INTO cameras (id, name) VALUES ('gate', 'gate');`);
  migrate(database, '0.2.0', [...before, watching]);
  expect(schemaOf(database)).toBe(6);
  expect(database.query('SELECT id FROM cameras').all()).toEqual([{ id: 'gate' }]);

  database.script(`INSERT INTO camera_settings VALUES ('gate', '{}', 1);`);
  expect(() => database.script(`INSERT INTO camera_settings VALUES ('nowhere', '{}', 1);`)).toThrow(/FOREIGN KEY/);
  expect(() => database.script(`UPDATE camera_settings SET settings = 'none';`)).toThrow(/CHECK/);
  database.script(`INSERT INTO watched_folders VALUES ('/a', 1, 1);`);
  expect(() => database.script(`INSERT INTO watched_folders VALUES ('/a', 0, 2);`)).toThrow(/UNIQUE/);
  database.script(`DELETE FROM cameras WHERE id = 'gate';`);
  expect(database.query('SELECT * FROM camera_settings').all()).toEqual([]);
});
