import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../contract/errors.ts';
import { createEventHub } from '../contract/event-hub.ts';
import type { Job } from '../contract/job.ts';
import { openStore, type Store } from '../store/index.ts';
import { createJobs, type JobContext, type Jobs } from './jobs.ts';

let folder: string;
let store: Store;
let jobs: Jobs;
let changes: Job[];
/** The work of every kind: the test ends it. */
let running: { params: unknown; context: JobContext; end: PromiseWithResolvers<void> }[];

function start(): void {
  store = openStore(folder);
  const hub = createEventHub();
  changes = [];
  running = [];
  hub.on('job.changed', (job) => changes.push(job));
  const work = async (params: unknown, context: JobContext) => {
    const end = Promise.withResolvers<void>();
    context.signal.addEventListener('abort', () => end.reject(new AppError('cancelled', 'Cancelled.')));
    running.push({ params, context, end });
    await end.promise;
  };
  jobs = createJobs({
    ...{ store, events: hub, now: () => Date.now() },
    works: {
      import: work,
      scan: work,
      models: work,
      simulate: work,
      samples: work,
      evaluation: work,
      export: work,
      compare: work,
      train: work,
    },
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anom-pi-jobs-'));
  start();
});
afterEach(async () => {
  await jobs.close();
  store.close();
  rmSync(folder, { recursive: true });
});

const stateOf = (id: string) => jobs.list().find((job) => job.id === id)?.state;

test('jobs that need the same run one after the other, others side by side', async () => {
  const [first, second, other] = [jobs.start('scan', 1), jobs.start('scan', 2), jobs.start('import', 3)];
  await vi.waitFor(() => expect(running.map(({ params }) => params)).toEqual([1, 3]));
  expect([first, second, other].map(({ id }) => stateOf(id))).toEqual(['running', 'waiting', 'running']);
  running[0]?.end.resolve();
  await vi.waitFor(() => expect(stateOf(second.id)).toBe('running'));
  expect(stateOf(first.id)).toBe('done');
});

test('the samples wait for scan and simulation, and what comes later waits for them', async () => {
  const kinds = ['simulate', 'scan', 'samples', 'scan', 'simulate', 'import'] as const;
  const started = kinds.map((kind, index) => jobs.start(kind, index));
  const states = () => started.map(({ id }) => stateOf(id));
  await vi.waitFor(() => expect(running).toHaveLength(3));
  expect(states()).toEqual(['running', 'running', 'waiting', 'waiting', 'waiting', 'running']);
  running[0]?.end.resolve();
  await vi.waitFor(() => expect(states()).toEqual(['done', 'running', 'waiting', 'waiting', 'waiting', 'running']));
  running[1]?.end.resolve();
  await vi.waitFor(() => expect(states()).toEqual(['done', 'done', 'running', 'waiting', 'waiting', 'running']));
  running.find(({ params }) => params === 2)?.end.resolve();
  await vi.waitFor(() => expect(states()).toEqual(['done', 'done', 'done', 'running', 'running', 'running']));
});

test('a failure keeps its reason, a cancelled job pauses and resumes with its params', async () => {
  const failing = jobs.start('import', 'a');
  const stopped = jobs.start('scan', 'b');
  await vi.waitFor(() => expect(running).toHaveLength(2));
  running[0]?.end.reject(new AppError('disk-full', 'The disk is full.'));
  jobs.cancel(stopped.id);
  await vi.waitFor(() => expect(jobs.busy()).toBe(false));
  expect(jobs.list().find(({ id }) => id === failing.id)).toMatchObject({
    state: 'failed',
    reason: 'The disk is full.',
  });
  expect(stateOf(stopped.id)).toBe('paused');
  jobs.resume(stopped.id);
  await vi.waitFor(() => expect(running.map(({ params }) => params)).toEqual(['a', 'b', 'b']));
  expect(stateOf(stopped.id)).toBe('running');
});

test('cancelling a waiting job takes it out of the queue', async () => {
  jobs.start('scan', 1);
  const waiting = jobs.start('scan', 2);
  await vi.waitFor(() => expect(running).toHaveLength(1));
  expect(jobs.cancel(waiting.id).state).toBe('paused');
  running[0]?.end.resolve();
  await vi.waitFor(() => expect(jobs.busy()).toBe(false));
  expect(running).toHaveLength(1);
});

test('progress is told with the last word at the end, and survives', async () => {
  const { id } = jobs.start('scan', null);
  await vi.waitFor(() => expect(running).toHaveLength(1));
  const { context, end } = running[0] ?? { context: undefined, end: undefined };
  for (let done = 1; done <= 50; done++) context?.progress({ done, total: 50, unit: 'seconds', label: 'x' });
  end?.resolve();
  await vi.waitFor(() => expect(stateOf(id)).toBe('done'));
  expect(changes.at(-1)).toMatchObject({ id, state: 'done', progress: { done: 50, total: 50 } });
  // Not an event for each of fifty steps in one millisecond.
  expect(changes.length).toBeLessThan(10);
});

test('progress is told although the clock was set back', async () => {
  const { id } = jobs.start('scan', null);
  await vi.waitFor(() => expect(running).toHaveLength(1));
  const tell = (done: number) => running[0]?.context.progress({ done, total: 9, unit: 'seconds', label: '' });
  const told = () => changes.filter((job) => job.id === id && job.progress.total === 9).map((job) => job.progress.done);
  tell(1);
  const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
  tell(2);
  now.mockRestore();
  expect(told()).toEqual([1, 2]);
});

test('a job that cannot even be noted as running fails, and the next one runs', async () => {
  const failing = jobs.start('scan', 1);
  const setState = vi.spyOn(store.jobs, 'setState').mockImplementationOnce(() => {
    throw new AppError('disk-full', 'The disk is full.');
  });
  const next = jobs.start('scan', 2);
  await vi.waitFor(() => expect(stateOf(next.id)).toBe('running'));
  setState.mockRestore();
  expect(running.map(({ params }) => params)).toEqual([2]);
  expect(jobs.list().find(({ id }) => id === failing.id)).toMatchObject({
    state: 'failed',
    reason: 'The disk is full.',
  });
});

test('what a killed core left goes on at the next start, in its order; what was stopped stays so', async () => {
  const [first, second, stopped] = [1, 2, 3].map((folder) => jobs.start('scan', { folders: [`/${folder}`] }));
  await vi.waitFor(() => expect(stateOf(first?.id ?? '')).toBe('running'));
  jobs.cancel(stopped?.id ?? '');
  const abandoned = running[0];
  // The rows stay as a kill leaves them: the store is closed under the jobs.
  store.close();
  start();
  const states = () => [first, second, stopped].map((job) => stateOf(job?.id ?? ''));
  expect(states()).toEqual(['waiting', 'waiting', 'paused']);
  await vi.waitFor(() => expect(states()).toEqual(['running', 'waiting', 'paused']));
  expect(running.map(({ params }) => params)).toEqual([{ folders: ['/1'] }]);
  expect(jobs.list().find(({ id }) => id === second?.id)?.folders).toEqual(['/2']);
  abandoned?.end.resolve();
});

test('an id that is not there is an error', () => {
  expect(() => jobs.resume('nothing')).toThrow(expect.objectContaining({ code: 'not-found' }));
  expect(() => jobs.cancel('nothing')).toThrow(expect.objectContaining({ code: 'not-found' }));
});
