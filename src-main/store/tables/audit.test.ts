/** The audit log over a real database: it tells of every change, with it or not at all, and finds what was changed behind it. */
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../open-store.ts';

let folder: ReturnType<typeof mkdtempDisposableSync>;
let store: Store;
let flag: string;
const recording = 'a'.repeat(64);
let clock = 1000;
const open = () => openStore(folder.path, { nowMs: () => clock++ });

beforeEach(() => {
  clock = 1000;
  folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-audit-'));
  store = open();
  store.cameras.ensure('gate');
  const video = { seconds: 60, width: 640, height: 360, rotation: 0, frameRate: 25, codec: 'h264', container: 'mp4' };
  store.recordings.add(
    {
      ...{ id: recording, camera: 'gate', bytes: 10, addedAtMs: 5, video: { ...video, rotation: 0 } },
      clock: { utcMs: 1000, source: 'file-name', text: 't', local: null },
    },
    { path: '/a.mp4', bytes: 10, mtimeMs: 20 },
  );
  const identity = { recording, policy: 'rules', policyVersion: '1', budget: 12, models: 'm', settings: {} };
  const scan = store.scans.start(identity, 1, { again: true });
  const found = {
    start: 1,
    end: 6,
    class: 'fight',
    score: 0.5,
    explanation: '',
    claims: [],
    trajectory: 'f'.repeat(64),
  };
  const [made] = store.scans.finish(scan.id, { flags: [found], summary: {}, atMs: 1 });
  flag = made ?? expect.unreachable();
});
afterEach(() => {
  store.close();
  folder.remove();
});

const verdict = { decision: 'confirm', class: null, start: 1 / 3, end: null, note: 'seen', decidedAtMs: 7 } as const;
const told = () => store.audit.all().map(({ kind, subject, details }) => ({ kind, subject, details }));
const miss = { recording, start: 0.1, end: 2, class: 'fall', note: '', addedAtMs: 8 };

/** Changes the file as somebody with SQLite's own shell could. */
function behindTheBack(sql: string): void {
  store.close();
  const database = new Sqlite(path.join(folder.path, 'anom-pi.db'));
  for (const { name } of database
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('audit_log', 'verdicts')`,
    )
    .all()) {
    database.exec(`DROP TRIGGER ${name}`);
  }
  database.pragma('foreign_keys = OFF');
  database.exec(sql);
  database.close();
  store = open();
}

describe('the log', () => {
  it('tells of verdicts, undoing, misses, settings and forgotten normality', () => {
    store.verdicts.add(flag, verdict);
    store.verdicts.undo(flag, 9);
    const { id } = store.misses.add(miss);
    store.misses.remove(id, 10);
    store.misses.remove(id, 11);
    store.settings.set('workers', 3);
    store.settings.set('workers', 3);
    store.settings.remove('workers');
    store.settings.remove('workers');
    store.normality.putPart(recording, 'k', 'blob', 1);
    store.normality.reset('gate');
    store.verdicts.add(flag, { ...verdict, reason: 'animal' });
    store.tags.set(flag, ['night', 'gate']);
    store.tags.set(flag, ['gate', 'night']);
    store.cameras.setClock('gate', { clockOffsetMs: 1500, timeZone: null });
    store.cameras.setClock('gate', { clockOffsetMs: 1500, timeZone: null });
    const nothing = { class: null, start: null, end: null, note: '' };
    expect(told()).toEqual([
      {
        ...{ kind: 'log-began', subject: 'log' },
        details: { verdicts: {}, misses: {}, settings: {}, tags: {}, policyVersions: {}, policyActivations: {} },
      },
      { kind: 'verdict', subject: flag, details: { ...verdict, id: 1, retracts: null } },
      {
        kind: 'verdict',
        subject: flag,
        details: { ...nothing, decision: 'retract', decidedAtMs: 9, id: 2, retracts: 1 },
      },
      { kind: 'miss', subject: id, details: miss },
      { kind: 'miss-removed', subject: id, details: { removedAtMs: 10 } },
      { kind: 'setting', subject: 'workers', details: { before: null, value: 3 } },
      { kind: 'setting', subject: 'workers', details: { before: 3, value: null } },
      { kind: 'normality-reset', subject: 'gate', details: { recordings: 1 } },
      { kind: 'verdict', subject: flag, details: { ...verdict, reason: 'animal', id: 3, retracts: null } },
      { kind: 'tags', subject: flag, details: { before: [], tags: ['gate', 'night'] } },
      {
        kind: 'camera-clock',
        subject: 'gate',
        details: { before: { clockOffsetMs: 0, timeZone: null }, clockOffsetMs: 1500, timeZone: null },
      },
    ]);
    expect(store.audit.all().map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(store.inspectAudit()).toMatchObject({ head: { number: 11 }, fault: null });
  });

  it('has no row of a change that was taken back, and no change is without its row', () => {
    const { number } = store.audit.head();
    expect(() =>
      store.transaction(() => {
        store.verdicts.add(flag, verdict);
        store.settings.set('workers', 3);
        throw new RangeError('no');
      }),
    ).toThrow('no');
    expect([store.audit.head().number, store.verdicts.history(flag), store.settings.get('workers')]).toEqual([
      number,
      [],
      undefined,
    ]);
    expect(() => store.verdicts.add('0'.repeat(64), verdict)).toThrow('There is no flag');
    expect(store.audit.head().number).toBe(number);
    store.verdicts.add(flag, verdict);
    expect(store.audit.head().number).toBe(number + 1);
    expect(store.inspectAudit().fault).toBeNull();
  });

  it('goes on after it was opened again, and finds its rows by subject and by page', () => {
    store.verdicts.add(flag, verdict);
    store.close();
    store = open();
    store.settings.set('workers', 3);
    expect(store.audit.about(flag)).toEqual([store.audit.all()[1]]);
    expect(store.audit.page(Number.MAX_SAFE_INTEGER, 2).map(({ number }) => number)).toEqual([3, 2]);
    expect(store.audit.page(2, 2).map(({ number }) => number)).toEqual([1]);
    expect(store.inspectAudit()).toEqual({
      head: { number: 3, hash: store.audit.all()[2]?.hash },
      atMs: store.audit.all()[2]?.atMs,
      fault: null,
    });
  });

  it('begins with what was there before it', () => {
    store.verdicts.add(flag, verdict);
    const { id } = store.misses.add(miss);
    store.settings.set('workers', 3);
    behindTheBack(`DELETE FROM audit_log; DELETE FROM sqlite_sequence WHERE name = 'audit_log'`);
    expect(told()).toEqual([
      {
        ...{ kind: 'log-began', subject: 'log' },
        details: {
          verdicts: { 1: { ...verdict, flag, id: 1, retracts: null } },
          misses: { [id]: { ...miss, removedAtMs: null } },
          settings: { workers: 3 },
          ...{ tags: {}, policyVersions: {}, policyActivations: {} },
        },
      },
    ]);
    expect(store.inspectAudit().fault).toBeNull();
    store.misses.remove(id, 12);
    store.settings.remove('workers');
    expect(store.inspectAudit().fault).toBeNull();
    behindTheBack(`UPDATE verdicts SET note = 'not seen'`);
    expect(store.inspectAudit().fault).toMatchObject({ fault: 'contradicted', number: 1 });
  });

  it.each([
    [
      'a row changed',
      `UPDATE audit_log SET details = replace(details, 'seen', 'not seen') WHERE number = 2`,
      'altered',
      2,
    ],
    ['a row deleted', 'DELETE FROM audit_log WHERE number = 2', 'removed', 2],
    ['the last row deleted', 'DELETE FROM audit_log WHERE number = 4', 'removed', 4],
    ['all rows deleted', 'DELETE FROM audit_log', 'removed', 1],
    [
      'two rows swapped',
      'UPDATE audit_log SET number = 9 WHERE number = 2; UPDATE audit_log SET number = 2 WHERE number = 3; UPDATE audit_log SET number = 3 WHERE number = 9',
      'reordered',
      2,
    ],
    ['a verdict changed', `UPDATE verdicts SET decision = 'reject'`, 'contradicted', 2],
    ['a verdict deleted', 'UPDATE flags SET verdict = NULL; DELETE FROM verdicts', 'contradicted', 2],
    [
      'a verdict slipped in',
      `INSERT INTO verdicts (flag, decision, note, decided_at_ms) SELECT flag, 'reject', '', 3 FROM verdicts`,
      'contradicted',
      4,
    ],
    ['a miss changed', 'UPDATE misses SET ends = 3', 'contradicted', 3],
    ['a miss taken away', 'UPDATE misses SET removed_at_ms = 3', 'contradicted', 3],
    ['a setting changed', `UPDATE settings SET value = '4'`, 'contradicted', 4],
    ['a setting slipped in', `INSERT INTO settings VALUES ('theme', '"dark"')`, 'contradicted', 4],
  ])('with %s behind its back says so', (_, sql, fault, number) => {
    store.verdicts.add(flag, verdict);
    store.misses.add(miss);
    store.settings.set('workers', 3);
    expect(store.inspectAudit().fault).toBeNull();
    behindTheBack(sql);
    expect(store.inspectAudit().fault).toMatchObject({ fault, number });
  });

  it('whose end was cut off goes on, and the gap stays', () => {
    store.settings.set('workers', 3);
    store.settings.set('workers', 4);
    behindTheBack('DELETE FROM audit_log WHERE number = 3');
    store.settings.set('workers', 5);
    expect(store.audit.all().map(({ number }) => number)).toEqual([1, 2, 4]);
    expect(store.inspectAudit().fault).toMatchObject({ fault: 'removed', number: 3 });
  });
});
