/** What no message may do to the other side, over every transport: hostile clients are answered, hostile services left. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callSchemas, contract } from '../../src-main/contract/calls.ts';
import { makeClient } from '../../src-main/contract/client.ts';
import type { AppError } from '../../src-main/contract/errors.ts';
import { maxOpenPerConnection, maxRequestLength } from '../../src-main/contract/wire.ts';
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

  describe('hostile clients', () => {
    /** Sends raw texts and reads raw replies. */
    const connectRaw = async () => {
      const { near } = await bench.connect();
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
      const other = await bench.connectClient();
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
        const [near, far] = await bench.connectUnserved();
        far.onMessage(() => far.send(reply));
        const client = makeClient(near);
        expect(await failureOf(client.core.info())).toMatchObject({ code: 'connection-lost' });
        expect(await client.closed).toMatchObject({ code: 'connection-lost' });
      },
    );

    it('that answer with something else fail that call only', async () => {
      const [near, far] = await bench.connectUnserved();
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
