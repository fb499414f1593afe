/** Answers `media://anom-pi/…` with what the core answers, Range and all. */
import { Readable } from 'node:stream';
import { readMediaPath } from '../../contract/media.ts';
import type { CoreAddress } from '../connect-core.ts';
import { mediaHeadersOf, openCoreMedia } from '../core-media.ts';
import { mediaPathOf, pageOrigin } from './schemes.ts';

/** The page is of another origin than its media: it may read them, and no other page may. */
const sharing = {
  'Access-Control-Allow-Origin': pageOrigin,
  'Access-Control-Expose-Headers': 'Accept-Ranges, Content-Length, Content-Range, ETag',
  'Cross-Origin-Resource-Policy': 'cross-origin',
} as const;
const preflight = {
  ...sharing,
  'Access-Control-Allow-Headers': 'Range, If-Range, If-None-Match',
  'Access-Control-Allow-Methods': 'GET, HEAD',
} as const;

/** Statuses whose answers have no body, by the Fetch standard. */
const bodiless: ReadonlySet<number> = new Set([204, 304]);

export async function answerMedia(
  request: Pick<Request, 'method' | 'url' | 'headers'>,
  coreAddress: () => Promise<CoreAddress>,
): Promise<Response> {
  const refuse = (status: number) => new Response(null, { status, headers: sharing });
  const path = mediaPathOf(request.url);
  if (path === null || readMediaPath(path) === null) return refuse(404);
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: preflight });
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);

  const answer = await openCoreMedia(await coreAddress(), {
    method: request.method,
    path,
    header: (name) => request.headers.get(name) ?? undefined,
  });
  const status = answer.statusCode ?? 502;
  const headers = new Headers(mediaHeadersOf(answer));
  // In place of what the core says for pages of its own origin.
  for (const [name, value] of Object.entries(sharing)) headers.set(name, value);
  if (request.method === 'HEAD' || bodiless.has(status)) {
    answer.resume();
    return new Response(null, { status, headers });
  }
  // A player that seeks away cancels the body, which ends the request to the core.
  return new Response(Readable.toWeb(answer) as ReadableStream<Uint8Array>, { status, headers });
}
