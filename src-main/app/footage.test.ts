/** Footage along the wall clock: what a span holds, who saw a moment, and what a corrected clock makes of both. */
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contract } from '../contract/calls.ts';
import { parseAs } from '../contract/validate.ts';
import { footageQueries } from '../store/tables/footage.ts';
import { openStore, type Store } from '../store/index.ts';
import { openDatabase } from '../store/open-database.ts';
import { camerasAt, correctClock, footageOf } from './footage.ts';

let folder: ReturnType<typeof mkdtempDisposableSync>;
let store: Store;
const { signal } = new AbortController();
const minuteMs = 60_000;

beforeEach(() => {
  folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-footage-'));
  store = openStore(folder.path);
  // Gate: minutes 0–1 and 10–11; yard: minutes 0.5–2.5; roof: no clock.
  record('a', 'gate', 0, 60);
  record('b', 'gate', 10, 60);
  record('c', 'yard', 0.5, 120);
  record('d', 'roof', null, 60);
});
afterEach(() => {
  store.close();
  folder.remove();
});

const id = (digit: string) => digit.repeat(64);

function record(digit: string, camera: string, minute: number | null, seconds: number): void {
  const utcMs = minute === null ? null : minute * minuteMs;
  const source = minute === null ? 'none' : 'container';
  store.recordings.add(
    {
      ...{ id: id(digit), camera: store.cameras.ensure(camera).id, bytes: 1, addedAtMs: 0 },
      clock: { utcMs, source, text: '', local: null },
      video: { ...{ seconds, width: 4, height: 4, rotation: 0, frameRate: 25 }, codec: 'h264', container: 'mp4' },
    },
    { path: `/${digit}.mp4`, bytes: 1, mtimeMs: 1 },
  );
}

const spanOf = async (from: number, to: number, camera = 'gate') => {
  const span = { camera, fromUtcMs: from * minuteMs, toUtcMs: to * minuteMs };
  const footage = await footageOf(store, span, signal);
  expect(parseAs(contract.calls.cameras.footage.result, { footage }, 'footage')).toEqual({ footage });
  return footage.map(({ recording, utcMs }) => [recording[0], utcMs / minuteMs]);
};
const at = (minute: number) => {
  const cameras = camerasAt(store, minute * minuteMs);
  expect(parseAs(contract.calls.cameras.moment.result, { cameras }, 'moment')).toEqual({ cameras });
  const minutes = (utcMs: number | null) => (utcMs === null ? null : utcMs / minuteMs);
  return Object.fromEntries(
    cameras.map(({ camera, recording, endedUtcMs, beginsUtcMs }) => [
      camera,
      [recording?.id[0] ?? null, minutes(endedUtcMs), minutes(beginsUtcMs)],
    ]),
  );
};

it('tells the recordings of a span, also those that only reach into it', async () => {
  expect(await spanOf(0, 20)).toEqual([
    ['a', 0],
    ['b', 10],
  ]);
  expect(await spanOf(0.5, 10)).toEqual([['a', 0]]);
  expect(await spanOf(1, 10)).toEqual([]);
  expect(await spanOf(0, 20, 'roof')).toEqual([]);
});

it('refuses a span that is none, one that is too long, and a camera that is not there', async () => {
  await expect(spanOf(5, 5)).rejects.toMatchObject({ code: 'invalid-argument' });
  await expect(spanOf(0, 60 * 50)).rejects.toMatchObject({ code: 'invalid-argument' });
  await expect(spanOf(0, 1, 'cellar')).rejects.toMatchObject({ code: 'not-found' });
});

it('tells of every camera what it has of a moment, and where its nearest footage is', () => {
  expect(at(0.75)).toEqual({ gate: ['a', null, 10], roof: [null, null, null], yard: ['c', null, null] });
  expect(at(5)).toEqual({ gate: [null, 1, 10], roof: [null, null, null], yard: [null, 2.5, null] });
  expect(at(-1)).toEqual({ gate: [null, null, 0], roof: [null, null, null], yard: [null, null, 0.5] });
});

it('corrects a clock and with it every time, and tells what held before', async () => {
  const before = correctClock(store, 'gate', { clockOffsetMs: 4 * minuteMs, timeZone: null }, undefined);
  expect(before).toEqual({ clockOffsetMs: 0, timeZone: null });
  expect(await spanOf(0, 20)).toEqual([
    ['a', 4],
    ['b', 14],
  ]);
  expect(at(4.5)).toMatchObject({ gate: ['a', null, 14] });
  expect(at(6)).toMatchObject({ gate: [null, 5, 14] });
  correctClock(store, 'gate', before, undefined);
  expect(at(0.75)).toMatchObject({ gate: ['a', null, 10] });
  const far = { clockOffsetMs: 0.5, timeZone: null };
  expect(() => correctClock(store, 'gate', far, undefined)).toThrow('whole number of milliseconds');
  expect(() => correctClock(store, 'cellar', before, undefined)).toThrow('There is no camera cellar');
});

it('finds the recordings of a moment by the index of their camera', () => {
  store.close();
  const database = openDatabase(folder.path);
  const plan = (sql: string) =>
    database
      .query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all({ at: 0, camera: 'gate', from: 0, to: 1, recordings: '[]' })
      .map(({ detail }) => detail);
  expect(plan(footageQueries.moment).filter((step) => step.startsWith('SCAN'))).toEqual(['SCAN c']);
  expect(plan(footageQueries.span).join('\n')).toContain('SEARCH r USING INDEX recordings_by_camera');
  database.close();
  store = openStore(folder.path);
});
