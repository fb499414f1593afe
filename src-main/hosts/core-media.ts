/** Asks the core for media over its local socket: what each host that shows a window makes its answers from. */
import { type IncomingMessage, request } from 'node:http';
import { mediaRequestHeaders } from '../transport/range-media.ts';
import type { CoreAddress } from './connect-core.ts';

export interface MediaRequest {
  /** GET or HEAD. */
  readonly method: string;
  /** A path of `contract/media.ts`. */
  readonly path: string;
  /** The value of a header of the window's request, by its lower-case name. */
  readonly header: (name: string) => string | undefined;
  readonly signal?: AbortSignal;
}

/** Headers of the core's answer that concern the window. */
const answerHeaders = [
  'accept-ranges',
  'cache-control',
  'content-disposition',
  'content-length',
  'content-range',
  'content-security-policy',
  'content-type',
  'cross-origin-resource-policy',
  'etag',
  'x-content-type-options',
];

/** The core's answer as it begins; who takes it reads its body or destroys it. `signal` ends it at any time. */
export async function openCoreMedia(
  { socketPath, token }: Pick<CoreAddress, 'socketPath' | 'token'>,
  { method, path, header, signal }: MediaRequest,
): Promise<IncomingMessage> {
  const wanted = mediaRequestHeaders.flatMap((name) => {
    const value = header(name);
    return value === undefined ? [] : [[name, value]];
  });
  const asked = request({
    socketPath,
    method,
    path,
    headers: { ...Object.fromEntries(wanted), Authorization: `Bearer ${token}` },
    agent: false,
    signal,
  });
  const answered = Promise.withResolvers<IncomingMessage>();
  asked.once('response', answered.resolve);
  // Kept for the whole life of the request: it may also fail after it was answered.
  asked.on('error', answered.reject);
  asked.end();
  return answered.promise;
}

export function mediaHeadersOf(answer: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of answerHeaders) {
    const value = answer.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  return headers;
}
