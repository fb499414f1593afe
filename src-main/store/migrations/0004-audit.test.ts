/** Schema 4: the log takes rows at its end and gives none up; what was there before stays. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMemoryDatabase, type WriteDatabase } from '../database.ts';
import { migrate, schemaOf } from '../migrate.ts';
import * as firstTables from './0001-first-tables.ts';
import * as listedFlags from './0002-listed-flags.ts';
import * as normality from './0003-normality.ts';
import * as audit from './0004-audit.ts';

let database: WriteDatabase;

beforeEach(() => {
  database = openMemoryDatabase();
  migrate(database, '0.1.0', [firstTables, listedFlags, normality]);
});
afterEach(() => database.close());

const hash = (digit: string) => digit.repeat(64);
const add = (number: number, previous: string, own: string, verb = 'INSERT') =>
  database.script(`${verb} INTO audit_log (number, at_ms, kind, subject, details, previous, hash)
    VALUES (${number}, 5, 'setting', 'workers', '{}', '${previous}', '${own}')`);
const numbers = () => database.column<number>('SELECT number FROM audit_log ORDER BY number').all();

it('adds a log to an archive that is there, and lets it grow at its end only', () => {
  database.script(`INSERT INTO settings VALUES ('workers', '3')`);
  migrate(database, '0.2.0', [firstTables, listedFlags, normality, audit]);
  expect(schemaOf(database)).toBe(4);
  expect(database.query('SELECT * FROM settings').all()).toEqual([{ key: 'workers', value: '3' }]);

  expect(() => add(1, hash('f'), hash('1'))).toThrow('only grows at its end');
  add(1, hash('0'), hash('1'));
  expect(() => add(2, hash('0'), hash('2'))).toThrow('only grows at its end');
  add(2, hash('1'), hash('2'));
  expect(() => add(1, hash('2'), hash('3'))).toThrow('only grows at its end');
  expect(() => add(3, hash('2'), hash('1'))).toThrow('only grows at its end');
  expect(() => add(2, hash('2'), hash('3'), 'INSERT OR REPLACE')).toThrow('only grows at its end');
  expect(() => add(3, hash('2'), hash('1'), 'INSERT OR REPLACE')).toThrow('only grows at its end');
  expect(() => database.script('DELETE FROM audit_log')).toThrow('only ever grows');
  expect(() => database.script(`UPDATE audit_log SET subject = 'theme'`)).toThrow('only ever grows');
  expect(numbers()).toEqual([1, 2]);
});

it('remembers how many rows there were, whoever takes the last away', () => {
  migrate(database, '0.2.0', [firstTables, listedFlags, normality, audit]);
  add(1, hash('0'), hash('1'));
  add(2, hash('1'), hash('2'));
  database.script('DROP TRIGGER audit_log_keeps_rows; DELETE FROM audit_log WHERE number = 2');
  expect(numbers()).toEqual([1]);
  expect(database.query(`SELECT seq FROM sqlite_sequence WHERE name = 'audit_log'`).get()).toEqual({ seq: 2 });
});
