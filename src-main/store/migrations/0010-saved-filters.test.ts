/** Schema 10: saved filters have a name and a query that is JSON. */
import { expect, it } from 'vitest';
import { openMemoryDatabase } from '../database.ts';
import { migrate, schemaOf } from '../migrate.ts';
import { migrations } from './index.ts';
import * as savedFilters from './0010-saved-filters.ts';

it('takes filters that can be read back, and no nameless ones', () => {
  const before = migrations.filter(({ version }) => version < savedFilters.version);
  const database = openMemoryDatabase();
  migrate(database, '0.1.0', before);
  migrate(database, '0.2.0', [...before, savedFilters]);
  expect(schemaOf(database)).toBe(10);
  database.script(`INSERT INTO saved_filters VALUES ('f', 'Nights', '{"state":["open"]}', 0, 5)`);
  expect(database.query('SELECT * FROM saved_filters').all()).toEqual([
    { id: 'f', name: 'Nights', query: '{"state":["open"]}', place: 0, saved_at_ms: 5 },
  ]);
  expect(() => database.script(`INSERT INTO saved_filters VALUES ('g', '', '{}', 0, 5)`)).toThrow('CHECK');
  expect(() => database.script(`INSERT INTO saved_filters VALUES ('g', 'x', '{', 0, 5)`)).toThrow('CHECK');
  database.close();
});
