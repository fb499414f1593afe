/** What every transport of the contract must do, run over each of them: memory, MessagePort, WebSocket. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callSchemas, contract } from '../../src-main/contract/calls.ts';
import { makeClient } from '../../src-main/contract/client.ts';
import { AppError } from '../../src-main/contract/errors.ts';
import type { Client } from '../../src-main/contract/service.ts';
import { type Channel, maxOpenPerConnection, maxRequestLength } from '../../src-main/contract/wire.ts';
import { createMemoryChannels } from '../../src-main/transport/memory.ts';
import { channelFromMessagePort } from '../../src-main/transport/message-port.ts';
import { serve } from '../../src-main/transport/serve.ts';
import { createWebSocketAcceptor, openWebSocket } from '../../src-main/transport/web-socket.ts';
import { createStandInService, type StandInService, standInJob } from '../support/stand-in-service.ts';

interface Transport {
  /** Two ends of a new connection: the client's and the service's. */
  connect(): Promise<readonly [Channel, Channel]>;
  close(): Promise<void>;
}

const transports: Readonly<Record<string, () => Promise<Transport>>> = {
  memory: async () => ({ connect: async () => createMemoryChannels(), close: async () => {} }),
  MessagePort: async () => ({
    connect: async () => {
      const { port1, port2 } = new MessageChannel();
      return [channelFromMessagePort(port1), channelFromMessagePort(port2)];
    },
    close: async () => {},
  }),
  WebSocket: async () => {
    const acceptor = createWebSocketAcceptor();
    const server = createServer();
    const folder = await mkdtemp(join(tmpdir(), 'anom-pi-'));
    // Windows has pipes by name, not in folders.
    const socketPath = process.platform === 'win32' ? `\\\\.\\pipe\\${basename(folder)}` : join(folder, 's');
    let arrived = Promise.withResolvers<Channel>();
    server.on('upgrade', (request, socket, head) => acceptor.accept(request, socket, head, arrived.resolve));
    server.listen(socketPath);
    await once(server, 'listening');
    return {
      connect: async () => {
        arrived = Promise.withResolvers();
        return Promise.all([openWebSocket({ at: { path: socketPath }, path: '/', headers: {} }), arrived.promise]);
      },
      close: async () => {
        await acceptor.close();
        server.close();
        await once(server, 'close');
        await rm(folder, { recursive: true });
      },
    };
  },
};

/** The error that `work` fails with. */
const failureOf = async (work: Promise<unknown>): Promise<AppError> => {
  const outcome = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(AppError);
  return outcome as AppError;
};

describe.each(Object.entries(transports))('contract over %s', (_name, createTransport) => {
  let transport: Transport;
  let standIn: StandInService;
  const open: Channel[] = [];

  /** Both ends of a new connection, the far one served. */
  const connect = async () => {
    const [near, far] = await transport.connect();
    open.push(near, far);
    serve(far, standIn.service);
    return { near, far };
  };
  const connectClient = async (): Promise<Client> => makeClient((await connect()).near);

  beforeEach(async () => {
    transport = await createTransport();
    standIn = createStandInService();
  });
  afterEach(async () => {
    const closed = open.map((channel) => new Promise<void>((resolve) => channel.onClose(() => resolve())));
    for (const channel of open) channel.close();
    await Promise.all(closed);
    open.length = 0;
    await transport.close();
    expect(standIn.listeners()).toBe(0);
  });

  describe('calls', () => {
    it('answers with what the service returns', async () => {
      const client = await connectClient();
      expect(await client.core.info()).toMatchObject({ version: '1.2.3', dataFolder: '/data' });
      const note = 'Grüße 🎥 \u2028 \0';
      expect((await client.verdicts.decide({ flag: 'f', decision: 'reject', note })).flag.explanation).toBe(note);
    });

    it('fills in defaults before the service sees the params', async () => {
      const client = await connectClient();
      expect((await client.flags.list()).items[0]?.score).toBe(100);
      expect((await client.flags.list({ limit: 7 })).items[0]?.score).toBe(7);
    });

    it('gives every one of many its own answer', async () => {
      const client = await connectClient();
      const ids = Array.from({ length: 100 }, (_, index) => `t${index}`);
      const answers = await Promise.all(ids.map((id) => client.trajectories.get({ id })));
      expect(answers.map(({ trajectory }) => trajectory)).toEqual(ids.map((id) => ({ id, text: id })));
    });

    it('answers the quick one while a slow one is under way', async () => {
      const client = await connectClient();
      const slow = client.trajectories.get({ id: 'held' });
      expect(await client.trajectories.get({ id: 'quick' })).toBeDefined();
      standIn.letGo();
      expect((await slow).trajectory).toBe('held');
    });

    it('carries a payload of three million characters both ways', async () => {
      const client = await connectClient();
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
      const client = await connectClient();
      const error = await failureOf(client.trajectories.get({ id: 'missing' }));
      expect(error).toMatchObject({
        code: 'not-found',
        message: 'There is no trajectory missing.',
        details: { id: 'missing', count: 0, known: false },
      });
    });

    it('makes a bug of the service `internal`', async () => {
      const client = await connectClient();
      expect(await failureOf(client.trajectories.get({ id: 'bug' }))).toMatchObject({ code: 'internal' });
      expect(await failureOf(client.trajectories.get({ id: 'cycle' }))).toMatchObject({ code: 'internal' });
    });

    it('refuses an answer that is too long, and goes on', async () => {
      const client = await connectClient();
      const error = await failureOf(client.trajectories.get({ id: 'huge' }));
      expect(error.message).toContain('ask for less');
      expect(await client.core.info()).toBeDefined();
    });

    it('refuses params that the contract does not know, and names them', async () => {
      const client = await connectClient();
      expect(await failureOf(client.flags.list({ limit: -1 }))).toMatchObject({
        code: 'invalid-argument',
        details: { member: 'limit' },
      });
    });

    it('refuses on this side a request that is too long', async () => {
      const client = await connectClient();
      const folders = Array.from({ length: 1000 }, () => 'x'.repeat(maxRequestLength / 1000 + 1));
      expect(await failureOf(client.archive.import({ folders }))).toMatchObject({ code: 'invalid-argument' });
      expect(await client.core.info()).toBeDefined();
    });
  });

  describe('cancelling', () => {
    it('aborts the signal of the service and fails the call at once', async () => {
      const client = await connectClient();
      const abort = new AbortController();
      const call = client.trajectories.get({ id: 'never-1' }, { signal: abort.signal });
      const other = client.trajectories.get({ id: 'held' });
      await client.core.info();
      abort.abort();
      expect(await failureOf(call)).toMatchObject({ code: 'cancelled' });
      expect(await standIn.cancelled('never-1')).toMatchObject({ code: 'cancelled' });
      standIn.letGo();
      expect((await other).trajectory).toBe('held');
    });

    it('does not even ask where the signal was aborted before', async () => {
      const client = await connectClient();
      const call = client.trajectories.get({ id: 'never-2' }, { signal: AbortSignal.abort() });
      expect(await failureOf(call)).toMatchObject({ code: 'cancelled' });
    });
  });

  describe('events', () => {
    it('come in order to every subscription, before the answer of the call that caused them', async () => {
      const client = await connectClient();
      const seen: string[] = [];
      client.on('job.changed', (job) => seen.push(`first ${job.id}`));
      client.on('job.changed', (job) => seen.push(`second ${job.id}`));
      await client.scan.start({ policy: 'rules', recordings: ['a', 'b'] });
      expect(seen).toEqual(['first a', 'second a', 'first b', 'second b']);
    });

    it('go to every client', async () => {
      const clients = [await connectClient(), await connectClient()] as const;
      const heard = clients.map(
        (client) => new Promise((resolve) => client.on('core.notice', ({ message }) => resolve(message))),
      );
      await Promise.all(clients.map((client) => client.core.info()));
      standIn.events.emit('core.notice', { level: 'info', message: 'hello' });
      expect(await Promise.all(heard)).toEqual(['hello', 'hello']);
    });

    it('stop where the subscription is closed, and for that one only', async () => {
      const client = await connectClient();
      const seen: string[] = [];
      const closed = client.on('job.changed', () => seen.push('closed'));
      client.on('job.changed', () => seen.push('open'));
      await closed.ready;
      closed.close();
      await client.scan.start({ policy: 'rules', recordings: ['a'] });
      expect(seen).toEqual(['open']);
      expect(standIn.listeners()).toBe(1);
    });

    it('end the connection where they make no sense: nothing stale is shown', async () => {
      const client = await connectClient();
      await client.on('job.changed', () => {}).ready;
      standIn.events.emit('job.changed', { ...standInJob('j'), state: 'dancing' as never });
      expect(await client.closed).toMatchObject({ code: 'internal' });
    });
  });

  describe('the end of a connection', () => {
    it.each(['near', 'far'] as const)('from the %s side fails the calls in flight and cancels them', async (side) => {
      const connection = await connect();
      const client = makeClient(connection.near);
      client.on('job.changed', () => {});
      const call = client.trajectories.get({ id: 'never-3' });
      await client.core.info();
      connection[side].close();
      expect(await failureOf(call)).toMatchObject({ code: 'connection-lost' });
      expect(await client.closed).toMatchObject({ code: 'connection-lost' });
      expect(await failureOf(client.core.info())).toMatchObject({ code: 'connection-lost' });
      await standIn.cancelled('never-3');
      expect(standIn.listeners()).toBe(0);
    });

    it('asked for by the client is no error', async () => {
      const client = await connectClient();
      client.close();
      expect(await client.closed).toBeNull();
      expect(await failureOf(client.core.info())).toMatchObject({ code: 'connection-lost' });
    });

    it('does not touch the others', async () => {
      const [one, other] = [await connectClient(), await connectClient()];
      one.close();
      await one.closed;
      expect(await other.core.info()).toBeDefined();
    });

    it('is told to who asks after it', async () => {
      const { near } = await connect();
      near.close();
      await new Promise<void>((resolve) => near.onClose(() => resolve()));
      await new Promise<void>((resolve) => near.onClose(() => resolve()));
      near.send('{}');
      near.close();
      expect(near.backlog).toBe(0);
    });
  });

  describe('hostile clients', () => {
    /** Sends raw texts and reads raw replies. */
    const connectRaw = async () => {
      const { near } = await connect();
      const replies: Record<string, unknown>[] = [];
      const heard = new Map<number, () => void>();
      near.onMessage((text) => {
        const reply = JSON.parse(text) as Record<string, unknown>;
        replies.push(reply);
        heard.get(reply['id'] as number)?.();
      });
      /** All replies up to the answer of a proper call that is sent last. */
      const settle = async () => {
        const answered = new Promise<void>((resolve) => heard.set(999_999, resolve));
        near.send(JSON.stringify({ type: 'call', id: 999_999, name: 'core.info', params: {} }));
        await answered;
        return replies.filter(({ id }) => id !== 999_999);
      };
      return { near, settle };
    };

    it.each([
      ['no JSON', '{"type":', null, 'invalid-argument'],
      ['nothing', '', null, 'invalid-argument'],
      ['no object', '[]', null, 'invalid-argument'],
      ['an unknown type', '{"type":"eval","id":4}', 4, 'invalid-argument'],
      ['an id that is no number', '{"type":"call","id":"4","name":"core.info","params":{}}', null, 'invalid-argument'],
      ['a negative id', '{"type":"cancel","id":-1}', null, 'invalid-argument'],
      ['an unknown call', '{"type":"call","id":4,"name":"core.explode","params":{}}', 4, 'not-found'],
      ['a call from a prototype', '{"type":"call","id":4,"name":"core.constructor","params":{}}', 4, 'not-found'],
      ['a prototype as a service', '{"type":"call","id":4,"name":"__proto__.toString","params":{}}', 4, 'not-found'],
      ['an unknown event', '{"type":"subscribe","id":4,"event":"toString"}', 4, 'not-found'],
      ['params of another kind', '{"type":"call","id":4,"name":"core.info","params":[1]}', 4, 'invalid-argument'],
      ['no params', '{"type":"call","id":4,"name":"flags.get"}', 4, 'invalid-argument'],
      ['a member too many', '{"type":"cancel","id":4,"really":true}', 4, 'invalid-argument'],
      ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, null, 'invalid-argument'],
      [
        'a prototype as a setting',
        '{"type":"call","id":4,"name":"settings.set","params":{"settings":{"__proto__":{}}}}',
        4,
        undefined,
      ],
    ])('that send %s are answered', async (_what, text, id, code) => {
      const { near, settle } = await connectRaw();
      near.send(text);
      const replies = await settle();
      expect(replies.map((reply) => [reply['id'], (reply['error'] as AppError | undefined)?.code])).toEqual([
        [id, code],
      ]);
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    });

    it('that cancel and unsubscribe what is not there are ignored', async () => {
      const { near, settle } = await connectRaw();
      near.send('{"type":"cancel","id":77}');
      near.send('{"type":"unsubscribe","id":77}');
      expect(await settle()).toEqual([]);
    });

    it('that use an id twice, or open too much, are refused the second and the last', async () => {
      const { near, settle } = await connectRaw();
      near.send('{"type":"subscribe","id":0,"event":"core.notice"}');
      near.send('{"type":"subscribe","id":0,"event":"core.notice"}');
      for (let id = 1; id < maxOpenPerConnection; id++) {
        near.send(JSON.stringify({ type: 'subscribe', id, event: 'core.notice' }));
      }
      near.send('{"type":"subscribe","id":5000,"event":"core.notice"}');
      near.send('{"type":"unsubscribe","id":0}');
      const refused = (await settle()).filter(({ type }) => type === 'error');
      expect(refused.map(({ id }) => id)).toEqual([0, 5000]);
    });

    it('that send a message beyond all measure are let go, and the others served', async () => {
      const { near } = await connectRaw();
      const other = await connectClient();
      const closed = new Promise<string>((resolve) => near.onClose(resolve));
      near.send(JSON.stringify('x'.repeat(maxRequestLength + 1)));
      await closed;
      expect(await other.core.info()).toBeDefined();
    });

    it('that send anything at all end nothing', async () => {
      const { near, settle } = await connectRaw();
      const garbage = fc.sample(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          fc
            .record({
              type: fc.constantFrom('call', 'cancel', 'subscribe', 'unsubscribe', 'result'),
              id: fc.oneof(fc.nat(5), fc.double(), fc.constant(null)),
              name: fc.constantFrom(...[...callSchemas.keys()].filter((name) => name !== 'core.shutdown'), 'x'),
              event: fc.constantFrom(...Object.keys(contract.events), 'y'),
              params: fc.jsonValue(),
            })
            .map((message) => JSON.stringify(message)),
        ),
        { numRuns: 300, seed: 7 },
      );
      for (const text of garbage) near.send(text);
      expect(await settle()).not.toEqual([]);
    });

    it.each([...callSchemas.keys()])('that misspell a member of %s are told', async (name) => {
      const { near, settle } = await connectRaw();
      near.send(JSON.stringify({ type: 'call', id: 1, name, params: { mispelt: 1 } }));
      expect(await settle()).toMatchObject([{ type: 'error', id: 1, error: { code: 'invalid-argument' } }]);
    });
  });

  describe('hostile services', () => {
    it.each(['no JSON', '{"type":"result","id":"1"}', '{"type":"error","id":1,"error":{"code":"odd"}}', '[]'])(
      'that reply %s end the connection',
      async (reply) => {
        const [near, far] = await transport.connect();
        open.push(near, far);
        far.onMessage(() => far.send(reply));
        const client = makeClient(near);
        expect(await failureOf(client.core.info())).toMatchObject({ code: 'connection-lost' });
        expect(await client.closed).toMatchObject({ code: 'connection-lost' });
      },
    );

    it('that answer with something else fail that call only', async () => {
      const [near, far] = await transport.connect();
      open.push(near, far);
      far.onMessage((text) => {
        const { id } = JSON.parse(text) as { id: number };
        far.send(JSON.stringify({ type: 'result', id: id + 1000, value: {} }));
        far.send(JSON.stringify({ type: 'event', id: id + 1000, value: {} }));
        far.send(JSON.stringify({ type: 'result', id, value: { checks: [{ name: 1 }] } }));
      });
      const client = makeClient(near);
      expect(await failureOf(client.doctor.run())).toMatchObject({ code: 'internal' });
      expect(await failureOf(client.doctor.run())).toMatchObject({ code: 'internal' });
    });
  });
});
