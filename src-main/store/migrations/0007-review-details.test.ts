/** Schema 7: verdicts that are there have no reason, and tags stand once on a flag that there is. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMemoryDatabase, type WriteDatabase } from '../database.ts';
import { migrate, schemaOf } from '../migrate.ts';
import { migrations } from './index.ts';
import * as reviewDetails from './0007-review-details.ts';

const before = migrations.filter(({ version }) => version < reviewDetails.version);
const flag = 'f'.repeat(64);
let database: WriteDatabase;

beforeEach(() => {
  database = openMemoryDatabase();
  migrate(database, '0.1.0', before);
  const id = 'a'.repeat(64);
  database.script(`
    INSERT INTO cameras (id, name) VALUES ('c', 'c');
    INSERT INTO recordings (id, camera, bytes, seconds, width, height, rotation, codec, container, clock_source,
      clock_text, last_path, added_at_ms) VALUES ('${id}', 'c', 1, 1, 1, 1, 0, 'h264', 'mp4', 'none', '', '/a', 0);
    INSERT INTO scans (id, recording, policy, policy_version, budget, models, settings, state, started_at_ms)
      VALUES ('${id}', '${id}', 'rules', '1', 12, '', '{}', 'done', 0);
    INSERT INTO flags (id, scan, recording, starts, ends, class, score, explanation, claims, trajectory, created_at_ms)
      VALUES ('${flag}', '${id}', '${id}', 0, 1, 'fight', 0.5, '', '[]', '${id}', 0);
    INSERT INTO verdicts (flag, decision, note, decided_at_ms) VALUES ('${flag}', 'reject', 'seen', 5);`);
});
afterEach(() => database.close());

it('keeps verdicts as they are, without a reason', () => {
  migrate(database, '0.2.0', [...before, reviewDetails]);
  expect(schemaOf(database)).toBe(7);
  expect(database.query('SELECT decision, note, reason FROM verdicts').all()).toEqual([
    { decision: 'reject', note: 'seen', reason: '' },
  ]);
  expect(() => database.script(`UPDATE verdicts SET reason = 'light'`)).toThrow('only ever added');
});

it('takes each tag once for a flag, and none that says nothing', () => {
  migrate(database, '0.2.0', [...before, reviewDetails]);
  database.script(`INSERT INTO flag_tags VALUES ('${flag}', 'night')`);
  expect(() => database.script(`INSERT INTO flag_tags VALUES ('${flag}', 'night')`)).toThrow('UNIQUE');
  expect(() => database.script(`INSERT INTO flag_tags VALUES ('${flag}', '')`)).toThrow('CHECK');
});
