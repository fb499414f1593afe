/** The calls that the window lives on, asked of a real core over its socket, on footage that a scan finds something in. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventName, EventValue } from '../../src-main/contract/calls.ts';
import type { AppError } from '../../src-main/contract/errors.ts';
import type { Flag } from '../../src-main/contract/flag.ts';
import type { Job } from '../../src-main/contract/job.ts';
import type { Client } from '../../src-main/contract/service.ts';
import { connectCore } from '../../src-main/hosts/connect-core.ts';
import { entries } from '../../src-main/hosts/entries.ts';
import { createWorkspace, until, type Workspace } from '../support/cli.ts';
import { commotion } from '../support/commotion.ts';

let workspace: Workspace;
let archive: string;
let client: Client;
/** What the scan told of while it ran. */
const told = { changes: [] as { recordings: number; flags: number; atMs: number }[], flagged: [] as Flag[] };

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('it should have failed'),
    (error: unknown) => error as AppError,
  );

async function jobOf(id: string): Promise<Job | undefined> {
  return (await client.jobs.list()).items.find((job) => job.id === id);
}
const ended = (id: string) =>
  until(async () => ['done', 'failed', 'paused'].includes((await jobOf(id))?.state ?? ''), 90_000);

/** Events from now on. */
async function listen<E extends EventName>(event: E): Promise<{ readonly heard: EventValue<E>[]; stop(): void }> {
  const heard: EventValue<E>[] = [];
  const subscription = client.on(event, (value) => heard.push(value));
  await subscription.ready;
  return { heard, stop: () => subscription.close() };
}

beforeAll(async () => {
  workspace = await createWorkspace();
  archive = join(workspace.root, 'archive');
  await mkdir(archive);
  await commotion(join(archive, 'Yard_20260314_080000.mp4'));
  await commotion(join(archive, 'Gate_20260314_070000.mp4'), { seed: 2, from: 5, to: 12, seconds: 20 });
  await commotion(join(archive, 'Gate_20260314_090000.mp4'), { seed: 3, from: 0, to: 0, seconds: 12 });
  await writeFile(join(archive, 'Gate_20260314_100000.mp4'), 'no video');
  ({ client } = await connectCore({ dataFolder: workspace.dataFolder, entries }));
  const subscription = client.on('archive.changed', (event) =>
    told.changes.push({ ...event, atMs: performance.now() }),
  );
  await subscription.ready;
  const { job } = await client.scan.start({ folders: [archive], policy: 'rules' });
  await ended(job.id);
  expect(await jobOf(job.id)).toMatchObject({ state: 'done' });
}, 120_000);

afterAll(async () => {
  client.close();
  await workspace[Symbol.asyncDispose]();
});

describe('the queue', () => {
  test('holds the flags in the order asked for, and counts them by state', async () => {
    const { ids, states } = await client.flags.find();
    expect(ids.length).toBeGreaterThanOrEqual(2);
    expect(states).toEqual({ open: ids.length, confirm: 0, reject: 0, unsure: 0 });
    const { items } = await client.flags.rows({ ids });
    expect(items.map(({ id }) => id)).toEqual(ids);
    expect(items.map(({ score }) => score)).toEqual(items.map(({ score }) => score).toSorted((a, b) => b - a));
    const byClock = await client.flags.rows({ ids: (await client.flags.find({ order: 'clock' })).ids });
    const cameras = byClock.items.map(({ camera }) => camera);
    expect(cameras).toEqual(cameras.toSorted());
    expect(new Set(cameras)).toEqual(new Set(['Gate', 'Yard']));
    const gate = await client.flags.find({ cameras: ['Gate'] });
    expect(gate.ids.toSorted()).toEqual(items.flatMap(({ id, camera }) => (camera === 'Gate' ? [id] : [])).toSorted());
  });

  test('is the list of the command line', async () => {
    const printed = await workspace.cli(['flags', '--json']);
    const { ids } = await client.flags.find({ order: 'recording' });
    expect(printed.lines.map((line) => line['id'])).toEqual(ids);
    const pages = [await client.flags.list({ limit: 1 })];
    pages.push(await client.flags.list({ limit: 1, after: pages[0]?.next ?? '' }));
    expect(pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(ids.slice(0, 2));
  });

  test('leaves out ids that are not there, and refuses filters that make no sense', async () => {
    const [first = ''] = (await client.flags.find()).ids;
    const { items } = await client.flags.rows({ ids: ['0'.repeat(64), first] });
    expect(items.map(({ id }) => id)).toEqual([first]);
    expect(await failureOf(client.flags.find({ cameras: [] }))).toMatchObject({ code: 'invalid-argument' });
    expect(await client.flags.find({ states: [] })).toMatchObject({ ids: [] });
  });

  test('follows verdicts, and everybody is told of them', async () => {
    const [id = ''] = (await client.flags.find()).ids;
    const before = (await client.flags.find()).states;
    const events = await listen('flag.changed');
    const decided = await client.verdicts.decide({ flag: id, decision: 'confirm', class: 'fall' });
    expect(await client.flags.find({ classes: ['fall'], states: ['confirm'] })).toEqual({
      ids: [id],
      states: { open: 0, confirm: 1, reject: 0, unsure: 0 },
    });
    const { states } = await client.flags.find({ states: ['reject'] });
    expect(states).toEqual({ ...before, open: before.open - 1, confirm: 1 });
    const undone = await client.verdicts.undo({ flag: id });
    expect((await client.flags.find()).states).toEqual(before);
    expect(events.heard).toEqual([decided.flag, undone.flag]);
    expect(await failureOf(client.verdicts.undo({ flag: id }))).toMatchObject({ code: 'not-found' });
    expect(events.heard).toHaveLength(2);
    events.stop();
  });
});

describe('the archive', () => {
  test('is summed up by camera', async () => {
    const { cameras, unreadable } = await client.archive.overview();
    const { states } = await client.flags.find();
    expect(cameras.map(({ camera, recordings, scanned }) => [camera, recordings, scanned])).toEqual([
      ['Gate', 2, 2],
      ['Yard', 1, 1],
    ]);
    expect(cameras.reduce((sum, { openFlags }) => sum + openFlags, 0)).toBe(states.open);
    expect(unreadable).toBe(1);
    const [gate] = cameras;
    expect(gate?.seconds).toBeCloseTo(32, 0);
    expect((gate?.lastUtcMs ?? 0) - (gate?.firstUtcMs ?? 0)).toBeCloseTo((2 * 3600 + 12) * 1000, -3);
    expect(await client.core.info()).toMatchObject({ recordings: 3, unreadable: 1, flags: states.open });
  });

  test('is listed in every order', async () => {
    const names = async (order: 'camera' | 'path' | 'flags' | 'length') => {
      const { ids } = await client.recordings.find({ order });
      return (await client.recordings.rows({ ids })).items.map(({ path }) =>
        basename(path).replace(/_.*_|0000\.mp4/g, ''),
      );
    };
    expect(await names('camera')).toEqual(['Gate07', 'Gate09', 'Yard08']);
    expect(await names('path')).toEqual(['Gate07', 'Gate09', 'Yard08']);
    expect((await names('flags')).at(-1)).toBe('Gate09');
    expect(await names('length')).toEqual(['Yard08', 'Gate07', 'Gate09']);
    const { ids } = await client.recordings.find({ cameras: ['Yard'] });
    expect((await client.recordings.rows({ ids })).items).toMatchObject([{ camera: 'Yard', scanned: true }]);
  });

  test('told of its growth, the last state last, and seldom', async () => {
    const { recordings, flags } = await client.core.info();
    await until(() => told.changes.at(-1)?.flags === flags);
    expect(told.changes.at(-1)).toMatchObject({ recordings, flags });
    // Timers fire late but never early; the wire may bring two closer together than they were sent.
    const span = (told.changes.at(-1)?.atMs ?? 0) - (told.changes[0]?.atMs ?? 0);
    expect(told.changes.length).toBeLessThanOrEqual(span / 500 + 2);
  });

  test('does not tell of an import that finds everything as it was', async () => {
    const events = await listen('archive.changed');
    const { job } = await client.archive.import({ folders: [join(archive, 'Yard_20260314_080000.mp4')] });
    await ended(job.id);
    // Another recording is told of, and nothing before it.
    const added = join(workspace.root, 'Lobby_20260314_080000.mp4');
    await commotion(added, { seed: 9, seconds: 2, from: 0, to: 0 });
    const second = await client.archive.import({ folders: [added] });
    await ended(second.job.id);
    await until(() => events.heard.length > 0);
    expect(events.heard.map(({ recordings }) => recordings)).toEqual([4]);
    events.stop();
  });
});

describe('the timeline', () => {
  test('shows where something went on, where was looked, and how sure the inquiry is', async () => {
    const [id = ''] = (await client.recordings.find({ cameras: ['Yard'] })).ids;
    const { seconds, activity, policy, episodes, looks } = await client.recordings.timeline({ recording: id });
    expect([seconds, policy, activity.length]).toEqual([40, 'rules', 40]);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(activity.slice(17, 27))).toBeGreaterThan(2 * mean(activity.slice(0, 14)));
    expect(episodes.map(({ start, end }) => [start, end])).toEqual([[0, 40]]);
    const scores = episodes[0]?.scores ?? [];
    expect(scores).toHaveLength(40);
    expect(Math.max(...scores.slice(16, 28))).toBe(Math.max(...scores));
    expect(looks[0]).toMatchObject({ purpose: 'opening-look' });
    const [flag] = (await client.flags.rows({ ids: (await client.flags.find({ recording: id })).ids })).items;
    expect(episodes[0]?.trajectory).toBe(flag?.trajectory);
    for (const { start, end, times } of looks) {
      expect(times.every((time) => time >= start - 0.1 && time <= end + 0.1)).toBe(true);
    }
  });

  test('is empty before a scan, and not there for what is not there', async () => {
    const lobby = join(workspace.root, 'Front_20260314_080000.mp4');
    await commotion(lobby, { seed: 11, seconds: 2, from: 0, to: 0 });
    await ended((await client.archive.import({ folders: [lobby] })).job.id);
    const [id = ''] = (await client.recordings.find({ cameras: ['Front'] })).ids;
    expect(await client.recordings.timeline({ recording: id })).toEqual({
      ...{ seconds: 2, activity: [], policy: null, episodes: [], looks: [] },
    });
    const missing = client.recordings.timeline({ recording: '0'.repeat(64) });
    expect(await failureOf(missing)).toMatchObject({ code: 'not-found' });
  });
});

describe('the folder picker', () => {
  test('begins at home, at the root and at the folders of before, the latest first', async () => {
    await ended((await client.archive.import({ folders: [archive] })).job.id);
    const { path, entries: places } = await client.folders.list();
    expect(path).toBeNull();
    expect(places.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['home', 'root', 'recent']));
    expect(places.find(({ kind }) => kind === 'recent')).toMatchObject({ path: archive, name: 'archive' });
  });

  test('goes into folders', async () => {
    const { parent, entries: found } = await client.folders.list({ path: archive });
    expect(parent).toBe(workspace.root);
    expect(found.map(({ kind, name }) => `${kind} ${name.slice(0, 16)}`)).toEqual([
      'video Gate_20260314_07',
      'video Gate_20260314_09',
      'video Gate_20260314_10',
      'video Yard_20260314_08',
    ]);
    const missing = join(archive, 'missing');
    const failure = await failureOf(client.folders.list({ path: missing }));
    expect(failure).toMatchObject({ code: 'not-found', details: { path: missing } });
  });
});

describe('the samples', () => {
  test('are made once at a time', async () => {
    const first = await client.samples.start();
    const second = await client.samples.start();
    expect(second.job.id).toBe(first.job.id);
    expect(first.job.kind).toBe('samples');
    await client.jobs.cancel({ job: first.job.id });
    await ended(first.job.id);
    expect(await jobOf(first.job.id)).toMatchObject({ state: 'paused' });
  });
});

describe('what a camera usually shows', () => {
  test('is learned by scanning, is the same when the same footage is scanned again, and can be forgotten', async () => {
    const { normality: learned } = await client.cameras.normality({ camera: 'Gate' });
    expect(learned).toMatchObject({ camera: 'Gate', waiting: 0 });
    const cells = learned === null ? 0 : learned.columns * learned.rows;
    expect([learned?.presence, learned?.speed, learned?.direction].map((each) => each?.length)).toEqual([
      ...[cells, cells],
      2 * cells,
    ]);

    const { job } = await client.scan.start({ folders: [archive], policy: 'rules', again: true });
    await ended(job.id);
    expect((await client.cameras.normality({ camera: 'Gate' })).normality?.presence).toEqual(learned?.presence);

    await client.cameras.resetNormality({ camera: 'Gate' });
    expect((await client.cameras.normality({ camera: 'Gate' })).normality).toBeNull();
    expect((await client.cameras.normality({ camera: 'Yard' })).normality).not.toBeNull();
    expect((await failureOf(client.cameras.normality({ camera: 'Nowhere' }))).code).toBe('not-found');
  });

  test('comes with what was seen in its frames, as far as they were looked at', async () => {
    const [id] = (await client.recordings.find({ cameras: ['Gate'] })).ids;
    const { frames } = await client.recordings.overlay({ recording: id ?? '', start: 0, end: 12 });
    expect(frames.length).toBeGreaterThan(0);
    expect(frames.every(({ time }) => time >= 0 && time < 12)).toBe(true);
    const tooLong = client.recordings.overlay({ recording: id ?? '', start: 0, end: 301 });
    expect((await failureOf(tooLong)).code).toBe('invalid-argument');
  });
});
