/** The web host: serves the program on 127.0.0.1 to the browser of the person who started it, and to nobody else. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { AppError, appErrorFrom } from '../../contract/errors.ts';
import { readMediaPath } from '../../contract/media.ts';
import { createWebSocketAcceptor } from '../../transport/web-socket.ts';
import type { ConnectOptions } from '../connect-core.ts';
import type { Entries } from '../entries.ts';
import { buildPage } from './build-page.ts';
import { createCoreLink } from './core-link.ts';
import { type PageFile, pagePolicy, readPageFiles } from './page-files.ts';
import { relayChannel, relayMedia } from './relay.ts';
import { cookieName, type GuardDecision, type GuardSecrets, judgeRequest } from './request-guard.ts';

export interface ServerOptions extends Omit<ConnectOptions, 'signal'> {
  readonly entries: Pick<Entries, 'core' | 'renderer' | 'rendererBuild'>;
  /** 0 for any that is free. */
  readonly port: number;
  readonly log: (line: string) => void;
}

export interface WebServer extends AsyncDisposable {
  readonly port: number;
  /** With the token of this start: who has it may use the program. */
  readonly url: string;
}

/** Sent with everything: no answer is framed, sniffed, cached by others, or told to other sites; a report is framed by us. */
const commonHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;

/**
 * Serves the core of the data folder until it is disposed; a core that ends is started again.
 * @throws AppError what keeps the core from starting; `invalid-argument` where the port is taken; `not-found` where the
 * window is not built and cannot be.
 */
export async function startServer({ port, log, ...options }: ServerOptions): Promise<WebServer> {
  const { renderer, rendererBuild } = options.entries;
  if (rendererBuild !== null) await buildPage(rendererBuild, log);
  const files = readPageFiles(renderer);

  const server = createServer();
  await listen(server, port);
  const { port: listening } = server.address() as AddressInfo;
  const secret = () => randomBytes(32).toString('base64url');
  const secrets: GuardSecrets = { port: listening, token: secret(), session: secret() };
  const acceptor = createWebSocketAcceptor();
  const close = async () => {
    const closed = Promise.withResolvers<void>();
    server.close(() => closed.resolve());
    await acceptor.close();
    server.closeAllConnections();
    await closed.promise;
  };

  const link = await createCoreLink(options, log).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(commonHeaders)) response.setHeader(name, value);
    const decision = judgeRequest(factsOf(request, false), secrets);
    switch (decision.allow) {
      case 'page':
        response.setHeader('Content-Security-Policy', pagePolicy(listening));
        sendFile(request, response, files.get('/'));
        return;
      case 'asset':
        sendFile(request, response, files.get(decision.path));
        return;
      case 'sign-in':
        response.setHeader('Cache-Control', 'no-store');
        response.setHeader(
          'Set-Cookie',
          `${cookieName(listening)}=${secrets.session}; HttpOnly; SameSite=Strict; Path=/`,
        );
        response.writeHead(303, { Location: '/' }).end();
        return;
      case 'media':
        if (readMediaPath(decision.path)?.kind === 'evaluation') response.setHeader('X-Frame-Options', 'SAMEORIGIN');
        await relayMedia(request, response, decision.path, await link.address());
        return;
      case 'contract':
        throw new AppError('internal', 'A request without an upgrade was let through to the contract.');
      case null:
        response.writeHead(decision.status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
        response.end(`${decision.reason}\n`);
        return;
      default:
        decision satisfies never;
    }
  };

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch((error: unknown) => {
      // Somebody who seeks in a video ends many answers half-way; only what could be told is.
      if (response.headersSent || response.destroyed) return response.destroy();
      log(appErrorFrom(error).message);
      return response.writeHead(502, { 'Content-Length': 0 }).end();
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const decision = judgeRequest(factsOf(request, true), secrets);
    if (decision.allow !== 'contract') return refuseUpgrade(socket, decision);
    return acceptor.accept(request, socket, head, (browser) => {
      relayChannel(browser, link.open).catch((error: unknown) => log(appErrorFrom(error).message));
    });
  });

  return {
    port: listening,
    url: `http://127.0.0.1:${listening}/?token=${secrets.token}`,
    async [Symbol.asyncDispose]() {
      link[Symbol.dispose]();
      await close();
    },
  };
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: PageFile | undefined): void {
  if (file === undefined) {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('There is no such file.\n');
    return;
  }
  response.writeHead(200, file.headers).end(request.method === 'HEAD' ? undefined : file.bytes);
}

function factsOf(request: IncomingMessage, isUpgrade: boolean) {
  const { headers, headersDistinct } = request;
  const site = headers['sec-fetch-site'];
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    hosts: headersDistinct['host'] ?? [],
    origins: headersDistinct['origin'] ?? [],
    cookie: headers.cookie ?? '',
    secFetchSite: typeof site === 'string' ? site : null,
    isUpgrade,
  };
}

function refuseUpgrade(socket: Duplex, decision: GuardDecision): void {
  const status = decision.allow === null ? decision.status : 404;
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** On the loopback address alone: no other machine can reach it. */
function listen(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error: NodeJS.ErrnoException) => {
    const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
    const reason = isTaken ? `Port ${port} is not free; choose another with --port.` : error.message;
    reject(new AppError(isTaken ? 'invalid-argument' : 'internal', reason, { cause: error }));
  });
  server.listen(port, '127.0.0.1', resolve);
  return promise;
}
