/** The archive by days: counted in the time zone that is asked for, and summed up for one of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore, type Store } from '../store/index.ts';
import { createOverviewCalls } from './overview.ts';

let store: Store;
let folder: string;
const hour = 3_600_000;
const context = { signal: new AbortController().signal };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anom-pi-overview-'));
  store = openStore(folder);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

/** A recording of `hours` with a flag at each of the `seconds`. */
function add(name: string, camera: string, utcMs: number | null, hours: number, seconds: readonly number[]): string[] {
  const id = Buffer.from(name).toString('hex').padEnd(64, '0');
  const clock = { source: utcMs === null ? ('none' as const) : ('file-name' as const), text: '', local: null, utcMs };
  const shape = { width: 64, height: 36, rotation: 0 as const, frameRate: 25, codec: 'h264', container: 'mp4' };
  const video = { seconds: hours * 3600, ...shape };
  const file = { path: `/${name}.mp4`, bytes: 1, mtimeMs: 0 };
  store.recordings.add({ id, camera: store.cameras.ensure(camera).id, bytes: 1, clock, video, addedAtMs: 0 }, file);
  const identity = { recording: id, policy: 'rules', policyVersion: '1', budget: 12, models: '', settings: {} };
  const flags = seconds.map((start, index) => ({
    ...{ start, end: start + 5, class: index % 2 === 0 ? 'fight' : 'fall', score: 0.9 - index / 10 },
    ...{ explanation: '', claims: [], trajectory: 'e'.repeat(64) },
  }));
  return store.scans.finish(store.scans.start(identity, 0).id, { flags, summary: null, atMs: 0 });
}

const evening = Date.UTC(2026, 2, 1, 22);

it('counts recordings and flags on the day on which they begin, in that time zone', async () => {
  // From 22:00 to 02:00 in UTC, with flags before and after midnight; that is after midnight already in Berlin from 23:00 on.
  const [before = '', after = ''] = add('a', 'Gate', evening, 4, [600, 2.5 * 3600]);
  add('b', 'Hall', null, 1, [10]);
  store.verdicts.add(before, { decision: 'reject', class: null, start: null, end: null, note: '', decidedAtMs: 1 });
  const { days } = createOverviewCalls(store);
  const span = { from: evening - 24 * hour, until: evening + 48 * hour };
  const open = { open: 1, confirm: 0, reject: 0, unsure: 0 };
  const rejected = { open: 0, confirm: 0, reject: 1, unsure: 0 };
  expect(after).not.toBe('');
  expect(await days({ ...span, timeZone: 'UTC' }, context)).toEqual({
    days: [
      { day: '2026-03-01', recordings: 1, seconds: 4 * 3600, flags: rejected },
      { day: '2026-03-02', recordings: 0, seconds: 0, flags: open },
    ],
    undated: 1,
  });
  expect(await days({ ...span, timeZone: 'Asia/Kolkata' }, context)).toMatchObject({
    days: [{ day: '2026-03-02', recordings: 1, flags: { open: 1, reject: 1 } }],
  });
  expect(await days({ ...span, timeZone: 'UTC', cameras: ['Hall'] }, context)).toEqual({ days: [], undated: 1 });
});

it('sums up a day: the part of recordings that lies in it, flags by camera and class, the strongest open ones', async () => {
  const [, late = ''] = add('a', 'Gate', evening, 4, [600, 2.5 * 3600]);
  const [confirmed = '', strong = ''] = add('b', 'Hall', evening + 3 * hour, 1, [60, 120]);
  add('c', 'Hall', evening + 40 * hour, 1, [60]);
  store.verdicts.add(confirmed, {
    decision: 'confirm',
    class: 'theft',
    start: null,
    end: null,
    note: '',
    decidedAtMs: 1,
  });
  const from = Date.UTC(2026, 2, 2);
  const recap = await createOverviewCalls(store).recap({ from, until: from + 24 * hour }, context);
  const none = { open: 0, confirm: 0, reject: 0, unsure: 0 };
  expect(recap).toEqual({
    ...{ recordings: 2, seconds: 3 * 3600, scanned: 2, flags: { ...none, open: 2, confirm: 1 } },
    cameras: [
      { camera: 'Gate', recordings: 1, seconds: 2 * 3600, flags: { ...none, open: 1 } },
      { camera: 'Hall', recordings: 1, seconds: 3600, flags: { ...none, open: 1, confirm: 1 } },
    ],
    classes: [
      { class: 'fall', flags: { ...none, open: 2 } },
      { class: 'theft', flags: { ...none, confirm: 1 } },
    ],
    strongest: expect.arrayContaining([late, strong]),
  });
});

it('refuses spans that are none, and time zones that are none', async () => {
  const { days, recap } = createOverviewCalls(store);
  const wrong = expect.objectContaining({ code: 'invalid-argument' });
  await expect(recap({ from: 5, until: 5 }, context)).rejects.toEqual(wrong);
  await expect(days({ from: 0, until: 500 * 24 * hour, timeZone: 'UTC' }, context)).rejects.toEqual(wrong);
  await expect(days({ from: 0, until: hour, timeZone: 'Nowhere/Land' }, context)).rejects.toEqual(wrong);
});
