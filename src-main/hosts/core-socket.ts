/** The core's door: the contract and media over HTTP on a local socket, for who holds the token. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { HeldFile } from '../app/media-cache.ts';
import { appErrorFrom, type ErrorCode } from '../contract/errors.ts';
import { type MediaTarget, readMediaPath } from '../contract/media.ts';
import type { Service } from '../contract/service.ts';
import { mediaTypeOf } from '../transport/media-type.ts';
import { sendMedia } from '../transport/range-media.ts';
import { serve } from '../transport/serve.ts';
import { createWebSocketAcceptor } from '../transport/web-socket.ts';
import { newSocketPath } from './local-socket.ts';
import { isSameSecret } from './same-secret.ts';

/** Path of the contract's WebSocket. */
export const contractPath = '/contract';

export interface CoreSocketOptions {
  readonly dataFolder: string;
  /** Expected as `Authorization: Bearer …` with every request. */
  readonly token: string;
  readonly service: Service;
  /** The file of `target`, held for as long as it is sent; `signal` aborts when the client goes away. */
  readonly openMedia: (target: MediaTarget, signal: AbortSignal) => Promise<HeldFile>;
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
    const target = readMediaPath(request.url ?? '');
    if (target === null) return refuse(404);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    return answerMedia(request, response, target, options.openMedia);
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

/** What fails before the headers is told as `{ code, message }`; after them it has ended the connection already. */
async function answerMedia(
  request: IncomingMessage,
  response: ServerResponse,
  target: MediaTarget,
  openMedia: CoreSocketOptions['openMedia'],
): Promise<void> {
  const abort = new AbortController();
  response.once('close', () => abort.abort());
  try {
    using file = await openMedia(target, abort.signal);
    const { kind } = target;
    const isPage = kind === 'evaluation';
    // A recording's file may be replaced, and an evaluation that is made again has a new report.
    const isImmutable = kind !== 'recording' && !isPage;
    const saveAs = kind === 'export' ? basename(file.path) : null;
    const type = mediaTypeOf(kind, file.path);
    await sendMedia(request, response, { path: file.path, type, isImmutable, isPage, saveAs });
  } catch (error) {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const { code, message } = appErrorFrom(error);
    const body = Buffer.from(JSON.stringify({ code, message }));
    response.writeHead(statusOf(code), {
      ...{ 'Content-Type': 'application/json', 'Content-Length': body.length, 'Cache-Control': 'no-store' },
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }
}

/** Of the file, of its content, of the worker that it ended, or ours. */
function statusOf(code: ErrorCode): number {
  switch (code) {
    case 'not-found':
      return 404;
    case 'file-unreadable':
    case 'no-video':
    case 'permission-denied':
    case 'video-damaged':
    case 'video-unsupported':
      return 422;
    case 'worker-crashed':
    case 'worker-timeout':
      return 502;
    default:
      return 500;
  }
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
