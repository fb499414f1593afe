/** Schema 5: runs, their points and preferences come to an archive that is there, and hold what they promise. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMemoryDatabase, type WriteDatabase } from '../database.ts';
import { migrate, schemaOf } from '../migrate.ts';
import * as firstTables from './0001-first-tables.ts';
import * as listedFlags from './0002-listed-flags.ts';
import * as normality from './0003-normality.ts';
import * as audit from './0004-audit.ts';
import * as training from './0005-training.ts';

let database: WriteDatabase;
const before = [firstTables, listedFlags, normality, audit];

beforeEach(() => {
  database = openMemoryDatabase();
  migrate(database, '0.1.0', before);
});
afterEach(() => database.close());

const recording = 'a'.repeat(64);

it('adds three tables to an archive that is there', () => {
  database.script(`
    INSERT INTO cameras (id, name) VALUES ('gate', 'gate');
    INSERT INTO recordings (id, camera, bytes, seconds, width, height, rotation, codec, container, clock_source,
      clock_text, last_path, added_at_ms) VALUES ('${recording}', 'gate', 1, 1, 1, 1, 0, 'h264', 'mp4', 'none', '', '/a', 0);`);
  migrate(database, '0.2.0', [...before, training]);
  expect(schemaOf(database)).toBe(5);
  expect(database.query('SELECT id FROM recordings').all()).toEqual([{ id: recording }]);

  database.script(`INSERT INTO training_runs (id, name, from_version, settings, started_at_ms) VALUES ('r', 'n', 'v', '{}', 1);
    INSERT INTO training_points VALUES ('r', 1, 2, '{}');`);
  expect(() => database.script(`INSERT INTO training_points VALUES ('r', 1, 2, '{}');`)).toThrow(/UNIQUE/);
  expect(() => database.script(`INSERT INTO training_points VALUES ('s', 1, 2, '{}');`)).toThrow(/FOREIGN KEY/);
  database.script(`DELETE FROM training_runs`);
  expect(database.query('SELECT * FROM training_points').all()).toEqual([]);
});

it('lets one preference of a pair stand, whichever way round', () => {
  migrate(database, '0.2.0', [...before, training]);
  database.script(`
    INSERT INTO cameras (id, name) VALUES ('gate', 'gate');
    INSERT INTO recordings (id, camera, bytes, seconds, width, height, rotation, codec, container, clock_source,
      clock_text, last_path, added_at_ms) VALUES ('${recording}', 'gate', 1, 1, 1, 1, 0, 'h264', 'mp4', 'none', '', '/a', 0);`);
  const state = (id: string, chosen: string, rejected: string) =>
    database.script(`INSERT INTO preferences VALUES ('${id}', '${recording}', '${chosen}', '${rejected}', 1, NULL)`);
  state('1', 'a', 'b');
  expect(() => state('2', 'b', 'a')).toThrow(/UNIQUE/);
  expect(() => state('2', 'c', 'c')).toThrow(/CHECK/);
  database.script(`UPDATE preferences SET withdrawn_at_ms = 2 WHERE id = '1'`);
  state('2', 'b', 'a');
  expect(database.query('SELECT id FROM preferences WHERE withdrawn_at_ms IS NULL').all()).toEqual([{ id: '2' }]);
});
