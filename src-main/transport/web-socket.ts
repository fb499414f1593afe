/** The contract over WebSockets: accepting them on an HTTP server and opening them to one. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect, type NetConnectOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { WebSocket, WebSocketServer } from 'ws';
import { AppError } from '../contract/errors.ts';
import { type Channel, maxReplyLength, maxRequestLength } from '../contract/wire.ts';
import { createInbox } from '../contract/inbox.ts';

/** UTF-8 takes at most three bytes for a UTF-16 code unit; the exact limit is checked on the text. */
const bytesPerUnit = 3;
/** Close codes of RFC 6455 §7.4: a normal end, data of a kind that is not accepted, and one of our own. */
const closeCodes = { normal: 1000, goingAway: 1001, notText: 1003, abnormal: 1006, withReason: 4000 } as const;
/** A close frame carries at most 125 bytes, two of them the code. */
const maxReasonBytes = 123;
/** How long a client may take to say goodbye before its connection is cut. */
const closeTimeoutMs = 500;

/** An open `socket` as a channel, which takes it over. */
function channelFromWebSocket(socket: WebSocket): Channel {
  const inbox = createInbox();
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) socket.close(closeCodes.notText, 'only text');
    else inbox.push(data.toString('utf8'));
  });
  // Too big a message, invalid UTF-8, a reset: the library closes the socket and says why here first.
  socket.on('error', (error: Error) => inbox.end(error.message));
  socket.on('close', (code: number, reason: Buffer) => {
    inbox.end(reason.toString('utf8') || (code === closeCodes.abnormal ? 'the other side went away' : ''));
  });
  return {
    get backlog() {
      return socket.bufferedAmount;
    },
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close(reason = '') {
      if (reason === '') socket.close(closeCodes.normal);
      else socket.close(closeCodes.withReason, fittedReason(reason));
    },
  };
}

function fittedReason(reason: string): string {
  let fitted = reason;
  while (Buffer.byteLength(fitted) > maxReasonBytes) fitted = fitted.slice(0, -1);
  return fitted;
}

export interface WebSocketAcceptor {
  /** Answers an HTTP upgrade that the caller has allowed; one that is no proper WebSocket handshake is refused here. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, onChannel: (channel: Channel) => void): void;
  /** Ends the accepted connections; resolves when all are closed. */
  close(): Promise<void>;
}

export function createWebSocketAcceptor(): WebSocketAcceptor {
  const server = new WebSocketServer({
    noServer: true,
    // Local connections: compressing costs more than it saves, and is one attack surface less.
    perMessageDeflate: false,
    maxPayload: maxRequestLength * bytesPerUnit,
  });
  return {
    accept(request, socket, head, onChannel) {
      server.handleUpgrade(request, socket, head, (accepted) => onChannel(channelFromWebSocket(accepted)));
    },
    async close() {
      const closed = [...server.clients].map(async (socket) => {
        if (socket.readyState === WebSocket.CLOSED) return;
        const gone = once(socket, 'close');
        socket.close(closeCodes.goingAway);
        await Promise.race([gone, setTimeout(closeTimeoutMs, undefined, { ref: false })]);
        socket.terminate();
      });
      await Promise.all(closed);
      server.close();
    },
  };
}

export interface WebSocketAddress {
  /** Where the server listens: `{ path }` of a unix domain socket or a Windows named pipe, or `{ host, port }`. */
  readonly at: NetConnectOpts;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How long a living server may take to answer a handshake; it does no work for it. */
const handshakeTimeoutMs = 5000;

/**
 * A channel to the server that listens at `address`.
 * @throws AppError `unauthorized` where it refuses the token, `connection-lost` where nothing answers, `cancelled`.
 */
export function openWebSocket(address: WebSocketAddress, options: { signal?: AbortSignal | undefined } = {}) {
  const { signal } = options;
  const { promise, resolve, reject } = Promise.withResolvers<Channel>();
  if (signal?.aborted === true) {
    reject(new AppError('cancelled', 'Cancelled.'));
    return promise;
  }
  const socket = new WebSocket(`ws://localhost${address.path}`, {
    createConnection: () => connect(address.at),
    headers: { ...address.headers },
    handshakeTimeout: handshakeTimeoutMs,
    perMessageDeflate: false,
    maxPayload: maxReplyLength * bytesPerUnit,
  });
  const cancel = () => {
    reject(new AppError('cancelled', 'Cancelled.'));
    socket.terminate();
  };
  signal?.addEventListener('abort', cancel, { once: true });
  socket.once('unexpected-response', (_request, response) => {
    const code = response.statusCode === 401 ? 'unauthorized' : 'connection-lost';
    reject(new AppError(code, `The core refused the connection (HTTP ${response.statusCode ?? 0}).`));
    socket.terminate();
  });
  socket.on('error', (error: Error) => {
    reject(new AppError('connection-lost', `The core does not answer: ${error.message}.`, { cause: error }));
  });
  socket.once('open', () => {
    signal?.removeEventListener('abort', cancel);
    resolve(channelFromWebSocket(socket));
  });
  promise.catch(() => signal?.removeEventListener('abort', cancel));
  return promise;
}
