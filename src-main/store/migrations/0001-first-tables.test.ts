/** Schema 1: from an empty file to tables that refuse what must not be stored. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMemoryDatabase, type WriteDatabase } from '../database.ts';
import { migrate, schemaOf } from '../migrate.ts';
import { schemaText } from '../schema-text.ts';
import * as migration from './0001-first-tables.ts';

let database: WriteDatabase;

beforeEach(() => {
  database = openMemoryDatabase();
});
afterEach(() => database.close());

const tables = () =>
  database
    .query<{ name: string; strict: number }>(
      "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all();

const id = (digit: string) => digit.repeat(64);

it('makes the tables, all of them STRICT', () => {
  expect(tables()).toEqual([]);
  migrate(database, '0.1.0', [migration]);
  expect(schemaOf(database)).toBe(1);
  const made = tables();
  expect(made.map(({ name }) => name)).toEqual([
    'cameras',
    'episodes',
    'flags',
    'frame_blobs',
    'frame_cache',
    'frame_sets',
    'job_items',
    'jobs',
    'meta',
    'misses',
    'quarantine',
    'recording_paths',
    'recordings',
    'scans',
    'settings',
    'triage',
    'unreadable_files',
    'verdicts',
  ]);
  expect(made.every(({ strict }) => strict === 1)).toBe(true);
});

it('keeps verdicts from being changed or deleted, and flags that have one from being deleted', () => {
  migrate(database, '0.1.0', [migration]);
  database.script(`
    INSERT INTO cameras (id, name) VALUES ('c', 'c');
    INSERT INTO recordings (id, camera, bytes, seconds, width, height, rotation, codec, container, clock_source,
      clock_text, last_path, added_at_ms) VALUES ('${id('a')}', 'c', 1, 1, 1, 1, 0, 'h264', 'mp4', 'none', '', '/a', 0);
    INSERT INTO scans (id, recording, policy, policy_version, budget, models, settings, state, started_at_ms)
      VALUES ('${id('b')}', '${id('a')}', 'rules', '1', 12, '', '{}', 'done', 0);
    INSERT INTO flags (id, scan, recording, starts, ends, class, score, explanation, claims, trajectory, created_at_ms)
      VALUES ('${id('c')}', '${id('b')}', '${id('a')}', 0, 1, 'fight', 1, '', '[]', '${id('d')}', 0);
    INSERT INTO verdicts (flag, decision, note, decided_at_ms) VALUES ('${id('c')}', 'confirm', '', 0);`);
  expect(() => database.script("UPDATE verdicts SET decision = 'reject'")).toThrow('only ever added');
  expect(() => database.script('DELETE FROM verdicts')).toThrow('only ever added');
  expect(() => database.script('DELETE FROM flags')).toThrow('FOREIGN KEY');
  expect(() => database.script('UPDATE flags SET score = 1.5')).toThrow('CHECK');
  expect(() => database.script('UPDATE flags SET ends = starts')).toThrow('CHECK');
  expect(() => database.script("UPDATE flags SET claims = '['")).toThrow('CHECK');
});

it('leads to the committed schema.sql', () => {
  expect(readFileSync(new URL('../schema.sql', import.meta.url), 'utf8')).toBe(schemaText());
});
