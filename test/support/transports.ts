/** The transports of the contract, and a bench on which a test connects over one of them to a stand-in service. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { expect } from 'vitest';
import { makeClient } from '../../src-main/contract/client.ts';
import { AppError } from '../../src-main/contract/errors.ts';
import type { Client } from '../../src-main/contract/service.ts';
import type { Channel } from '../../src-main/contract/wire.ts';
import { createMemoryChannels } from '../../src-main/transport/memory.ts';
import { channelFromMessagePort } from '../../src-main/transport/message-port.ts';
import { serve } from '../../src-main/transport/serve.ts';
import { createWebSocketAcceptor, openWebSocket } from '../../src-main/transport/web-socket.ts';
import { createStandInService, type StandInService } from './stand-in-service.ts';

interface Transport {
  /** Two ends of a new connection: the client's and the service's. */
  connect(): Promise<readonly [Channel, Channel]>;
  close(): Promise<void>;
}

export const transports: Readonly<Record<string, () => Promise<Transport>>> = {
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

export interface TransportBench {
  readonly standIn: StandInService;
  /** Both ends of a new connection that nobody serves. */
  readonly connectUnserved: () => Promise<readonly [near: Channel, far: Channel]>;
  /** Both ends of a new connection, the far one served. */
  readonly connect: () => Promise<{ readonly near: Channel; readonly far: Channel }>;
  readonly connectClient: () => Promise<Client>;
  /** Closes what is open, and resolves when all of it is closed. */
  readonly close: () => Promise<void>;
}

export async function createTransportBench(createTransport: () => Promise<Transport>): Promise<TransportBench> {
  const transport = await createTransport();
  const standIn = createStandInService();
  const open: Channel[] = [];
  const connectUnserved = async () => {
    const ends = await transport.connect();
    open.push(...ends);
    return ends;
  };
  const connect = async () => {
    const [near, far] = await connectUnserved();
    serve(far, standIn.service);
    return { near, far };
  };
  return {
    standIn,
    connectUnserved,
    connect,
    connectClient: async () => makeClient((await connect()).near),
    async close() {
      const closed = open.map((channel) => new Promise<void>((resolve) => channel.onClose(() => resolve())));
      for (const channel of open) channel.close();
      await Promise.all(closed);
      await transport.close();
    },
  };
}

/** The error that `work` fails with. */
export const failureOf = async (work: Promise<unknown>): Promise<AppError> => {
  const outcome = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(AppError);
  return outcome as AppError;
};
