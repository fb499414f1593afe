/** Schema 9: what is there is found by its words, and whatever happens afterwards, search and flags say the same. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMemoryDatabase, type WriteDatabase } from '../database.ts';
import { migrate, schemaOf } from '../migrate.ts';
import * as flagSearch from './0009-flag-search.ts';
import { migrations } from './index.ts';

const before = migrations.filter(({ version }) => version < flagSearch.version);
let database: WriteDatabase;

const id = (digit: string) => digit.repeat(64);
const [recording, scan] = [id('a'), id('b')];
const flags = [id('1'), id('2'), id('3')] as const;

beforeEach(() => {
  database = openMemoryDatabase();
  migrate(database, '0.1.0', before);
  database.script(`
    INSERT INTO cameras (id, name) VALUES ('c', 'c');
    INSERT INTO recordings (id, camera, bytes, seconds, width, height, rotation, codec, container, clock_source,
      clock_text, last_path, added_at_ms) VALUES ('${recording}', 'c', 1, 1, 1, 1, 0, 'h264', 'mp4', 'none', '', '/a', 0);
    INSERT INTO scans (id, recording, policy, policy_version, budget, models, settings, state, started_at_ms)
      VALUES ('${scan}', '${recording}', 'rules', '1', 12, '', '{}', 'done', 0);`);
});
afterEach(() => database.close());

const claims = JSON.stringify([
  { kind: 'measured', args: { attribute: 'limb-speed' } },
  { kind: 'where', args: {} },
]);
const addFlag = (flag: string, explanation: string) =>
  database
    .command(
      `INSERT INTO flags (id, scan, recording, starts, ends, class, score, explanation, claims, trajectory, created_at_ms)
       VALUES (@flag, '${scan}', '${recording}', 0, 1, 'fight', 0.5, @explanation, @claims, '${id('d')}', 0)`,
    )
    .run({ flag, explanation, claims });
const decide = (flag: string, named: string | null, note: string, reason = '') =>
  database
    .command(
      `INSERT INTO verdicts (flag, decision, class, note, reason, decided_at_ms)
       VALUES (@flag, 'reject', @named, @note, @reason, 0)`,
    )
    .run({ flag, named, note, reason });
const found = (words: string) =>
  database
    .column<string>(
      `SELECT id FROM flags WHERE number IN (SELECT rowid FROM flag_search WHERE flag_search MATCH @words) ORDER BY id`,
    )
    .all({ words: `"${words}"` });
const noted = () => database.column<string>('SELECT id FROM flags WHERE noted = 1 ORDER BY id').all();

it('finds what is there already by its explanation, note, reason, tags, classes and attributes', () => {
  addFlag(flags[0], 'Clearly a fight.');
  addFlag(flags[1], 'Possibly a fall.');
  decide(flags[1], 'theft', 'the man in the red coat', 'usual-here');
  database.script(`INSERT INTO flag_tags VALUES ('${flags[0]}', 'night shift')`);
  migrate(database, '0.2.0', [...before, flagSearch]);
  expect(schemaOf(database)).toBe(9);
  expect(found('learly')).toEqual([flags[0]]);
  expect(found('RED COAT')).toEqual([flags[1]]);
  expect(found('usual-here')).toEqual([flags[1]]);
  expect(found('night sh')).toEqual([flags[0]]);
  expect(found('class:theft;')).toEqual([flags[1]]);
  expect(found('limb speed')).toEqual([flags[0], flags[1]]);
  expect(noted()).toEqual([flags[1]]);
});

it('keeps the search true to flags, verdicts and tags, whatever the order of events', () => {
  migrate(database, '0.2.0', [...before, flagSearch]);
  for (const flag of flags) addFlag(flag, 'grey morning');
  const words = fc.constantFrom('silver', 'bronze', 'golden');
  const flag = fc.constantFrom(...flags);
  const event = fc.oneof(
    fc.record({ flag, note: words }),
    fc.record({ flag, tag: words }),
    fc.record({ flag, untag: words }),
    fc.record({ flag, explanation: words }),
    fc.record({ flag, takenBack: fc.constant(true) }),
  );
  const texts = database.query<{ id: string; text: string }>(
    `SELECT id, explanation || ' ' || coalesce(notes, '') AS text FROM flag_texts ORDER BY id`,
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 15 }), (events) => {
      for (const each of events) {
        if ('note' in each) decide(each.flag, null, each.note);
        else if ('tag' in each)
          database
            .command('INSERT OR IGNORE INTO flag_tags VALUES (@flag, @tag)')
            .run({ flag: each.flag, tag: each.tag });
        else if ('untag' in each)
          database
            .command('DELETE FROM flag_tags WHERE flag = @flag AND tag = @tag')
            .run({ flag: each.flag, tag: each.untag });
        else if ('explanation' in each)
          database
            .command('UPDATE flags SET explanation = @explanation WHERE id = @flag')
            .run({ flag: each.flag, explanation: each.explanation });
        else
          database.script(`
            INSERT INTO verdicts (flag, decision, note, decided_at_ms, retracts)
            SELECT flag, 'retract', '', 0, max(id) FROM verdicts v WHERE flag = '${each.flag}' AND decision <> 'retract'
              AND NOT EXISTS (SELECT 1 FROM verdicts u WHERE u.retracts = v.id) GROUP BY flag;`);
        for (const word of ['silver', 'bronze', 'golden', 'grey']) {
          const truth = texts.all().filter(({ text }) => text.includes(word));
          expect(found(word)).toEqual(truth.map((row) => row.id));
        }
      }
    }),
    { numRuns: 40, seed: 20261121 },
  );
});

it('forgets a flag that is gone, and how one looked that was found anew', () => {
  migrate(database, '0.2.0', [...before, flagSearch]);
  for (const flag of flags) addFlag(flag, 'grey morning');
  const numbers = () => database.column<number>('SELECT number FROM flags ORDER BY id').all();
  expect(numbers()).toEqual([1, 2, 3]);
  for (const number of numbers()) {
    database.command(`INSERT INTO flag_vectors VALUES (@number, 'x', x'00')`).run({ number });
  }
  database.script(`DELETE FROM flags WHERE id = '${flags[1]}'`);
  database.script(`UPDATE flags SET trajectory = '${id('e')}' WHERE id = '${flags[0]}'`);
  expect(found('grey')).toEqual([flags[0], flags[2]]);
  expect(database.column<number>('SELECT number FROM flag_vectors').all()).toEqual([3]);
});

it('fills the search also in a database whose schema is not trusted, as that of the store is', () => {
  migrate(database, '0.2.0', [...before, flagSearch]);
  database.script('PRAGMA trusted_schema = OFF');
  addFlag(flags[0], 'grey morning');
  expect(found('morning')).toEqual([flags[0]]);
});
