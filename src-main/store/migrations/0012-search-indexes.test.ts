/** Schema 12: flags are found by their numbers, and verdicts by their notes, in indexes alone. */
import { expect, it } from 'vitest';
import { openMemoryDatabase } from '../database.ts';
import { migrate, schemaOf } from '../migrate.ts';
import { migrations } from './index.ts';
import * as searchIndexes from './0012-search-indexes.ts';

it('reads neither flags nor verdicts for what stands in the indexes', () => {
  const before = migrations.filter(({ version }) => version < searchIndexes.version);
  const database = openMemoryDatabase();
  migrate(database, '0.1.0', before);
  const plan = (sql: string) => database.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).get()?.detail;
  const byNumber = `SELECT state, listed_class, score, recording, starts, noted, scan, clock_ms, id FROM flags
    WHERE number = 1 AND state IS NOT NULL`;
  const byNote = `SELECT flag FROM verdicts WHERE note <> '' AND note LIKE '%a%'`;
  expect(plan(byNote)).not.toContain('COVERING');
  migrate(database, '0.2.0', [...before, searchIndexes]);
  expect(schemaOf(database)).toBe(12);
  expect(plan(byNumber.replace('FROM flags', 'FROM flags INDEXED BY listed_flags_by_number'))).toBe(
    'SEARCH flags USING COVERING INDEX listed_flags_by_number (number=? AND state>?)',
  );
  expect(plan(byNote)).toBe('SCAN verdicts USING COVERING INDEX verdicts_by_note');
  database.close();
});
