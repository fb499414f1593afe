/** Schema 11: flags have the time of their recordings' clocks, and keep it whatever is put right afterwards. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMemoryDatabase, type WriteDatabase } from '../database.ts';
import { migrate, schemaOf } from '../migrate.ts';
import * as flagClocks from './0011-flag-clocks.ts';
import { migrations } from './index.ts';

const before = migrations.filter(({ version }) => version < flagClocks.version);
const id = (digit: string) => digit.repeat(64);
const recordings = [id('a'), id('b'), id('c')] as const;
const scan = id('d');
let database: WriteDatabase;

beforeEach(() => {
  database = openMemoryDatabase();
  migrate(database, '0.1.0', before);
  database.script(`INSERT INTO cameras (id, name, clock_offset_ms) VALUES ('gate', 'Gate', 500), ('hall', 'Hall', 0);`);
  recordings.forEach((recording, index) =>
    database.script(`
      INSERT INTO recordings (id, camera, bytes, seconds, width, height, rotation, codec, container, clock_source,
        clock_text, clock_utc_ms, last_path, added_at_ms)
      VALUES ('${recording}', 'gate', 1, 1, 1, 1, 0, 'h264', 'mp4', 'none', '', ${index === 2 ? 'NULL' : 1000 * index}, '/a', 0)`),
  );
  database.script(`
    INSERT INTO scans (id, recording, policy, policy_version, budget, models, settings, state, started_at_ms)
      VALUES ('${scan}', '${recordings[0]}', 'rules', '1', 12, '', '{}', 'done', 0);`);
});
afterEach(() => database.close());

const addFlag = (flag: string, recording: string, starts: number) =>
  database.script(`
    INSERT INTO flags (id, scan, recording, starts, ends, class, score, explanation, claims, trajectory, created_at_ms)
    VALUES ('${flag}', '${scan}', '${recording}', ${starts}, ${starts + 1}, 'fight', 0.5, '', '[]', '${id('e')}', 0)`);
const clocks = () => database.column<number | null>('SELECT clock_ms FROM flags ORDER BY id').all();

it('tells the time of flags that are there already, and of new ones', () => {
  recordings.slice(0, 2).forEach((recording, index) => addFlag(id(String(index)), recording, 2.5));
  migrate(database, '0.2.0', [...before, flagClocks]);
  expect(schemaOf(database)).toBe(11);
  addFlag(id('2'), recordings[1], 0.25);
  addFlag(id('3'), recordings[2], 1);
  expect(clocks()).toEqual([3000, 4000, 1750, null]);
});

it('follows whatever moves a flag in time', () => {
  migrate(database, '0.2.0', [...before, flagClocks]);
  recordings.forEach((recording, index) => addFlag(id(String(index)), recording, index));
  const recording = fc.constantFrom(...recordings);
  const change = fc.oneof(
    fc.record({ recording, utcMs: fc.option(fc.integer({ min: 0, max: 9000 })) }),
    fc.record({ recording, camera: fc.constantFrom('gate', 'hall') }),
    fc.record({ camera: fc.constantFrom('gate', 'hall'), offsetMs: fc.integer({ min: -900, max: 900 }) }),
    fc.record({ flag: fc.constantFrom('0', '1', '2'), starts: fc.integer({ min: 0, max: 9 }) }),
    fc.record({ flag: fc.constantFrom('0', '1', '2'), recording }),
  );
  const truth = database.column<number | null>(`
    SELECT r.clock_utc_ms + c.clock_offset_ms + 1000 * f.starts FROM flags f
      JOIN recordings r ON r.id = f.recording JOIN cameras c ON c.id = r.camera ORDER BY f.id`);
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      for (const each of changes) {
        if ('utcMs' in each) {
          database.script(
            `UPDATE recordings SET clock_utc_ms = ${each.utcMs ?? 'NULL'} WHERE id = '${each.recording}'`,
          );
        } else if ('offsetMs' in each) {
          database.script(`UPDATE cameras SET clock_offset_ms = ${each.offsetMs} WHERE id = '${each.camera}'`);
        } else if ('camera' in each) {
          database.script(`UPDATE recordings SET camera = '${each.camera}' WHERE id = '${each.recording}'`);
        } else if ('starts' in each) {
          database.script(`UPDATE flags SET starts = ${each.starts}, ends = 10 WHERE id = '${id(each.flag)}'`);
        } else database.script(`UPDATE flags SET recording = '${each.recording}' WHERE id = '${id(each.flag)}'`);
        expect(clocks()).toEqual(truth.all());
      }
    }),
    { numRuns: 60, seed: 20261121 },
  );
});
