/** The job that makes the sample archive and looks through it, with real workers, on the first of its recordings. */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DataFolder, dataFolderAt } from '../../src-main/app/data-folder.ts';
import { createJobs, type Jobs } from '../../src-main/app/jobs.ts';
import { createResults } from '../../src-main/app/evaluation/results.ts';
import { createMediaCache } from '../../src-main/app/media-cache.ts';
import { createNets } from '../../src-main/app/nets.ts';
import { createPolicies } from '../../src-main/app/policies/policies.ts';
import { createSettings } from '../../src-main/app/settings.ts';
import { createTasks } from '../../src-main/app/tasks.ts';
import { createWorks } from '../../src-main/app/works.ts';
import { createEventHub } from '../../src-main/contract/event-hub.ts';
import type { Job } from '../../src-main/contract/job.ts';
import type { ScanLine } from '../../src-main/contract/scan.ts';
import { entries } from '../../src-main/hosts/entries.ts';
import { openStore, type Store } from '../../src-main/store/index.ts';
import { startSupervisor, type Supervisor } from '../../src-main/workers/index.ts';
import { until } from '../support/cli.ts';

let root: string;
let folder: DataFolder;
let store: Store;
let supervisor: Supervisor;
let jobs: Jobs;
const seen = { progress: [] as Job['progress'][], lines: [] as ScanLine[] };

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'anom-pi-samples-'));
  folder = dataFolderAt(root);
  store = openStore(root);
  supervisor = startSupervisor({
    ...{ entry: entries.worker, workers: 1, stallMs: 60_000, memoryLimitBytes: 2 ** 32, env: process.env },
    log: () => undefined,
  });
  const [events, settings, now] = [createEventHub(), createSettings(store), Date.now];
  events.on('job.changed', ({ progress }) => seen.progress.push(progress));
  events.on('scan.line', ({ line }) => seen.lines.push(line));
  const tasks = await createTasks(supervisor, store, folder.incoming);
  // Without models the scan rests on motion, which is enough here and quicker.
  const nets = createNets({ tasks, settings, modelFolders: [], threads: 1, log: () => undefined });
  const evaluation = {
    cache: createMediaCache({ folder: join(folder.evaluationCache, '1'), limit: () => 0, log: () => undefined }),
    results: createResults(folder.evaluations),
  };
  const works = createWorks({
    store,
    tasks,
    supervisor,
    events,
    settings,
    nets,
    folder,
    evaluation,
    policies: createPolicies({ store, events, notice: null, now }),
    version: 'test',
    now,
  });
  jobs = createJobs({ store, events, works, now });
});
afterEach(async () => {
  await jobs.close();
  await supervisor.close();
  store.close();
  await rm(root, { recursive: true });
});

const jobOf = (id: string) => jobs.list().find((job) => job.id === id);
const ended = (id: string) => until(() => !['waiting', 'running'].includes(jobOf(id)?.state ?? ''), 90_000);
const videos = async () =>
  (await readdir(folder.samples, { recursive: true }))
    .filter((name) => name.endsWith('.mp4'))
    .map((name) => join(folder.samples, name));
const start = () => jobs.start('samples', { framesPerMinute: 24, scenes: 1 }).id;

test('stops where it is told to, goes on, and is done at once where all is there', async () => {
  const id = start();
  await until(() => (jobOf(id)?.progress.done ?? 0) > 0);
  jobs.cancel(id);
  await ended(id);
  expect(jobOf(id)).toMatchObject({
    state: 'paused',
    progress: { unit: 'frames', label: 'rendering Front gate/Front gate_20260314_081500.mp4' },
  });

  jobs.resume(id);
  await ended(id);
  expect(jobOf(id)).toMatchObject({ state: 'done', reason: null, progress: { unit: 'seconds' } });
  const stages = seen.progress.map(({ label }) => label.split(' ')[0]);
  expect(new Set(stages)).toEqual(new Set(['', 'rendering', 'importing', 'scanning']));
  const [video = '', ...others] = await videos();
  expect(others).toEqual([]);
  expect(store.recordings.list()).toMatchObject([{ path: video, camera: 'Front gate', status: 'ready' }]);
  expect(seen.lines).toMatchObject([
    { type: 'recording', status: 'scanned' },
    { type: 'summary', policy: 'rules' },
  ]);

  const made = await stat(video);
  seen.lines = [];
  const again = start();
  await ended(again);
  expect(jobOf(again)).toMatchObject({ state: 'done' });
  expect((await stat(video)).mtimeMs).toBe(made.mtimeMs);
  expect(seen.lines).toMatchObject([
    { type: 'recording', status: 'unchanged' },
    { type: 'summary', framesDecoded: 0 },
  ]);
  expect(relative(root, video).startsWith('samples')).toBe(true);
});
