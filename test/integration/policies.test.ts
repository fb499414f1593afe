/** Versions of the nano policy through a real core and its workers: shipped, scanned with, changed, compared, killed. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import type { EventValue } from '../../src-main/contract/calls.ts';
import type { AppError } from '../../src-main/contract/errors.ts';
import type { Job } from '../../src-main/contract/job.ts';
import type { Client } from '../../src-main/contract/service.ts';
import { type Trajectory, upgradeTrajectory } from '../../src-main/contract/trajectory.ts';
import { connectCore } from '../../src-main/hosts/connect-core.ts';
import { entries } from '../../src-main/hosts/entries.ts';
import { openStore } from '../../src-main/store/index.ts';
import { createWorkspace, killAndWait, until, type Workspace } from '../support/cli.ts';
import { commotion } from '../support/commotion.ts';
import { shipNano, tinyNano } from '../support/tiny-nano.ts';

const core = fileURLToPath(new URL('../support/core-with-policies.ts', import.meta.url));

let workspace: Workspace;
let archive: string;
let client: Client;

/** A core of the workspace whose shipped policy lies in `folder`. */
async function start(folder: string): Promise<Client> {
  process.env['ANOM_PI_TEST_POLICIES'] = folder;
  const connection = await connectCore({
    dataFolder: workspace.dataFolder,
    entries: { ...entries, core },
    patienceMs: 60_000,
  });
  // Which other providers there are takes seconds to try, and is not what this is about.
  await connection.client.settings.set({ settings: { provider: 'cpu' } });
  return connection.client;
}

async function kill(): Promise<void> {
  client.close();
  const pid = await workspace.corePid();
  if (pid === null) throw new Error('no core runs');
  await killAndWait(pid);
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('it should have failed'),
    (error: unknown) => error as AppError,
  );

async function ended({ job: { id } }: { readonly job: Job }): Promise<Job> {
  const find = async () => (await client.jobs.list()).items.find((job) => job.id === id);
  await until(async () => ['done', 'failed', 'paused'].includes((await find())?.state ?? ''), 150_000);
  const last = await find();
  if (last === undefined) throw new Error(`the job ${id} is gone`);
  return last;
}

type Line = EventValue<'scan.line'>['line'];

/** The lines of a scan with `policy`, which comes to its end. */
async function scanned(policy: string): Promise<Line[]> {
  const lines: Line[] = [];
  using subscription = client.on('scan.line', ({ line }) => lines.push(line));
  await subscription.ready;
  expect(await ended(await client.scan.start({ folders: [archive], policy }))).toMatchObject({ state: 'done' });
  return lines;
}

const statusesOf = (lines: readonly Line[]) =>
  lines.flatMap((line) => (line.type === 'recording' ? [line.status] : []));
const flagsOf = (lines: readonly Line[]) => lines.flatMap((line) => (line.type === 'flag' ? [line] : []));

async function trajectoryOf(id: string): Promise<Trajectory> {
  return upgradeTrajectory((await client.trajectories.get({ id })).trajectory);
}

/** Enters a version as training does, while no core runs. */
async function addVersion(name: string, bytes: Uint8Array): Promise<string> {
  using store = openStore(workspace.dataFolder);
  return store.policyVersions.add({
    ...{ policy: 'nano', origin: 'trained', name, parents: [store.policyVersions.active() ?? ''], seed: 3 },
    ...{ settings: { rounds: 1 }, data: { verdicts: [] }, curves: [], gate: null, createdAtMs: Date.now() },
    ...{ weights: await store.blobs.put(bytes), bytes: bytes.length },
  });
}

describe('with a shipped version', () => {
  let shipped: string;
  const card = { name: 'tiny', seed: 5, command: 'anom-pi train-nano', data: { simulation: 3 } };

  beforeAll(async () => {
    workspace = await createWorkspace();
    archive = join(workspace.root, 'archive');
    await mkdir(archive);
    await commotion(join(archive, 'Yard_20260314_080000.mp4'));
    await commotion(join(archive, 'Gate_20260314_070000.mp4'), { seed: 2, from: 5, to: 12, seconds: 20 });
    shipped = await shipNano(join(workspace.root, 'policies'), tinyNano('calm', -6), card);
    client = await start(shipped);
  }, 60_000);
  afterAll(async () => {
    client.close();
    await workspace[Symbol.asyncDispose]();
  });

  let first: string;
  let second: string;

  test('it is entered with its card, and in force from the start', async () => {
    const { items, activations, notice } = await client.policies.list();
    expect(notice).toBeNull();
    expect(items).toEqual([
      expect.objectContaining({ ...{ name: 'tiny', origin: 'shipped', parents: [], active: true, gate: null } }),
    ]);
    first = items[0]?.id ?? '';
    expect(activations).toEqual([expect.objectContaining({ number: 1, kind: 'first', version: first })]);
    const { version } = await client.policies.get({ version: first.slice(0, 10) });
    expect(version).toMatchObject({ seed: 5, settings: { command: 'anom-pi train-nano' }, data: { simulation: 3 } });
  });

  test('a scan looks with it, and an unchanged recording is not looked at again', { timeout: 180_000 }, async () => {
    const lines = await scanned('nano');
    expect(statusesOf(lines)).toEqual(['scanned', 'scanned']);
    expect(flagsOf(lines)).toEqual([]);
    expect(lines.at(-1)).toMatchObject({ type: 'summary', policy: 'nano', policyVersion: first });
    expect(statusesOf(await scanned('nano'))).toEqual(['unchanged', 'unchanged']);
    const [recording] = (await client.archive.recordings()).items;
    const { episodes } = await client.recordings.timeline({ recording: recording?.id ?? '' });
    const { policy, steps } = await trajectoryOf(episodes[0]?.trajectory ?? '');
    expect(policy).toEqual({ name: 'nano', version: first });
    expect(steps.at(-1)?.action?.operator).toBe('FINAL');
    expect(steps.some(({ logProb }) => (logProb ?? 0) < 0)).toBe(true);
  });

  test('after a kill it is in force as before; another version is another look', { timeout: 180_000 }, async () => {
    await kill();
    second = await addVersion('alarmed', tinyNano('alarmed', 6));
    client = await start(shipped);
    expect((await client.policies.list()).items.map(({ id, active }) => [id, active])).toEqual([
      [second, false],
      [first, true],
    ]);
    expect(statusesOf(await scanned('nano'))).toEqual(['unchanged', 'unchanged']);

    const heard: EventValue<'policies.changed'>[] = [];
    using subscription = client.on('policies.changed', (value) => heard.push(value));
    await subscription.ready;
    expect((await client.policies.activate({ version: 'ALARMED' })).version).toMatchObject({
      id: second,
      active: true,
    });
    await until(() => heard.length > 0);
    expect(heard).toEqual([{ active: second, versions: 2 }]);

    const lines = await scanned('nano');
    expect(statusesOf(lines)).toEqual(['scanned', 'scanned']);
    expect(flagsOf(lines).length).toBeGreaterThanOrEqual(2);
    expect(new Set(flagsOf(lines).map(({ policyVersion }) => policyVersion))).toEqual(new Set([second]));
    const [flag] = (await client.flags.list()).items;
    expect(flag).toMatchObject({ policy: 'nano', policyVersion: second });
    expect(statusesOf(await scanned(`nano@${first.slice(0, 8)}`))).toEqual(['unchanged', 'unchanged']);
  });

  test('a rollback puts the one before in force, and is told in the audit log', async () => {
    expect((await client.policies.rollback()).version).toMatchObject({ id: first, active: true });
    expect(await failureOf(client.policies.rollback())).toMatchObject({ code: 'not-found' });
    const { activations } = await client.policies.list();
    expect(activations.map(({ kind, version }) => [kind, version])).toEqual([
      ['rollback', first],
      ['activate', second],
      ['first', first],
    ]);
    const rows = (await client.audit.list({ limit: 1000 })).items;
    expect(rows.filter(({ kind }) => kind === 'policy-activation')).toHaveLength(3);
    expect((await client.audit.head()).fault).toBeNull();
  });

  test('two versions are compared on what was seen, with what a reviewer said', { timeout: 180_000 }, async () => {
    await scanned(`nano@${second}`);
    const flags = (await client.flags.list()).items;
    for (const { id, path } of flags) {
      await client.verdicts.decide({ flag: id, decision: path.includes('Yard') ? 'confirm' : 'reject' });
    }
    const incidents = flags.filter(({ path }) => path.includes('Yard')).length;
    const innocent = flags.length - incidents;
    expect(Math.min(incidents, innocent)).toBeGreaterThan(0);

    const started = await client.policies.compare({ first, second: 'alarmed', newFrames: 0 });
    expect(await ended(started)).toMatchObject({ kind: 'compare', state: 'done' });
    const { comparison } = await client.policies.comparison({ id: started.job.id });
    expect(comparison).toMatchObject({ newFrames: 0, missing: [], recordings: 2 });
    expect(comparison.compared.map(({ version, name }) => [version, name])).toEqual([
      [first, 'tiny'],
      [second, 'alarmed'],
    ]);
    const [calm, alarmed] = comparison.totals;
    expect(calm).toMatchObject({ flags: 0, agreed: innocent, disagreed: incidents });
    expect(alarmed).toMatchObject({ flags: flags.length, agreed: incidents, disagreed: innocent });
    for (const { sides, verdicts } of comparison.results) {
      expect(verdicts.length).toBeGreaterThan(0);
      for (const [which, { trajectories, utility }] of sides.entries()) {
        expect(Number.isFinite(utility)).toBe(true);
        const { policy } = await trajectoryOf(trajectories[0]?.trajectory ?? '');
        expect(policy.version).toBe([first, second][which]);
      }
      // Both were scanned before, so that all they ask for is there.
      expect(sides.map(({ framesMasked }) => framesMasked)).toEqual([0, 0]);
    }
    expect((await client.policies.comparisons()).items.map(({ id }) => id)).toEqual([started.job.id]);
  });

  test('what was never seen stays masked beyond the bound', { timeout: 180_000 }, async () => {
    const started = await client.policies.compare({ first: 'dense', second: 'nano', newFrames: 3 });
    expect(await ended(started)).toMatchObject({ state: 'done' });
    const { comparison } = await client.policies.comparison({ id: started.job.id });
    expect(comparison.totals[0].framesMasked).toBeGreaterThan(100);
    expect(comparison.totals[1].framesMasked).toBe(0);
    expect(comparison.results.every(({ sides }) => sides[0].trajectories.length === sides[1].trajectories.length)).toBe(
      true,
    );
  });

  test('a comparison that a kill cut off goes on', { timeout: 180_000 }, async () => {
    const { job } = await client.policies.compare({ first: 'dense', second: 'nano', newFrames: 40 });
    await until(async () =>
      (await client.jobs.list()).items.some(({ id, state }) => id === job.id && state === 'running'),
    );
    await kill();
    client = await start(shipped);
    expect(await ended({ job })).toMatchObject({ state: 'done' });
    const { comparison } = await client.policies.comparison({ id: job.id });
    expect(comparison.finishedAtMs).toBeGreaterThan(comparison.createdAtMs);
    expect(comparison).toMatchObject({ recordings: 2, missing: [] });
    expect((await client.policies.comparisons({ limit: 1 })).items).toEqual([expect.objectContaining({ id: job.id })]);
  });

  test('the command line lists, activates, goes back and compares', { timeout: 180_000 }, async () => {
    const { lines } = await workspace.cli(['policies', '--json']);
    expect(lines.map(({ type, id }) => [type, id])).toContainEqual(['version', second]);
    const table = await workspace.cli(['policies']);
    expect(table.stdout).toMatch(new RegExp(`^\\* +${first.slice(0, 12)} +tiny +shipped`, 'm'));
    expect((await workspace.cli(['policies', 'activate', second.slice(0, 8)])).stdout).toContain('is in force');
    expect((await workspace.cli(['policies', 'rollback', '--json'])).lines).toEqual([
      expect.objectContaining({ type: 'version', id: first, active: true }),
    ]);
    const yard = join(archive, 'Yard_20260314_080000.mp4');
    const compared = await workspace.cli(['policies', 'compare', 'nano', 'alarmed', '--recordings', yard, '--json']);
    expect(compared.lines.map(({ type }) => type)).toEqual(['recording', 'comparison']);
    expect(compared.lines[0]).toMatchObject({ path: yard });
    const same = await workspace.cli(['policies', 'compare', 'nano', 'tiny']);
    expect([same.code, same.stderr]).toEqual([2, expect.stringContaining('nothing to compare')]);
    expect((await workspace.cli(['policies', 'activate', 'nobody'])).stderr).toContain('There is no policy version');
    expect((await workspace.cli(['scan', archive, '--policy', 'nano@nobody'])).stderr).toContain('nobody');
    expect((await workspace.cli(['scan', archive, '--policy', 'nana'])).stderr).toContain('blind, nano.');
  });

  test('an evaluation measures versions side by side', { timeout: 180_000 }, async () => {
    const dataset = join(workspace.root, 'dataset');
    for (const [of, seed, to] of [
      ['fight', 5, 9],
      ['normal', 6, 0],
    ] as const) {
      await mkdir(join(dataset, of), { recursive: true });
      await commotion(join(dataset, of, `${of}.mp4`), { seed, seconds: 10, from: 0, to });
    }
    const policies = ['nano', 'nano@alarmed'];
    const started = await client.evaluations.start({ dataset, policies });
    expect(await ended(started)).toMatchObject({ state: 'done' });
    const { evaluation } = await client.evaluations.get({ id: started.job.id });
    expect(evaluation.rows.map(({ policy }) => policy)).toEqual(policies);
    expect(evaluation.notes.join('\n')).toContain(`nano@alarmed is version ${second} of nano`);
    const [made] = evaluation.recordings.filter(({ class: of }) => of === 'normal');
    const [calm, alarmed] = made?.assessments ?? [];
    expect(calm?.flags).toEqual([]);
    expect(alarmed?.flags.length).toBeGreaterThan(0);
  });

  test('a scan is stopped between two runs of its net, and goes on', { timeout: 180_000 }, async () => {
    await commotion(join(archive, 'Yard_20260314_100000.mp4'), { seed: 9, seconds: 120, from: 10, to: 100 });
    const { job } = await client.scan.start({ folders: [archive], policy: 'nano' });
    const find = async () => (await client.jobs.list()).items.find(({ id }) => id === job.id);
    await until(async () => ((await find())?.progress.done ?? 0) > 0, 60_000);
    await client.jobs.cancel({ job: job.id });
    await until(async () => (await find())?.state !== 'running');
    await client.jobs.resume({ job: job.id });
    expect(await ended({ job })).toMatchObject({ state: 'done' });
    expect(statusesOf(await scanned('nano'))).toEqual(['unchanged', 'unchanged', 'unchanged']);
  });

  test(
    'weights that were damaged on the disk are said so, and mended at the next start',
    { timeout: 180_000 },
    async () => {
      const { weights } = (await client.policies.get({ version: first })).version;
      const path = join(workspace.dataFolder, 'blobs', weights.slice(0, 2), weights.slice(2));
      await kill();
      await writeFile(path, 'none');
      client = await start(join(workspace.root, 'nowhere'));
      const lines: Line[] = [];
      using subscription = client.on('scan.line', ({ line }) => lines.push(line));
      await subscription.ready;
      await commotion(join(archive, 'Gate_20260314_110000.mp4'), { seed: 10, seconds: 6, from: 1, to: 4 });
      await ended(await client.scan.start({ folders: [archive], policy: 'nano' }));
      expect(lines).toContainEqual(
        expect.objectContaining({ status: 'failed', reason: expect.stringContaining('are damaged') }),
      );
      await kill();
      client = await start(shipped);
      expect(statusesOf(await scanned('nano')).toSorted()).toEqual(['scanned', 'unchanged', 'unchanged', 'unchanged']);
    },
  );
});

describe('without a shipped version', () => {
  beforeEach(async () => {
    workspace = await createWorkspace();
    archive = join(workspace.root, 'archive');
    await mkdir(archive);
  });
  afterEach(async () => {
    client.close();
    await workspace[Symbol.asyncDispose]();
  });

  test.each([
    ['missing', async (folder: string) => rm(folder, { recursive: true })],
    ['cut off', async (folder: string) => writeFile(join(folder, 'nano.bin'), tinyNano('calm', 0).subarray(0, 2000))],
  ])('%s: a notice says so, and everything else works', { timeout: 180_000 }, async (_how, damage) => {
    const folder = await shipNano(join(workspace.root, 'policies'), tinyNano('calm', 0), {});
    await damage(folder);
    await commotion(join(archive, 'Yard.mp4'), { seconds: 8, from: 2, to: 6 });
    client = await start(folder);
    const { items, notice } = await client.policies.list();
    expect(items).toEqual([]);
    expect(notice).toContain(folder);
    expect(notice).toContain('everything but this policy works');
    expect(await failureOf(client.scan.start({ folders: [archive], policy: 'nano' }))).toMatchObject({
      code: 'model-missing',
    });
    expect(statusesOf(await scanned('rules'))).toEqual(['scanned']);
  });
});
