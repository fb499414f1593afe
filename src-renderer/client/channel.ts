/** Opens the channel that the contract is spoken over: the shell's port, or a WebSocket to where the page came from. */
import { AppError } from '../../src-main/contract/errors.ts';
import { createInbox } from '../../src-main/contract/inbox.ts';
import type { WindowShell } from '../../src-main/contract/shell.ts';
import type { Channel } from '../../src-main/contract/wire.ts';

declare global {
  interface Window {
    /** There in the desktop program only. */
    readonly anomPi?: WindowShell;
  }
}

/** How long a host may take to answer before the next attempt. */
const openTimeoutMs = 10_000;

/** Rejects with `connection-lost`, or `unauthorized` where the host is there and does not know this window. */
export function openChannel(): Promise<Channel> {
  return window.anomPi === undefined ? openWebSocket() : openPort(window.anomPi);
}

const lost = (message: string) => new AppError('connection-lost', message);

async function openWebSocket(): Promise<Channel> {
  const url = new URL('/contract', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url);
  const inbox = createInbox();
  socket.addEventListener('message', ({ data }) => inbox.push(String(data)));
  const opened = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => socket.close(), openTimeoutMs);
    socket.addEventListener('open', () => (clearTimeout(timer), resolve(true)));
    socket.addEventListener('close', ({ reason, wasClean }) => {
      clearTimeout(timer);
      inbox.end(reason || (wasClean ? '' : 'the other side went away'));
      resolve(false);
    });
  });
  if (!opened) throw await refusal();
  return {
    get backlog() {
      return socket.bufferedAmount;
    },
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close: () => socket.close(),
  };
}

/** A page cannot see why a WebSocket was refused; a plain request to the same host tells. */
async function refusal(): Promise<AppError> {
  try {
    const { status } = await fetch('/', { method: 'HEAD', cache: 'no-store' });
    if (status === 401 || status === 403) {
      return new AppError('unauthorized', 'The program was started anew and does not know this window.');
    }
    return lost('The program is there, and its core does not answer.');
  } catch {
    return lost('The program does not answer.');
  }
}

async function openPort(shell: WindowShell): Promise<Channel> {
  const { promise, resolve, reject } = Promise.withResolvers<MessagePort>();
  const onMessage = ({ source, data, ports: [port] }: MessageEvent) => {
    if (source === window && data === 'anom-pi-port' && port !== undefined) resolve(port);
  };
  window.addEventListener('message', onMessage);
  const timer = setTimeout(() => reject(lost('The program’s core does not answer.')), openTimeoutMs);
  shell.requestPort();
  const port = await promise.finally(() => {
    clearTimeout(timer);
    window.removeEventListener('message', onMessage);
  });

  const inbox = createInbox();
  port.addEventListener('message', ({ data }) => inbox.push(typeof data === 'string' ? data : ''));
  port.addEventListener('close', () => inbox.end('the core ended'));
  port.start();
  return {
    // A port cannot tell.
    backlog: 0,
    send: (text) => port.postMessage(text),
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close() {
      inbox.end('');
      port.close();
    },
  };
}
