/** The window’s one client over connections that come and go: the real client and service side, a clock by hand. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../../src-main/contract/errors.ts';
import type { Channel } from '../../src-main/contract/wire.ts';
import { createMemoryChannels } from '../../src-main/transport/memory.ts';
import { serve } from '../../src-main/transport/serve.ts';
import { createStandInService, standInJob } from '../support/stand-in-service.ts';
import {
  type Connection,
  type ConnectionClock,
  createConnection,
  retryWaitsMs,
} from '../../src-renderer/client/connection.ts';

const stand = createStandInService();
let refusal: AppError | null;
let opened: Channel[];
let waits: { readonly atMs: number; readonly act: () => void }[];
let nowMs: number;
let connection: Connection;
let states: string[];

const clock: ConnectionClock = {
  now: () => nowMs,
  after(ms, act) {
    const wait = { atMs: nowMs + ms, act };
    waits.push(wait);
    return () => {
      waits = waits.filter((one) => one !== wait);
    };
  },
};

async function openChannel(): Promise<Channel> {
  if (refusal !== null) throw refusal;
  const [near, far] = createMemoryChannels();
  serve(far, stand.service);
  opened.push(far);
  return near;
}

/** Lets the clock come to the next thing that waits for it. */
function pass(): number {
  const next = waits.shift();
  if (next === undefined) throw new Error('Nothing waits.');
  const waited = next.atMs - nowMs;
  nowMs = next.atMs;
  next.act();
  return waited;
}

const lost = () => vi.waitUntil(() => connection.state.kind === 'lost' && waits.length > 0);
const ready = () => vi.waitUntil(() => connection.state.kind === 'ready');
const stop = (reason = 'gone') => opened.at(-1)?.close(reason);

beforeEach(() => {
  refusal = null;
  opened = [];
  waits = [];
  nowMs = 1000;
  connection = createConnection(openChannel, clock);
  states = [connection.state.kind];
  connection.onState(({ kind }) => states.push(kind));
});
afterEach(() => connection.close());

test('is ready with what the core tells of itself, and calls it', async () => {
  await ready();
  expect(states).toEqual(['connecting', 'ready']);
  expect(connection.state).toMatchObject({ kind: 'ready', info: { version: '1.2.3' } });
  expect((await connection.client.jobs.list()).items).toHaveLength(1);
});

test('waits longer after each attempt that fails, and begins anew after one that worked', async () => {
  await ready();
  stop();
  await lost();
  refusal = new AppError('connection-lost', 'Nobody there.');
  const waited: number[] = [];
  for (let attempt = 0; attempt < 6; attempt++) {
    expect(connection.state).toMatchObject({ kind: 'lost', attempt });
    waited.push(pass());
    await lost();
  }
  expect(waited).toEqual([...retryWaitsMs, 5000, 5000]);
  refusal = null;
  pass();
  await ready();
  stop();
  await lost();
  expect(pass()).toBe(retryWaitsMs[0]);
  await ready();
});

test('calls fail while there is no connection, and those under way when it ends', async () => {
  await ready();
  const held = connection.client.trajectories.get({ id: 'never' });
  stop();
  await expect(held).rejects.toMatchObject({ code: 'connection-lost' });
  await lost();
  await expect(connection.client.jobs.list()).rejects.toMatchObject({ code: 'connection-lost' });
});

test('subscriptions are renewed, also those made while there was no connection, and end once closed', async () => {
  const heard: string[] = [];
  const first = connection.client.on('job.changed', ({ id }) => heard.push(`first ${id}`));
  await first.ready;
  await ready();
  stop();
  await lost();
  await vi.waitUntil(() => stand.listeners() === 0);
  const second = connection.client.on('job.changed', ({ id }) => heard.push(`second ${id}`));
  pass();
  await second.ready;
  await ready();
  stand.events.emit('job.changed', standInJob('a'));
  await vi.waitUntil(() => heard.length === 2);
  first.close();
  await vi.waitUntil(() => stand.listeners() === 1);
  stand.events.emit('job.changed', standInJob('b'));
  await vi.waitUntil(() => heard.includes('second b'));
  expect(heard).toEqual(['first a', 'second a', 'second b']);
});

test('retrying now does not wait, and does nothing where nothing waits', async () => {
  await ready();
  connection.retryNow();
  expect(opened).toHaveLength(1);
  stop();
  await lost();
  connection.retryNow();
  connection.retryNow();
  await ready();
  expect(opened).toHaveLength(2);
  expect(waits).toHaveLength(0);
});

test('says why, and whether it is this window that the program does not know', async () => {
  await ready();
  refusal = new AppError('unauthorized', 'The program was started anew.');
  stop('the core ended');
  await lost();
  expect(connection.state).toMatchObject({
    code: 'connection-lost',
    reason: expect.stringContaining('the core ended'),
  });
  pass();
  await lost();
  expect(connection.state).toMatchObject({ code: 'unauthorized', reason: 'The program was started anew.' });
});

test('closed, it neither comes back nor says that it was lost', async () => {
  await ready();
  connection.close();
  await vi.waitUntil(() => stand.listeners() === 0);
  await expect(connection.client.jobs.list()).rejects.toMatchObject({ code: 'connection-lost' });
  expect(states).toEqual(['connecting', 'ready']);
  expect(waits).toEqual([]);
});
