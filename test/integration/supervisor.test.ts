/** The supervisor with real processes: order, crashes, hangs, too much memory, kills from outside, cancellation. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSupervisor, type Supervisor } from '../../src-main/workers/index.ts';
import { isAlive, until } from '../support/cli.ts';

const entry = fileURLToPath(new URL('../support/stand-in-worker.ts', import.meta.url));
const paths = { recordings: {}, blobs: {}, incoming: '' };
let folder: string;
let supervisor: Supervisor;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anom-pi-supervisor-'));
  supervisor = startSupervisor({
    entry,
    workers: 2,
    stallMs: 1_500,
    memoryLimitBytes: 2 ** 32,
    env: process.env,
    log: () => undefined,
  });
});
afterEach(async () => {
  await supervisor.close();
  await rm(folder, { recursive: true });
});

const run = (order: string, signal?: AbortSignal) =>
  supervisor.run('probe', { recording: order }, paths, signal === undefined ? {} : { signal });
const attempts = async (file: string) => (await readFile(file, 'utf8')).trim().split('\n');

test('tasks are answered, by no more workers than there may be', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => run(`answer${index}`)));
  expect(answers).toMatchObject(Array.from({ length: 12 }, (_, index) => ({ order: `answer${index}` })));
  expect(supervisor.processIds().length).toBeLessThanOrEqual(2);
});

test('an error of the task comes back as it was, and its worker lives on', async () => {
  await run('answer');
  const before = supervisor.processIds();
  await expect(run('refuse')).rejects.toMatchObject({ code: 'no-video', details: { order: 'refuse' } });
  expect(supervisor.processIds()).toEqual(before);
});

test('a task that crashes its worker is tried once more in a new one, then fails; others are not touched', async () => {
  const file = join(folder, 'crashes');
  const [crash, ...others] = await Promise.allSettled([run(`crash ${file}`), run('a'), run('b'), run('c')]);
  expect(crash).toMatchObject({ status: 'rejected', reason: { code: 'worker-crashed' } });
  expect(others.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  expect(new Set(await attempts(file)).size).toBe(2);
});

test('a task that shows no sign of work is ended, tried once more, then fails', async () => {
  const file = join(folder, 'hangs');
  await expect(run(`hang ${file}`)).rejects.toMatchObject({ code: 'worker-timeout' });
  expect(await attempts(file)).toHaveLength(2);
});

test('a worker that takes too much memory is ended with its task', async () => {
  await expect(run('swell')).rejects.toMatchObject({ code: 'worker-crashed', message: /memory/ });
});

test('a kill from outside is forgiven more often than a crash', async () => {
  const file = join(folder, 'kills');
  const hung = run(`hang ${file}`).catch((error: unknown) => error);
  for (let kill = 1; kill <= 3; kill++) {
    await until(async () => (await attempts(file).catch(() => [])).length === kill);
    process.kill(Number((await attempts(file)).at(-1)), 'SIGKILL');
  }
  await until(async () => (await attempts(file)).length === 4);
  expect(await hung).toMatchObject({ code: 'worker-timeout' });
});

test('cancelling ends a waiting task at once, and a hanging one after a moment', async () => {
  const abort = new AbortController();
  // All are listened to from the start: which of them ends first is not told.
  const ended = Promise.allSettled([
    run(`hang ${join(folder, 'one')}`, abort.signal),
    run(`hang ${join(folder, 'two')}`, abort.signal),
    run('never', abort.signal),
  ]);
  abort.abort();
  const cancelled = { status: 'rejected', reason: { code: 'cancelled' } };
  expect(await ended).toMatchObject([cancelled, cancelled, cancelled]);
  await expect(run('late', abort.signal)).rejects.toMatchObject({ code: 'cancelled' });
});

test('where no process can be started the task fails, and the next one does not wait for it', async () => {
  const { execPath } = process;
  process.execPath = join(folder, 'missing');
  const failed = await run('answer').catch((error: unknown) => error);
  process.execPath = execPath;
  expect(failed).toMatchObject({ code: 'internal', message: expect.stringMatching(/No worker process.*ENOENT/) });
  expect(await run('answer')).toMatchObject({ order: 'answer' });
});

test('closing ends all workers and what they do', async () => {
  await run('answer');
  const pids = supervisor.processIds();
  const hung = run('hang').catch((error: unknown) => error);
  await supervisor.close();
  expect(await hung).toMatchObject({ code: 'cancelled' });
  expect(pids.filter(isAlive)).toEqual([]);
});
