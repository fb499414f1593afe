/** Answers `app://anom-pi/…` with the files of the built window, from a list that was made at the start. */
import type { PageFiles } from '../server/page-files.ts';
import { isPageUrl } from './schemes.ts';

/**
 * The page runs its own files and nothing else, and speaks to `media:` and to nothing else: the contract comes by a port,
 * which no policy concerns. `blob:` is the player's media source.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob: media:",
  "media-src 'self' blob: media:",
  // Reports of evaluations, which come with a stricter policy of their own.
  'frame-src media:',
  "connect-src 'self' media:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const commonHeaders = {
  'Content-Security-Policy': policy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** No path is ever made from what was asked: a name is on the list or it is not. */
export function answerPage(files: PageFiles, request: Pick<Request, 'method' | 'url'>): Response {
  const refuse = (status: number) => new Response(null, { status, headers: commonHeaders });
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  if (!isPageUrl(request.url)) return refuse(404);
  const file = files.get(new URL(request.url).pathname);
  if (file === undefined) return refuse(404);
  const body = request.method === 'HEAD' ? null : new Uint8Array(file.bytes);
  return new Response(body, { headers: { ...file.headers, ...commonHeaders } });
}
