/** What every transport of the contract must do, run over each of them: memory, MessagePort, WebSocket. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeClient } from '../../src-main/contract/client.ts';
import { maxRequestLength } from '../../src-main/contract/wire.ts';
import { standInJob } from '../support/stand-in-service.ts';
import { createTransportBench, failureOf, type TransportBench, transports } from '../support/transports.ts';

describe.each(Object.entries(transports))('contract over %s', (_name, createTransport) => {
  let bench: TransportBench;
  beforeEach(async () => {
    bench = await createTransportBench(createTransport);
  });
  afterEach(async () => {
    await bench.close();
    expect(bench.standIn.listeners()).toBe(0);
  });

  describe('calls', () => {
    it('answers with what the service returns', async () => {
      const client = await bench.connectClient();
      expect(await client.core.info()).toMatchObject({ version: '1.2.3', dataFolder: '/data' });
      const note = 'Grüße 🎥 \u2028 \0';
      expect((await client.verdicts.decide({ flag: 'f', decision: 'reject', note })).flag.explanation).toBe(note);
    });

    it('fills in defaults before the service sees the params', async () => {
      const client = await bench.connectClient();
      expect((await client.flags.list()).items[0]?.score).toBe(100);
      expect((await client.flags.list({ limit: 7 })).items[0]?.score).toBe(7);
    });

    it('gives every one of many its own answer', async () => {
      const client = await bench.connectClient();
      const ids = Array.from({ length: 100 }, (_, index) => `t${index}`);
      const answers = await Promise.all(ids.map((id) => client.trajectories.get({ id })));
      expect(answers.map(({ trajectory }) => trajectory)).toEqual(ids.map((id) => ({ id, text: id })));
    });

    it('answers the quick one while a slow one is under way', async () => {
      const client = await bench.connectClient();
      const slow = client.trajectories.get({ id: 'held' });
      expect(await client.trajectories.get({ id: 'quick' })).toBeDefined();
      bench.standIn.letGo();
      expect((await slow).trajectory).toBe('held');
    });

    it('carries a payload of three million characters both ways', async () => {
      const client = await bench.connectClient();
      const recordings = Array.from({ length: 60_000 }, (_, index) => `${index}`.padStart(47, 'é'));
      let changes = 0;
      let last = '';
      client.on('job.changed', (job) => {
        changes++;
        last = job.id;
      });
      await client.scan.start({ policy: 'rules', recordings });
      expect([changes, last]).toEqual([60_000, recordings.at(-1)]);
    });
  });

  describe('errors', () => {
    it('carries code, message and details', async () => {
      const client = await bench.connectClient();
      const error = await failureOf(client.trajectories.get({ id: 'missing' }));
      expect(error).toMatchObject({
        code: 'not-found',
        message: 'There is no trajectory missing.',
        details: { id: 'missing', count: 0, known: false },
      });
    });

    it('makes a bug of the service `internal`', async () => {
      const client = await bench.connectClient();
      expect(await failureOf(client.trajectories.get({ id: 'bug' }))).toMatchObject({ code: 'internal' });
      expect(await failureOf(client.trajectories.get({ id: 'cycle' }))).toMatchObject({ code: 'internal' });
    });

    it('refuses an answer that is too long, and goes on', async () => {
      const client = await bench.connectClient();
      const error = await failureOf(client.trajectories.get({ id: 'huge' }));
      expect(error.message).toContain('ask for less');
      expect(await client.core.info()).toBeDefined();
    });

    it('refuses params that the contract does not know, and names them', async () => {
      const client = await bench.connectClient();
      expect(await failureOf(client.flags.list({ limit: -1 }))).toMatchObject({
        code: 'invalid-argument',
        details: { member: 'limit' },
      });
    });

    it('refuses on this side a request that is too long', async () => {
      const client = await bench.connectClient();
      const folders = Array.from({ length: 1000 }, () => 'x'.repeat(maxRequestLength / 1000 + 1));
      expect(await failureOf(client.archive.import({ folders }))).toMatchObject({ code: 'invalid-argument' });
      expect(await client.core.info()).toBeDefined();
    });
  });

  describe('cancelling', () => {
    it('aborts the signal of the service and fails the call at once', async () => {
      const client = await bench.connectClient();
      const abort = new AbortController();
      const call = client.trajectories.get({ id: 'never-1' }, { signal: abort.signal });
      const other = client.trajectories.get({ id: 'held' });
      await client.core.info();
      abort.abort();
      expect(await failureOf(call)).toMatchObject({ code: 'cancelled' });
      expect(await bench.standIn.cancelled('never-1')).toMatchObject({ code: 'cancelled' });
      bench.standIn.letGo();
      expect((await other).trajectory).toBe('held');
    });

    it('does not even ask where the signal was aborted before', async () => {
      const client = await bench.connectClient();
      const call = client.trajectories.get({ id: 'never-2' }, { signal: AbortSignal.abort() });
      expect(await failureOf(call)).toMatchObject({ code: 'cancelled' });
    });
  });

  describe('events', () => {
    it('come in order to every subscription, before the answer of the call that caused them', async () => {
      const client = await bench.connectClient();
      const seen: string[] = [];
      client.on('job.changed', (job) => seen.push(`first ${job.id}`));
      client.on('job.changed', (job) => seen.push(`second ${job.id}`));
      await client.scan.start({ policy: 'rules', recordings: ['a', 'b'] });
      expect(seen).toEqual(['first a', 'second a', 'first b', 'second b']);
    });

    it('go to every client', async () => {
      const clients = [await bench.connectClient(), await bench.connectClient()] as const;
      const heard = clients.map(
        (client) => new Promise((resolve) => client.on('core.notice', ({ message }) => resolve(message))),
      );
      await Promise.all(clients.map((client) => client.core.info()));
      bench.standIn.events.emit('core.notice', { level: 'info', message: 'hello' });
      expect(await Promise.all(heard)).toEqual(['hello', 'hello']);
    });

    it('stop where the subscription is closed, and for that one only', async () => {
      const client = await bench.connectClient();
      const seen: string[] = [];
      const closed = client.on('job.changed', () => seen.push('closed'));
      client.on('job.changed', () => seen.push('open'));
      await closed.ready;
      closed.close();
      await client.scan.start({ policy: 'rules', recordings: ['a'] });
      expect(seen).toEqual(['open']);
      expect(bench.standIn.listeners()).toBe(1);
    });

    it('end the connection where they make no sense: nothing stale is shown', async () => {
      const client = await bench.connectClient();
      await client.on('job.changed', () => {}).ready;
      bench.standIn.events.emit('job.changed', { ...standInJob('j'), state: 'dancing' as never });
      expect(await client.closed).toMatchObject({ code: 'internal' });
    });
  });

  describe('the end of a connection', () => {
    it.each(['near', 'far'] as const)('from the %s side fails the calls in flight and cancels them', async (side) => {
      const connection = await bench.connect();
      const client = makeClient(connection.near);
      client.on('job.changed', () => {});
      const call = client.trajectories.get({ id: 'never-3' });
      await client.core.info();
      connection[side].close();
      expect(await failureOf(call)).toMatchObject({ code: 'connection-lost' });
      expect(await client.closed).toMatchObject({ code: 'connection-lost' });
      expect(await failureOf(client.core.info())).toMatchObject({ code: 'connection-lost' });
      await bench.standIn.cancelled('never-3');
      expect(bench.standIn.listeners()).toBe(0);
    });

    it('asked for by the client is no error', async () => {
      const client = await bench.connectClient();
      client.close();
      expect(await client.closed).toBeNull();
      expect(await failureOf(client.core.info())).toMatchObject({ code: 'connection-lost' });
    });

    it('does not touch the others', async () => {
      const [one, other] = [await bench.connectClient(), await bench.connectClient()];
      one.close();
      await one.closed;
      expect(await other.core.info()).toBeDefined();
    });

    it('is told to who asks after it', async () => {
      const { near } = await bench.connect();
      near.close();
      await new Promise<void>((resolve) => near.onClose(() => resolve()));
      await new Promise<void>((resolve) => near.onClose(() => resolve()));
      near.send('{}');
      near.close();
      expect(near.backlog).toBe(0);
    });
  });
});
