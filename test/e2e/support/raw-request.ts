/** Requests as no browser sends them: every header and every byte of the path as the test says. */
import { type IncomingHttpHeaders, request } from 'node:http';
import type { Program } from './program.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** The answer to a GET; to one that is upgraded, status 101. */
export function ask(
  { port }: Pick<Program, 'port'>,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const asked = request({ host: '127.0.0.1', port, path, headers, agent: false }, (answer) => {
    answer.toArray().then((chunks) => {
      const text = Buffer.concat(chunks as Buffer[]).toString();
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
    }, reject);
  });
  asked.once('upgrade', (answer, socket) => {
    socket.destroy();
    resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: '' });
  });
  asked.once('error', reject);
  asked.end();
  return promise;
}

/** The headers with which a WebSocket is asked for. */
export const upgrade = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
} as const;

/** The cookie that the printed URL is exchanged for. */
export async function signIn(program: Pick<Program, 'port' | 'url'>): Promise<string> {
  const { pathname, search } = new URL(program.url);
  const { headers } = await ask(program, `${pathname}${search}`);
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}
