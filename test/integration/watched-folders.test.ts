/** Watched folders through the real core: what is new is looked through by itself, also after a restart, also once it stopped growing. */
import { appendFile, copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../../src-main/contract/service.ts';
import { connectCore } from '../../src-main/hosts/connect-core.ts';
import { entries } from '../../src-main/hosts/entries.ts';
import { createWorkspace, until, type Workspace } from '../support/cli.ts';
import { commotion } from '../support/commotion.ts';

const patienceMs = 90_000;
let workspace: Workspace;
let folder: string;
/** Recordings that are put into the folder by and by. */
let videos: readonly string[];
let client: Client;

beforeAll(async () => {
  process.env['ANOM_PI_WATCH_REST_MS'] = '300';
  workspace = await createWorkspace();
  folder = join(workspace.root, 'cameras');
  await mkdir(folder);
  videos = await Promise.all(
    [1, 2, 3, 4].map((seed) =>
      commotion(join(workspace.root, `${String(seed)}.mp4`), { seed, seconds: 10, from: 3, to: 8 }),
    ),
  );
  ({ client } = await connectCore({ dataFolder: workspace.dataFolder, entries }));
}, 60_000);
afterAll(async () => {
  delete process.env['ANOM_PI_WATCH_REST_MS'];
  client.close();
  await workspace[Symbol.asyncDispose]();
});

const video = (number: number) => videos[number] ?? '';
const names = async () => {
  const { items } = await client.archive.recordings({ folder });
  return items.map(({ path }) => path.slice(folder.length + 1)).toSorted();
};
const scanned = async () => {
  const { ids } = await client.recordings.find();
  const { items } = await client.recordings.rows({ ids });
  return items.filter((row) => row.scanned).map(({ path }) => path.slice(folder.length + 1));
};
const watched = async () => (await client.folders.watched()).items;

test('what is there and what comes is looked through by itself', async () => {
  await copyFile(video(0), join(folder, 'Gate_20260314_080000.mp4'));
  const { items } = await client.folders.watch({ folders: [`${folder}/`] });
  expect(items).toMatchObject([{ path: folder, scan: true, state: 'looking' }]);
  await until(async () => (await scanned()).includes('Gate_20260314_080000.mp4'), patienceMs);
  expect((await client.flags.find()).ids.length).toBeGreaterThan(0);

  await mkdir(join(folder, 'yard'));
  await copyFile(video(1), join(folder, 'yard', 'Yard_20260314_080000.mp4'));
  await until(async () => (await scanned()).includes(join('yard', 'Yard_20260314_080000.mp4')), patienceMs);
  await until(async () => (await watched())[0]?.taken === 2, patienceMs);
  expect(await watched()).toMatchObject([{ state: 'watching', files: 2, beingWritten: 0, underWay: 0 }]);
  // Each was looked through once, and nothing is begun for what is done.
  const { items: jobs } = await client.jobs.list();
  expect(jobs.map(({ kind, state }) => [kind, state])).toEqual([
    ['scan', 'done'],
    ['scan', 'done'],
  ]);
}, 120_000);

test('a file that is being written is taken up once it is whole, though it could not be opened before', async () => {
  const bytes = await readFile(video(2));
  // Less than the boxes that tell what the file is.
  const head = 24;
  const file = join(folder, 'Gate_20260314_090000.mp4');
  await writeFile(file, bytes.subarray(0, head));
  // It rests, cannot be opened yet and is listed with the reason; then it grows on.
  await until(async () => (await client.archive.overview()).unreadable === 1, patienceMs);
  await appendFile(file, bytes.subarray(head));
  await until(async () => (await scanned()).includes('Gate_20260314_090000.mp4'), patienceMs);
  expect((await client.archive.overview()).unreadable).toBe(0);
}, 120_000);

test('a folder that is gone is said to be away, and goes on when it is back', async () => {
  const aside = join(workspace.root, 'unmounted');
  await rename(folder, aside);
  await until(async () => (await watched())[0]?.state === 'away', patienceMs);
  expect((await watched())[0]).toMatchObject({ reason: 'It is not there.' });
  await rename(aside, folder);
  await until(async () => (await watched())[0]?.state === 'watching', patienceMs);
  expect(await names()).toHaveLength(3);
}, 120_000);

test('it goes on with the next start of the core, until the folder is watched no more', async () => {
  await client.core.shutdown();
  await until(async () => (await workspace.corePid()) === null, patienceMs);
  await copyFile(video(3), join(folder, 'Gate_20260314_100000.mp4'));
  ({ client } = await connectCore({ dataFolder: workspace.dataFolder, entries }));
  await until(async () => (await scanned()).includes('Gate_20260314_100000.mp4'), patienceMs);
  expect((await client.folders.unwatch({ folder })).items).toEqual([]);
  await expect(client.folders.unwatch({ folder })).rejects.toMatchObject({ code: 'not-found' });
  await expect(client.folders.watch({ folders: [join(workspace.root, 'nowhere')] })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(client.folders.watch({ folders: [video(0)] })).rejects.toThrow('is a file');
}, 120_000);

test('the command line watches until it is told to end, and prints what it finds', async () => {
  const other = join(workspace.root, 'other');
  await mkdir(other);
  const { process: host, result } = workspace.start(['watch', other, '--json']);
  await until(async () => (await watched()).length === 1, patienceMs);
  await copyFile(video(0), join(other, 'Door_20260314_080000.mp4'));
  await until(async () => (await scanned()).length > 0 && (await watched())[0]?.taken === 1, patienceMs);
  host.kill('SIGINT');
  const { code, lines } = await result;
  expect(code).toBe(0);
  expect(lines[0]).toMatchObject({ type: 'watched', path: other });
  const removed = await workspace.cli(['watch', other, '--remove', '--json']);
  expect(removed).toMatchObject({ code: 0, lines: [] });
}, 120_000);
