/** Zones and settings of a camera through the real calls: what is ignored is not flagged, and nothing is decoded anew for it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventValue } from '../../src-main/contract/calls.ts';
import { type CameraSettings, defaultCameraSettings } from '../../src-main/contract/camera.ts';
import type { Client } from '../../src-main/contract/service.ts';
import type { Zone } from '../../src-main/contract/zone.ts';
import { connectCore } from '../../src-main/hosts/connect-core.ts';
import { entries } from '../../src-main/hosts/entries.ts';
import { createWorkspace, until, type Workspace } from '../support/cli.ts';
import { commotion } from '../support/commotion.ts';

type Line = EventValue<'scan.line'>['line'];

let workspace: Workspace;
let archive: string;
let client: Client;

beforeAll(async () => {
  workspace = await createWorkspace();
  archive = join(workspace.root, 'archive');
  await mkdir(archive);
  await commotion(join(archive, 'Yard_20260314_080000.mp4'));
  ({ client } = await connectCore({ dataFolder: workspace.dataFolder, entries }));
}, 60_000);
afterAll(async () => {
  client.close();
  await workspace[Symbol.asyncDispose]();
});

const rectangle = (kind: Zone['kind'], left: number, right: number): Zone => ({
  ...{ id: kind, name: 'Street', kind },
  points: [
    { x: left, y: 0 },
    { x: right, y: 0 },
    { x: right, y: 1 },
    { x: left, y: 1 },
  ],
});

/** Configures the camera, scans, and returns what the scan said. */
async function scanWith(settings: Partial<CameraSettings>) {
  await client.cameras.configure({ camera: 'Yard', settings: { ...defaultCameraSettings, ...settings } });
  const lines: Line[] = [];
  const subscription = client.on('scan.line', ({ line }) => lines.push(line));
  await subscription.ready;
  const { job } = await client.scan.start({ folders: [archive] });
  await until(async () => (await client.jobs.list()).items.find(({ id }) => id === job.id)?.state === 'done', 90_000);
  subscription.close();
  const summary = lines.find((line) => line.type === 'summary');
  const recording = lines.find((line) => line.type === 'recording');
  return { flags: lines.filter((line) => line.type === 'flag'), summary, status: recording?.status };
}

test('what lies in an ignored part is not flagged; without the zone it is again, by the old scan', async () => {
  await client.archive.import({ folders: [archive] });
  await until(async () => (await client.archive.overview()).cameras.length === 1, 60_000);

  const whole = await scanWith({});
  expect(whole.status).toBe('scanned');
  expect(whole.flags.length).toBeGreaterThan(0);

  const ignored = await scanWith({ zones: [rectangle('ignore', 0, 1)] });
  expect(ignored).toMatchObject({ status: 'scanned', flags: [] });
  // Looks may fall elsewhere; those that fall where was looked before are read and not decoded.
  expect(ignored.summary?.framesDecoded).toBeLessThan(whole.summary?.framesDecoded ?? 0);
  expect((await client.flags.find()).ids).toEqual([]);

  const back = await scanWith({});
  expect(back.status).toBe('unchanged');
  expect(back.flags.map(({ id }) => id)).toEqual(whole.flags.map(({ id }) => id));
}, 120_000);

test('a look zone that holds nothing is as good as none to be seen', async () => {
  const corner = {
    ...rectangle('look', 0, 0.01),
    points: rectangle('look', 0, 0.01).points.map(({ x, y }) => ({ x, y: y * 0.01 })),
  };
  expect(await scanWith({ zones: [corner] })).toMatchObject({ status: 'scanned', flags: [] });
}, 120_000);

test('a camera has a policy, a rate and a question of its own, which a scan that names another overrules', async () => {
  const own = await scanWith({ policy: 'uniform', framesPerMinute: 30, classes: ['fall'] });
  expect(own).toMatchObject({ status: 'scanned', summary: { policy: 'uniform' } });
  const { job } = await client.scan.start({ folders: [archive], policy: 'rules' });
  await until(async () => (await client.jobs.list()).items.find(({ id }) => id === job.id)?.state === 'done', 90_000);
  const { ids } = await client.recordings.find();
  expect(await client.recordings.timeline({ recording: ids[0] ?? '' })).toMatchObject({ policy: 'rules' });
}, 120_000);

test('cameras and policies that are not there are refused', async () => {
  const settings = { ...defaultCameraSettings, policy: 'guess' };
  await expect(client.cameras.configure({ camera: 'Yard', settings })).rejects.toMatchObject({
    code: 'invalid-argument',
  });
  await expect(client.cameras.settings({ camera: 'Roof' })).rejects.toMatchObject({ code: 'not-found' });
});

test('the command line sets zones from a file, lists cameras, and says what is wrong with a file', async () => {
  const file = join(workspace.root, 'zones.json');
  const { id, ...street } = rectangle('ignore', 0, 0.5);
  await writeFile(file, JSON.stringify([street]));
  const set = await workspace.cli(['zones', 'Yard', file, '--json']);
  expect(set).toMatchObject({ code: 0, lines: [{ type: 'zone', ...street }] });
  expect(id).toBe('ignore');

  const camera = await workspace.cli(['cameras', 'Yard', '--sensitivity', 'high', '--classes', 'fall,fight']);
  expect(camera.stdout).toContain('zones: 0 to look at, 1 to ignore');
  expect(camera.stdout).toContain('classes: fall, fight');
  expect((await client.cameras.settings({ camera: 'Yard' })).settings).toMatchObject({
    sensitivity: 'high',
    zones: [street],
  });

  await writeFile(file, JSON.stringify([{ ...street, points: [{ x: 2, y: 0 }] }]));
  const wrong = await workspace.cli(['zones', 'Yard', file]);
  expect(wrong).toMatchObject({ code: 2 });
  expect(wrong.stderr).toContain('0.points.0.x: A share of the picture, from 0 to 1.');
  expect(await workspace.cli(['zones', 'Yard', '--clear', '--json'])).toMatchObject({ code: 0, lines: [] });
}, 60_000);
