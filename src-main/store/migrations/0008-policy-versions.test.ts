/** Schema 8: versions and activations only ever grow, and what was there before stays. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMemoryDatabase, type WriteDatabase } from '../database.ts';
import { migrate, schemaOf } from '../migrate.ts';
import { migrations } from './index.ts';
import * as policyVersions from './0008-policy-versions.ts';

let database: WriteDatabase;

beforeEach(() => {
  database = openMemoryDatabase();
  migrate(
    database,
    '0.1.0',
    migrations.filter(({ version }) => version < policyVersions.version),
  );
});
afterEach(() => database.close());

const hash = (digit: string) => digit.repeat(64);
const add = (id: string, name: string, verb = 'INSERT') =>
  database.script(`${verb} INTO policy_versions (id, name, policy, origin, parents, seed, settings, data, weights, bytes,
      curves, created_at_ms)
    VALUES ('${id}', '${name}', 'nano', 'trained', '[]', '1', '{}', '{}', '${hash('e')}', 9, '[]', 5)`);
const activate = (number: number, version: string) =>
  database.script(`INSERT INTO policy_activations VALUES (${number}, '${version}', 'activate', 5)`);

it('adds versions to an archive that is there; they are never changed, replaced or removed', () => {
  database.script(`INSERT INTO settings VALUES ('workers', '3')`);
  migrate(
    database,
    '0.2.0',
    migrations.filter(({ version }) => version <= policyVersions.version),
  );
  expect(schemaOf(database)).toBe(8);
  expect(database.query('SELECT * FROM settings').all()).toEqual([{ key: 'workers', value: '3' }]);

  add(hash('a'), 'First');
  expect(() => add(hash('b'), 'fIRST')).toThrow('already');
  expect(() => add(hash('a'), 'other', 'INSERT OR REPLACE')).toThrow('already');
  expect(() => database.script(`UPDATE policy_versions SET name = 'x'`)).toThrow('only ever added');
  expect(() => database.script('DELETE FROM policy_versions')).toThrow('only ever added');
  expect(database.query('SELECT id, name FROM policy_versions').all()).toEqual([{ id: hash('a'), name: 'First' }]);
});

it('lets activations of known versions grow at their end only', () => {
  migrate(
    database,
    '0.2.0',
    migrations.filter(({ version }) => version <= policyVersions.version),
  );
  add(hash('a'), 'first');
  expect(() => activate(2, hash('a'))).toThrow('only ever added');
  expect(() => activate(1, hash('b'))).toThrow(/FOREIGN KEY/);
  activate(1, hash('a'));
  activate(2, hash('a'));
  expect(() => activate(2, hash('a'))).toThrow('only ever added');
  expect(() => database.script('DELETE FROM policy_activations')).toThrow('only ever added');
  expect(() => database.script('UPDATE policy_activations SET at_ms = 6')).toThrow('only ever added');
  expect(database.column('SELECT number FROM policy_activations').all()).toEqual([1, 2]);
});
