import { afterEach, expect, test, vi } from 'vitest';
import type { Supervisor } from '../workers/index.ts';
import { createPlaybackWorkers, type PlaybackWork, type PlaybackWorkers } from './playback-workers.ts';

let workers: PlaybackWorkers;
afterEach(() => workers[Symbol.asyncDispose]());

interface Running {
  readonly lane: number;
  readonly what: string;
  readonly end: () => void;
}

/** Workers whose tasks end when the test ends them. */
function stand(lanes: 1 | 2, idleMs = 60_000) {
  const running: Running[] = [];
  const closed: number[] = [];
  let started = 0;
  const start = (): Supervisor => {
    const lane = ++started;
    return {
      workerCount: 1,
      residentBytes: () => 0,
      processIds: () => [],
      run: (_name, params) =>
        new Promise((resolve) => {
          const { recording: what } = params as { recording: string };
          running.push({ lane, what, end: () => resolve(undefined as never) });
        }),
      close: async () => void closed.push(lane),
    };
  };
  workers = createPlaybackWorkers(start, lanes, idleMs);
  return { running, closed, endLast: () => running.at(-1)?.end() };
}

const paths = { recordings: {}, blobs: {}, incoming: '' };
const ask = (work: PlaybackWork, what: string, signal = new AbortController().signal) =>
  workers.run(work, 'plan-playback', { recording: what }, paths, signal);
const begun = (running: readonly Running[]) => running.map(({ what }) => what);

test('one task at a time, what is waited for most first, then in the order of asking', async () => {
  const { running, endLast } = stand(1);
  const asked = [
    ask('picture', 'first'),
    ask('picture', 'picture 1'),
    ask('picture', 'picture 2'),
    ask('sheet', 'sheet'),
    ask('segment', 'segment'),
    ask('plan', 'plan'),
  ];
  const expected = ['first', 'plan', 'segment', 'sheet', 'picture 1', 'picture 2'];
  for (let count = 1; count <= expected.length; count++) {
    await vi.waitFor(() => expect(begun(running)).toEqual(expected.slice(0, count)));
    endLast();
  }
  await Promise.all(asked);
});

test('who goes away while waiting never reaches the worker', async () => {
  const { running, endLast } = stand(1);
  const abort = new AbortController();
  const first = ask('picture', 'first');
  const left = ask('picture', 'left', abort.signal);
  const last = ask('picture', 'last');
  abort.abort();
  await expect(left).rejects.toMatchObject({ code: 'cancelled' });
  await expect(ask('plan', 'late', abort.signal)).rejects.toMatchObject({ code: 'cancelled' });
  endLast();
  await first;
  await vi.waitFor(() => expect(begun(running)).toEqual(['first', 'last']));
  endLast();
  await last;
});

test('two workers: small pictures never keep the moving ones waiting', async () => {
  const { running } = stand(2);
  const asked = [ask('picture', 'a'), ask('sheet', 'b'), ask('segment', 'c'), ask('plan', 'd')];
  await vi.waitFor(() => expect(begun(running)).toEqual(['a', 'c']));
  expect(new Set(running.map(({ lane }) => lane)).size).toBe(2);
  running[0]?.end();
  await vi.waitFor(() => expect(begun(running)).toEqual(['a', 'c', 'b']));
  running[1]?.end();
  await vi.waitFor(() => expect(begun(running)).toEqual(['a', 'c', 'b', 'd']));
  for (const { end } of running) end();
  await Promise.all(asked);
});

test('a worker ends when nobody asks for a while, and another starts with the next', async () => {
  const { running, closed, endLast } = stand(1, 20);
  const first = ask('plan', 'a');
  await vi.waitFor(() => expect(running).toHaveLength(1));
  endLast();
  await first;
  await vi.waitFor(() => expect(closed).toEqual([1]));
  const second = ask('plan', 'b');
  await vi.waitFor(() => expect(running.at(-1)).toMatchObject({ lane: 2, what: 'b' }));
  endLast();
  await second;
});
