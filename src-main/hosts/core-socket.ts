/** The core's door: the contract and the original recordings over HTTP on a local socket, for who holds the token. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { extname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Service } from '../contract/service.ts';
import { mediaTypeOf } from '../transport/media-type.ts';
import { sendMedia } from '../transport/range-media.ts';
import { serve } from '../transport/serve.ts';
import { createWebSocketAcceptor } from '../transport/web-socket.ts';
import { newSocketPath } from './local-socket.ts';
import { isSameSecret } from './same-secret.ts';

/** Path of the contract's WebSocket. */
export const contractPath = '/contract';
/** What follows is the recording's id: 64 hexadecimal digits. */
export const recordingMediaPath = '/media/recording/';

export interface CoreSocketOptions {
  readonly dataFolder: string;
  /** Expected as `Authorization: Bearer …` with every request. */
  readonly token: string;
  readonly service: Service;
  /** Path of a recording's file; null for an id that is not known. */
  readonly resolveRecording: (id: string) => string | null;
  /** Called with the number of connected clients when it changes, and with 0 once it listens. */
  readonly onClients: (count: number) => void;
}

export interface CoreSocket extends AsyncDisposable {
  readonly path: string;
}

/** Listens for clients; disposing ends every connection and removes the socket. */
export async function listenForClients(options: CoreSocketOptions): Promise<CoreSocket> {
  const path = newSocketPath(options.dataFolder);
  const acceptor = createWebSocketAcceptor();
  const isAllowed = (request: IncomingMessage) =>
    isSameSecret(request.headers.authorization ?? '', `Bearer ${options.token}`);
  let clients = 0;
  let isClosing = false;

  const server = createServer((request, response) => {
    const refuse = (status: number) => response.writeHead(status, { 'Content-Length': 0 }).end();
    if (!isAllowed(request)) return refuse(401);
    const target = request.url ?? '';
    if (!target.startsWith(recordingMediaPath)) return refuse(404);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    const file = options.resolveRecording(target.slice(recordingMediaPath.length));
    const media = file === null ? null : { path: file, type: mediaTypeOf(extname(file)) };
    // What fails after the headers has ended the connection already; before them the client is told.
    return sendMedia(request, response, media).catch(() => (response.headersSent ? response.destroy() : refuse(500)));
  });
  server.on('upgrade', (request, socket, head) => {
    // A client that resets the connection before the handshake is over.
    socket.on('error', () => socket.destroy());
    const refuse = (status: string) =>
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    if (!isAllowed(request) || request.url !== contractPath) return refuse('401 Unauthorized');
    if (isClosing) return refuse('503 Service Unavailable');
    return acceptor.accept(request, socket, head, (channel) => {
      serve(channel, options.service);
      options.onClients(++clients);
      // Of the socket and not of the channel, whose one listener is the service's.
      socket.once('close', () => options.onClients(--clients));
    });
  });

  await listen(server, path);
  options.onClients(clients);
  return {
    path,
    async [Symbol.asyncDispose]() {
      // First the door: who comes now shall find the next core, not half an answer of this one.
      isClosing = true;
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      // Then what is being answered in this very moment: core.shutdown, whose caller waits for it.
      await setImmediate();
      await acceptor.close();
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

function listen(server: Server, path: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(path, () => {
    server.off('error', reject);
    resolve();
  });
  return promise;
}
