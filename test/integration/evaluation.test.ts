/** An evaluation through the real core's parts: labelled videos → looks → figures → report; cut off, resumed, read again. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DataFolder, dataFolderAt } from '../../src-main/app/data-folder.ts';
import { createResults, type Results } from '../../src-main/app/evaluation/results.ts';
import { createJobs, type Jobs } from '../../src-main/app/jobs.ts';
import { createMediaCache } from '../../src-main/app/media-cache.ts';
import { createNets } from '../../src-main/app/nets.ts';
import { createPolicies } from '../../src-main/app/policies/policies.ts';
import { createSettings } from '../../src-main/app/settings.ts';
import { createTasks, type Tasks } from '../../src-main/app/tasks.ts';
import { createWorks } from '../../src-main/app/works.ts';
import { createEventHub } from '../../src-main/contract/event-hub.ts';
import { evaluationSchema } from '../../src-main/contract/evaluation.ts';
import { parseAs } from '../../src-main/contract/validate.ts';
import { entries } from '../../src-main/hosts/entries.ts';
import { openStore, type JsonValue, type Store } from '../../src-main/store/index.ts';
import { startSupervisor, type Supervisor } from '../../src-main/workers/index.ts';
import { commotion } from '../support/commotion.ts';
import { until } from '../support/cli.ts';
import { randomBytes } from '../support/videos.ts';

let root: string;
let dataset: string;
let folder: DataFolder;
let store: Store;
let supervisor: Supervisor;
let jobs: Jobs;
let results: Results;
/** Names of the tasks that workers did, in the order of their ends. */
let done: string[] = [];
/** Called as a task is given to the workers. */
let onTask: (name: string) => void = () => undefined;

const recordings = [
  { name: 'late.mp4', from: 10, to: 16, seed: 1 },
  { name: 'early.mp4', from: 2, to: 7, seed: 2 },
  { name: 'calm.mp4', from: 0, to: 0, seed: 3 },
];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anom-pi-evaluation-'));
  dataset = join(root, 'footage');
  await mkdir(dataset);
  for (const { name, ...options } of recordings) await commotion(join(dataset, name), { seconds: 20, ...options });
  await randomBytes(join(dataset, 'broken.mp4'));
  const labels = ['video,start,end,class', 'late.mp4,10,16,fight', 'early.mp4,2,7,fight', 'calm.mp4,,,normal'];
  await writeFile(join(dataset, 'labels.csv'), [...labels, 'broken.mp4,1,2,fight'].join('\n'));

  folder = dataFolderAt(join(root, 'data'));
  store = openStore(folder.root);
  supervisor = startSupervisor({
    ...{ entry: entries.worker, workers: 1, stallMs: 60_000, memoryLimitBytes: 2 ** 32, env: process.env },
    log: () => undefined,
  });
  const [events, settings, now] = [createEventHub(), createSettings(store), Date.now];
  const real = await createTasks(supervisor, store, folder.incoming);
  const tasks: Tasks = {
    ...real,
    runAside: async (name, ...rest) => {
      onTask(name);
      const result = await real.runAside(name, ...rest);
      done.push(name);
      return result;
    },
  };
  // Without models what is seen is motion, which is enough here and quicker.
  const nets = createNets({ tasks, settings, modelFolders: [], threads: 1, log: () => undefined });
  results = createResults(folder.evaluations);
  const cache = createMediaCache({
    folder: join(folder.evaluationCache, '1'),
    limit: () => 2 ** 30,
    log: () => undefined,
  });
  const evaluation = { cache, results };
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
afterAll(async () => {
  await jobs.close();
  await supervisor.close();
  store.close();
  await rm(root, { recursive: true });
});

const jobOf = (id: string) => jobs.list().find((job) => job.id === id);
async function ended(id: string) {
  await until(() => !['waiting', 'running'].includes(jobOf(id)?.state ?? ''), 90_000);
  return jobOf(id);
}
const request = (more: object = {}): JsonValue => ({
  ...{ dataset, policies: ['rules', 'triage', 'dense', 'blind'], seed: 1, smoothing: 0, scores: [] },
  ...more,
});

const howOften = (name: string) => done.filter((each) => each === name).length;

test('cut off while it looks, it goes on where it stopped, and its figures are kept', async () => {
  const { id } = jobs.start('evaluation', request());
  onTask = (name) => {
    if (name === 'assess') jobs.cancel(id);
  };
  expect((await ended(id))?.state).toBe('paused');
  expect(await results.list()).toEqual([]);
  expect(howOften('observe')).toBeGreaterThan(0);
  expect(howOften('tabulate')).toBe(0);

  onTask = () => undefined;
  jobs.resume(id);
  expect(await ended(id)).toMatchObject({ state: 'done', reason: null });
  expect(howOften('observe')).toBe(recordings.length);
  expect(howOften('triage')).toBe(recordings.length);

  const evaluation = parseAs(evaluationSchema, await results.get(id), 'the result');
  expect(evaluation).toMatchObject({ dataset: 'footage', format: 'labels', smoothing: 'none', seed: 1 });
  expect(evaluation.missing.map(({ name }) => name)).toEqual(['broken.mp4']);
  expect(evaluation.rows.map(({ policy }) => policy)).toEqual(['rules', 'triage', 'dense', 'blind']);
  expect(await results.list()).toMatchObject([{ id, dataset: 'footage', recordings: 3 }]);
});

describe('an evaluation that was done', () => {
  const latest = async () => {
    const [first] = await results.list();
    if (first === undefined) throw new Error('There is no evaluation.');
    return { id: first.id, evaluation: await results.get(first.id) };
  };
  const row = async (policy: string) => (await latest()).evaluation.rows.find((each) => each.policy === policy);

  test('who looks finds the commotion, who does not look does not', async () => {
    const dense = await row('dense');
    expect(dense?.aucMicro).toBeGreaterThan(0.9);
    expect(dense?.auc).toBe(1);
    expect(dense?.lookedAtFraction).toBeCloseTo(1, 1);
    expect(dense?.perRecording.map(({ name }) => name)).toEqual(['late.mp4', 'early.mp4', 'calm.mp4']);
    const blind = await row('blind');
    expect(blind).toMatchObject({ framesPerMinute: 0, lookedAtFraction: 0, operatorEntropy: null });
    expect(blind?.aucMacro).toBe(0.5);
    expect((await row('rules'))?.framesPerMinute).toBeGreaterThan(0);
    expect((await row('rules'))?.framesPerMinute).toBeLessThan(dense?.framesPerMinute ?? 0);
    expect(dense?.secondsPerHour).toBeGreaterThan((await row('rules'))?.secondsPerHour ?? Infinity);
  });

  test('its report shows the recordings where mistakes are first, with pictures of them', async () => {
    const report = await readFile(await results.reportPath((await latest()).id), 'utf8');
    expect(report).toContain('Evaluation of footage');
    expect(report.match(/data:image\/jpeg;base64,/g)?.length).toBe(3);
  });

  test('the next one decodes nothing and says the same', async () => {
    const before = (await latest()).evaluation;
    done = [];
    const { id } = jobs.start('evaluation', request());
    expect((await ended(id))?.state).toBe('done');
    expect(new Set(done)).toEqual(new Set(['assess', 'tabulate', 'picture']));
    expect(howOften('assess')).toBe(recordings.length);
    const after = await results.get(id);
    const figures = ({ rows }: typeof after) => rows.map((row) => ({ ...row, secondsPerHour: null }));
    expect(figures(after)).toEqual(figures(before));
  });
});

test('normal footage is learned from, and is no part of what is measured', async () => {
  const normal = join(root, 'normal');
  await mkdir(normal);
  await commotion(join(normal, 'usual.mp4'), { seconds: 20, from: 0, to: 0, seed: 9 });
  done = [];
  const { id } = jobs.start('evaluation', request({ normal, policies: ['dense'] }));
  expect(await ended(id)).toMatchObject({ state: 'done', reason: null });
  expect(done).toEqual(expect.arrayContaining(['learn-normality', 'merge-normality']));
  const evaluation = await results.get(id);
  expect(evaluation.recordings).toHaveLength(3);
  expect(evaluation.notes.join()).toContain('learned from 1 recording of normal');
});

test('another system stands in the same table', async () => {
  const scores = join(root, 'scores.csv');
  const [late, early] = recordings;
  const lines = [late, early].flatMap((recording) =>
    Array.from({ length: 300 }, (_, frame) => {
      const time = frame / 15;
      const isIn = recording !== undefined && time >= recording.from && time < recording.to;
      return `${recording?.name ?? ''},${frame},${isIn ? 0.9 : 0.1}`;
    }),
  );
  await writeFile(scores, ['video,frame,score', ...lines].join('\n'));
  const { id } = jobs.start('evaluation', request({ policies: ['blind'], scores: [{ name: 'other', path: scores }] }));
  expect(await ended(id)).toMatchObject({ state: 'done', reason: null });
  const { rows, notes } = await results.get(id);
  expect(rows[1]).toMatchObject({ policy: 'other', recordings: 2, aucMicro: 1, framesPerMinute: null });
  expect(notes).toContain('other has no scores of calm.mp4.');
});

test('labels that do not fit are refused by file and line', async () => {
  const labels = join(root, 'bad.csv');
  await writeFile(labels, 'video,start,end,class\ncalm.mp4,1,2,fight\nlate.mp4,500,600,fight\n');
  const { id } = jobs.start('evaluation', request({ labels, policies: ['blind'] }));
  const job = await ended(id);
  expect(job?.state).toBe('failed');
  expect(job?.reason).toMatch(/bad\.csv, line 3: .*late\.mp4/);
});

test('a data set of which nothing can be read is an error that says why', async () => {
  const broken = join(root, 'broken');
  await mkdir(broken);
  await randomBytes(join(broken, 'a.mp4'));
  await writeFile(join(broken, 'labels.csv'), 'video,start,end,class\na.mp4,1,2,fight\n');
  const { id } = jobs.start('evaluation', request({ dataset: broken, policies: ['blind'] }));
  const job = await ended(id);
  expect(job?.state).toBe('failed');
  expect(job?.reason).toMatch(/^No recording of broken could be read: a\.mp4: /);
});
