/** Schema 2: flags of before get what lists ask for, and whatever happens to them afterwards, it stays true. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMemoryDatabase, type WriteDatabase } from '../database.ts';
import { migrate, schemaOf } from '../migrate.ts';
import * as firstTables from './0001-first-tables.ts';
import * as listedFlags from './0002-listed-flags.ts';

let database: WriteDatabase;

beforeEach(() => {
  database = openMemoryDatabase();
  migrate(database, '0.1.0', [firstTables]);
});
afterEach(() => database.close());

const id = (digit: string) => digit.repeat(64);
const [recording, scan, otherScan] = [id('a'), id('b'), id('c')];
const flags = [id('1'), id('2'), id('3'), id('4')] as const;

function addScans(): void {
  database.script(`
    INSERT INTO cameras (id, name) VALUES ('c', 'c');
    INSERT INTO recordings (id, camera, bytes, seconds, width, height, rotation, codec, container, clock_source,
      clock_text, last_path, added_at_ms) VALUES ('${recording}', 'c', 1, 1, 1, 1, 0, 'h264', 'mp4', 'none', '', '/a', 0);`);
  for (const each of [scan, otherScan]) {
    database.script(`INSERT INTO scans (id, recording, policy, policy_version, budget, models, settings, state,
      started_at_ms) VALUES ('${each}', '${recording}', 'rules', '1', 12, '', '{}', 'done', 0);`);
  }
}

const addFlag = (flag: string, of: string) =>
  database.script(`
    INSERT INTO flags (id, scan, recording, starts, ends, class, score, explanation, claims, trajectory, created_at_ms)
    VALUES ('${flag}', '${of}', '${recording}', 0, 1, 'fight', 0.5, '', '[]', '${id('d')}', 0);`);

const decide = (flag: string, decision: string, named: string | null = null) =>
  database
    .command(
      `INSERT INTO verdicts (flag, decision, class, note, decided_at_ms) VALUES (@flag, @decision, @named, '', 0)`,
    )
    .run({ flag, decision, named });

const takeBack = (flag: string) =>
  database.script(`
    INSERT INTO verdicts (flag, decision, note, decided_at_ms, retracts)
    SELECT flag, 'retract', '', 0, max(id) FROM verdicts v WHERE flag = '${flag}' AND decision <> 'retract'
      AND NOT EXISTS (SELECT 1 FROM verdicts u WHERE u.retracts = v.id) GROUP BY flag;`);

const kept = () => database.query('SELECT id, verdict, state, listed_class FROM flags ORDER BY id').all();

it('gives the flags that are there their state', () => {
  addScans();
  addFlag(flags[0], scan);
  addFlag(flags[1], scan);
  addFlag(flags[2], otherScan);
  addFlag(flags[3], otherScan);
  decide(flags[1], 'reject');
  decide(flags[1], 'confirm', 'fall');
  decide(flags[3], 'unsure');
  takeBack(flags[3]);
  database.script(`UPDATE scans SET superseded_at_ms = 5 WHERE id = '${otherScan}'`);
  migrate(database, '0.2.0', [firstTables, listedFlags]);
  expect(schemaOf(database)).toBe(2);
  expect(kept()).toEqual([
    { id: flags[0], verdict: null, state: 'open', listed_class: 'fight' },
    { id: flags[1], verdict: 2, state: 'confirm', listed_class: 'fall' },
    { id: flags[2], verdict: null, state: null, listed_class: 'fight' },
    { id: flags[3], verdict: null, state: null, listed_class: 'fight' },
  ]);
});

it('keeps the state true to verdicts and scans, whatever the order of events', () => {
  addScans();
  migrate(database, '0.2.0', [firstTables, listedFlags]);
  flags.forEach((flag, index) => addFlag(flag, index < 2 ? scan : otherScan));
  const truth = database.query('SELECT id, verdict, state, listed_class FROM flags_as_listed ORDER BY id');
  const flag = fc.constantFrom(...flags);
  const superseded = fc.constantFrom('NULL', '5');
  const event = fc.oneof(
    fc.record({ flag, decision: fc.constantFrom('confirm', 'reject', 'unsure'), named: fc.constantFrom(null, 'fall') }),
    fc.record({ flag, takenBack: fc.constant(true) }),
    fc.record({ flag, superseded }),
    fc.record({ scan: fc.constantFrom(scan, otherScan), superseded }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 20 }), (events) => {
      for (const each of events) {
        if ('decision' in each) decide(each.flag, each.decision, each.named);
        else if ('takenBack' in each) takeBack(each.flag);
        else {
          const [table, row] = 'scan' in each ? (['scans', each.scan] as const) : (['flags', each.flag] as const);
          database.script(`UPDATE ${table} SET superseded_at_ms = ${each.superseded} WHERE id = '${row}'`);
        }
        expect(kept()).toEqual(truth.all());
      }
    }),
    { numRuns: 60, seed: 20261121 },
  );
  expect(new Set(truth.all().map((row) => (row as { state: string | null }).state)).size).toBeGreaterThan(1);
});
