/** Training through the real core's parts: verdicts → run → version and gate; killed, stopped and resumed to the same bits. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DataFolder, dataFolderAt } from '../../src-main/app/data-folder.ts';
import { createJobs, type JobWork, type Jobs } from '../../src-main/app/jobs.ts';
import { createMediaCache } from '../../src-main/app/media-cache.ts';
import { createNets } from '../../src-main/app/nets.ts';
import { createPolicies } from '../../src-main/app/policies/policies.ts';
import { runImport } from '../../src-main/app/import-job.ts';
import { scanRecording } from '../../src-main/app/scan.ts';
import { createSettings } from '../../src-main/app/settings.ts';
import { createTasks } from '../../src-main/app/tasks.ts';
import { runTraining, type TrainRequest } from '../../src-main/app/training/train-job.ts';
import { createTrainingCalls } from '../../src-main/app/training/training-calls.ts';
import { createEventHub } from '../../src-main/contract/event-hub.ts';
import type { Job } from '../../src-main/contract/job.ts';
import type { TrainingPoint } from '../../src-main/contract/training.ts';
import { entries } from '../../src-main/hosts/entries.ts';
import { policyNamed } from '../../src-main/inquiry/index.ts';
import { defaultNanoWords, encodeNano, randomWeights } from '../../src-main/inquiry/policies/nano/index.ts';
import { openStore, type Store } from '../../src-main/store/index.ts';
import { startSupervisor, type Supervisor } from '../../src-main/workers/index.ts';
import { until } from '../support/cli.ts';
import { commotion } from '../support/commotion.ts';

const size = { width: 32, layers: 2, heads: 2 } as const;
const signal = new AbortController().signal;
const context = { job: 'none', signal, progress: () => undefined };
const now = Date.now;

interface Core extends AsyncDisposable {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly jobs: Jobs;
  readonly calls: ReturnType<typeof createTrainingCalls>;
  readonly points: readonly TrainingPoint[];
  scan(paths: readonly string[]): Promise<void>;
}

let root: string;
let folder: DataFolder;
let core: Core;

/** The parts of a core that training takes; as often as a test lets one go. */
async function startCore(): Promise<Core> {
  const store = openStore(folder.root);
  const supervisor = startSupervisor({
    ...{ entry: entries.worker, workers: 1, stallMs: 120_000, memoryLimitBytes: 2 ** 32, env: process.env },
    log: () => undefined,
  });
  const [events, settings] = [createEventHub(), createSettings(store)];
  const tasks = await createTasks(supervisor, store, folder.incoming);
  // Without models what is seen is motion, which is enough here and quicker.
  const nets = createNets({ tasks, settings, modelFolders: [], threads: 1, log: () => undefined });
  const cache = createMediaCache({
    ...{ folder: join(folder.evaluationCache, '1'), limit: () => 2 ** 30, log: () => undefined },
  });
  const policies = createPolicies({ store, events, notice: null, now });
  const points: TrainingPoint[] = [];
  events.on('training.curve', ({ point }) => points.push(point));
  const train: JobWork = (params, jobContext) =>
    runTraining(
      {
        ...{ store, tasks, events, now, policies, cache, models: '', recordingsAtOnce: 2, folder: folder.training },
        ...{ settings: () => settings.get(), nets: (aborted) => nets.choose(aborted), threads: 1, guardRecordings: 1 },
      },
      params as unknown as TrainRequest,
      jobContext,
    );
  const none: JobWork = () => Promise.resolve();
  const works = {
    ...{ import: none, scan: none, models: none, simulate: none, samples: none, evaluation: none },
    ...{ export: none, compare: none, train },
  };
  const jobs = createJobs({ store, events, works, now });
  return {
    ...{ store, supervisor, jobs, points },
    calls: createTrainingCalls({ store, jobs, now }),
    async scan(paths) {
      await runImport({ store, tasks, settings: () => settings.get(), now }, paths, context);
      const policy = { name: 'rules', version: policyNamed('rules').version, weights: null };
      for (const recording of store.recordings.list()) {
        await scanRecording(
          { store, tasks, now, models: '', nets: () => nets.choose(signal) },
          recording,
          recording.path,
          { policy, framesPerMinute: 24, again: false, seed: 1 },
          ...([signal, () => undefined] as const),
        );
      }
    },
    async [Symbol.asyncDispose]() {
      await jobs.close();
      await supervisor.close();
      store.close();
    },
  };
}

const ended = (state: Job['state']) => !['waiting', 'running'].includes(state);
const jobOf = (id: string) => core.jobs.list().find((job) => job.id === id);
async function finished(id: string): Promise<Job | undefined> {
  await until(() => ended(jobOf(id)?.state ?? 'failed'), 900_000);
  return jobOf(id);
}
const asked = { rounds: 1, rollouts: 2, seed: 7, from: 'random' } as const;
const begin = async (more: object = {}) => (await core.calls.training.start({ ...asked, ...more }, { signal })).job.id;
const runOf = async (id: string) => (await core.calls.training.get({ run: id }, { signal })).run;
/** What tasks of the run have given so far. */
const tasksDone = async (id: string) =>
  (await readdir(join(folder.training, id)).catch(() => [])).filter((name) => name.endsWith('.task')).length;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anom-pi-training-'));
  folder = dataFolderAt(join(root, 'data'));
  core = await startCore();
  const footage = join(root, 'footage');
  await mkdir(footage);
  for (const seed of [1, 2]) await commotion(join(footage, `${seed}.mp4`), { seed });
  const bytes = encodeNano({ size, words: defaultNanoWords, weights: randomWeights(size, 'training.test') });
  core.store.policyVersions.add({
    ...{ policy: 'nano', origin: 'trained', name: 'random', parents: [], seed: 1, curves: [], gate: null },
    ...{ weights: await core.store.blobs.put(bytes), bytes: bytes.length, settings: {}, data: {}, createdAtMs: 1 },
  });
  await core.scan([footage]);
}, 600_000);
afterAll(async () => {
  await core[Symbol.asyncDispose]();
  await rm(root, { recursive: true });
});

test('without verdicts there is nothing to learn from', async () => {
  await expect(begin()).rejects.toMatchObject({ code: 'invalid-argument' });
  await expect(begin({ from: 'nobody' })).rejects.toMatchObject({ code: 'not-found' });
  await expect(begin({ dataset: join(root, 'nowhere') })).rejects.toMatchObject({ code: 'not-found' });
});

describe('with verdicts', () => {
  beforeAll(() => {
    const flags = core.store.flags.list();
    const verdict = { class: null, start: null, end: null, note: '', decidedAtMs: 1 };
    const [first] = flags;
    expect(new Set(flags.map(({ recording }) => recording)).size).toBe(2);
    for (const { id, recording } of flags) {
      const isTrue = recording === first?.recording;
      core.store.verdicts.add(id, {
        ...verdict,
        decision: isTrue ? 'confirm' : 'reject',
        class: isTrue ? 'fight' : null,
      });
    }
  });

  test('a run tells its curve, and makes a version of what it learned', { timeout: 900_000 }, async () => {
    expect(await core.calls.training.readiness({}, { signal })).toMatchObject({ incidents: 1, innocent: 1, needed: 8 });
    const id = await begin({ name: 'mine' });
    expect(await finished(id)).toMatchObject({ kind: 'train', state: 'done', reason: null });
    const run = await runOf(id);
    expect(run).toMatchObject({
      ...{ name: 'mine', stopped: null, settings: { rounds: 1, rollouts: 2, seed: 7 } },
      data: { kind: 'verdicts', incidents: 1, innocent: 1 },
    });
    const { points } = await core.calls.training.get({ run: id }, { signal });
    expect(points).toEqual(core.points);
    expect(points[0]).toMatchObject({ round: 0, step: 0, utility: expect.any(Number), parseRate: 1 });
    expect(points.at(-1)).toMatchObject({ loss: expect.any(Number), margin: expect.any(Number) });
    expect(run.last).toEqual(points.at(-1));
    expect(run.gate?.checks.map(({ check }) => check)).toEqual([
      ...['verdicts', 'guard', 'parse-rate', 'operators', 'chosen-log-prob'],
    ]);
    expect(run.gate?.checks[0]?.outcome).toBe('unknown');

    const version = core.store.policyVersions.get(run.version ?? '');
    const parent = core.store.policyVersions.named('random');
    expect(version).toMatchObject({ name: 'mine', origin: 'trained', parents: [parent?.id], curves: points });
    expect(version?.weights).not.toBe(parent?.weights);
    expect(version?.data).toMatchObject({ kind: 'verdicts', verdicts: expect.arrayContaining([expect.any(Number)]) });
    expect(await core.store.blobs.has(version?.weights ?? '')).toBe(true);
    expect(await readdir(folder.training)).toEqual([]);
  });

  test(
    'killed, stopped and let go in the middle it comes to the very same version',
    { timeout: 1_800_000 },
    async () => {
      // What the first run looked at is cached by now: from here on every run sees the same.
      createSettings(core.store).set({ trainingFramesPerEpisode: 0 });
      const calm = await begin({ name: 'calm' });
      expect(await finished(calm)).toMatchObject({ state: 'done' });

      const id = await begin({ name: 'disturbed' });
      await until(async () => (await tasksDone(id)) >= 1, 300_000);
      for (const pid of core.supervisor.processIds()) process.kill(pid, 'SIGKILL');
      await until(async () => (await tasksDone(id)) >= 2, 300_000);
      core.jobs.cancel(id);
      expect(await finished(id)).toMatchObject({ state: 'paused' });
      // Asked for again in the same way, it goes on.
      expect(await begin({ name: 'disturbed' })).toBe(id);
      await until(async () => (await tasksDone(id)) >= 3, 300_000);
      await core[Symbol.asyncDispose]();
      core = await startCore();
      core.jobs.resume(id);
      expect(await finished(id)).toMatchObject({ state: 'done' });

      const [one, other] = [await runOf(calm), await runOf(id)];
      expect(one.version).not.toBeNull();
      expect(other.version).toBe(one.version);
      expect(other.gate).toEqual(one.gate);
    },
  );

  test('a reviewer prefers one look at an episode to another', async () => {
    const { prefer, withdraw, preferences } = core.calls.trajectories;
    const [one, other] = core.store.recordings.list().map(({ id }) => core.store.scans.standing(id)?.id ?? '');
    const trajectoryOf = (scan: string) => core.store.scans.episodes(scan)[0]?.trajectory ?? '';
    const chosen = trajectoryOf(one ?? '');
    const elsewhere = prefer({ chosen, rejected: trajectoryOf(other ?? '') }, { signal });
    await expect(elsewhere).rejects.toMatchObject({ code: 'invalid-argument' });
    const same = JSON.parse(new TextDecoder().decode(await core.store.blobs.read(chosen))) as { steps: object[] };
    const cut = { ...same, steps: same.steps.slice(0, 1) };
    const rejected = await core.store.blobs.put(new TextEncoder().encode(JSON.stringify(cut)));
    const { preference } = await prefer({ chosen, rejected }, { signal });
    expect((await preferences({ limit: 10 }, { signal })).items).toEqual([preference]);
    await withdraw({ preference: preference.id }, { signal });
    expect((await preferences({ limit: 10 }, { signal })).items).toEqual([]);
    await expect(withdraw({ preference: preference.id }, { signal })).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('a replay file teaches by its video-level labels', { timeout: 900_000 }, async () => {
  const dataset = join(root, 'replay.jsonl');
  const levelOf = (isIncident: boolean) =>
    Array.from({ length: 10 }, (_, place) => {
      const score = isIncident && (place === 3 || place === 4) ? 0.9 : 0.1;
      const caption = score > 0.5 ? 'two persons fight' : 'a person walks';
      return { start: place * 100, end: place * 100 + 99, score, caption };
    });
  const recordings = [0, 1].map((number) => ({
    ...{ video: `v${number}`, class: number === 0 ? 'Fighting' : 'Normal', frames: 1000, fps: 25 },
    anomalies: number === 0 ? [[301, 500]] : [],
    levels: { coarse: levelOf(number === 0), fine: levelOf(number === 0) },
  }));
  await writeFile(dataset, recordings.map((recording) => JSON.stringify(recording)).join('\n'));
  const id = await begin({ dataset, format: 'replay', name: 'from replay' });
  expect(await finished(id)).toMatchObject({ state: 'done', reason: null });
  expect(await runOf(id)).toMatchObject({
    data: { kind: 'data-set', dataset: 'replay', format: 'replay', incidents: 1, innocent: 1, missing: 0 },
  });
});
