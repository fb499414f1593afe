/** A watched folder: files are handed over once, when they rest, again when they grew; a folder that is gone is waited for. */
import { appendFile, mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FoundFile } from './walk.ts';
import { watchFolder, type WatchOptions, type WatchStatus } from './watch-folder.ts';

let root: string;
let folder: string;
const ends: (() => Promise<void>)[] = [];

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'anom-pi-watch-'));
  folder = path.join(root, 'cameras');
  await mkdir(folder);
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await rm(root, { recursive: true, force: true });
});

const pace = { restMs: 300, leastMs: 20, mostMs: 200, backOffMs: 20 };
const wait = { timeout: 15_000, interval: 10 };

function watch(options: Partial<WatchOptions> = {}) {
  const taken: string[][] = [];
  const statuses: WatchStatus[] = [];
  const abort = new AbortController();
  const done = watchFolder({
    ...{ folder, signal: abort.signal, nowMs: Date.now, pace },
    isDone: () => false,
    take: async (files) => void taken.push(files.map((file) => path.relative(folder, file.path))),
    onStatus: (status) => statuses.push(status),
    ...options,
  });
  ends.push(async () => {
    abort.abort();
    await done;
  });
  return { taken, statuses, latest: () => statuses.at(-1) };
}

const old = new Date(Date.now() - 3_600_000);
async function put(name: string, content = 'x', at: Date | null = old): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  if (at !== null) await utimes(file, at, at);
  return file;
}

test('what is there and was written long ago is handed over at once, in order, and once only', async () => {
  await put('b/2.mp4');
  await put('a/1.mkv');
  await put('notes.txt');
  const { taken, statuses } = watch();
  await vi.waitFor(() => expect(taken).toEqual([[path.join('a', '1.mkv'), path.join('b', '2.mp4')]]), wait);
  const looks = statuses.length;
  await vi.waitFor(() => expect(statuses.length).toBeGreaterThan(looks + 3), wait);
  expect(taken).toHaveLength(1);
  expect(statuses[0]).toEqual({ state: 'looking' });
  expect(statuses.at(-1)).toMatchObject({ state: 'watching', files: 2, beingWritten: 0, underWay: 0 });
});

test('what nothing is left to be done with is not handed over', async () => {
  await put('done.mp4');
  await put('new.mp4');
  const { taken } = watch({ isDone: (file) => file.path.endsWith('done.mp4') });
  await vi.waitFor(() => expect(taken).toEqual([['new.mp4']]), wait);
});

test('a file that grows is waited for until it rests, and handed over again when it has grown since', async () => {
  // By a clock that stands still until it is set on: how busy the machine is decides nothing.
  let now = Date.now();
  const { taken, latest, statuses } = watch({ nowMs: () => now });
  const file = await put('live.mp4', 'x', null);
  await vi.waitFor(() => expect(latest()).toMatchObject({ beingWritten: 1 }), wait);
  for (let block = 0; block < 8; block++) {
    await appendFile(file, 'more');
    const looks = statuses.length;
    await vi.waitFor(() => expect(statuses.length).toBeGreaterThan(looks), wait);
    expect(taken).toEqual([]);
    now += pace.restMs / 10;
  }
  now = Date.now() + 2 * pace.restMs;
  await vi.waitFor(() => expect(taken).toEqual([['live.mp4']]), wait);
  await appendFile(file, 'and more');
  now += 4 * pace.restMs;
  await vi.waitFor(() => expect(taken).toEqual([['live.mp4'], ['live.mp4']]), wait);
});

test('an empty file is no recording yet', async () => {
  await put('empty.mp4', '');
  await put('full.mp4');
  const { taken } = watch();
  await vi.waitFor(() => expect(taken).toEqual([['full.mp4']]), wait);
});

test('what comes while others are dealt with waits for its turn', async () => {
  await put('1.mp4');
  const first = Promise.withResolvers<void>();
  const taken: string[][] = [];
  const { latest } = watch({
    take: async (files: readonly FoundFile[]) => {
      taken.push(files.map((file) => path.basename(file.path)));
      if (taken.length === 1) await first.promise;
    },
  });
  await vi.waitFor(() => expect(latest()).toMatchObject({ underWay: 1 }), wait);
  await put('2.mp4');
  expect(taken).toEqual([['1.mp4']]);
  first.resolve();
  await vi.waitFor(() => expect(taken).toEqual([['1.mp4'], ['2.mp4']]), wait);
});

test('a folder that vanishes is told of, tried ever more seldom, and taken up again when it is back', async () => {
  await put('1.mp4');
  const { taken, statuses, latest } = watch();
  await vi.waitFor(() => expect(taken).toHaveLength(1), wait);
  const aside = path.join(root, 'unmounted');
  await rename(folder, aside);
  await vi.waitFor(() => expect(statuses.filter(({ state }) => state === 'away').length).toBeGreaterThan(4), wait);
  const away = statuses.filter((status) => status.state === 'away');
  expect(away[0]?.error).toMatchObject({ code: 'not-found' });
  await rename(aside, folder);
  await put('2.mp4');
  await vi.waitFor(() => expect(taken).toEqual([['1.mp4'], ['2.mp4']]), wait);
  expect(latest()).toMatchObject({ state: 'watching', files: 2 });
});

test('pauses between tries double up to the longest', async () => {
  await rm(folder, { recursive: true });
  let now = 0;
  const { statuses } = watch({ nowMs: () => now++ });
  await vi.waitFor(() => expect(statuses.length).toBeGreaterThan(7), wait);
  const pauses = statuses.flatMap((status) => (status.state === 'away' ? [status.nextTryAtMs] : [])).slice(0, 6);
  // The clock counts how often it is read: three times a try, the last time for when it is tried again.
  expect(pauses.map((at, index) => at - 3 * index - 2)).toEqual([20, 40, 80, 160, 200, 200]);
});
