/** Serves one file by HTTP with Range: the one media handler of every host. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../contract/errors.ts';
import { byteRangeFrom } from './byte-range.ts';

export interface MediaFile {
  readonly path: string;
  /** MIME type. */
  readonly type: string;
  /** What is there under its name is never another thing; a recording's file may be replaced. */
  readonly isImmutable?: boolean;
  /** It is a page, with words from outside in it: nothing in it may run, and it has no origin. */
  readonly isPage?: boolean;
  /** It is to be kept, under this name, and not to be shown. */
  readonly saveAs?: string | null;
}

const chunkBytes = 256 * 1024;
/** A day: segments of long ago are not worth a browser's disk, which has a limit of its own. */
const immutableCaching = 'private, max-age=86400, immutable';
/** A page brings all that it shows. */
const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
/** Headers of a request that decide what is sent. */
export const mediaRequestHeaders = ['range', 'if-range', 'if-none-match'] as const;

/**
 * Answers `request` (GET or HEAD) with `file` or the part of it that Range names. The file is open only while it is sent:
 * a client that goes away frees it. One that shrinks on the way ends the connection, so that the client sees it is short.
 * Errors, before anything is sent: `not-found`, `permission-denied`, `file-unreadable`.
 */
export async function sendMedia(request: IncomingMessage, response: ServerResponse, file: MediaFile): Promise<void> {
  // A pipe under a recording's name must not hold the core up; a regular file does not know the flag.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const handle = await open(file.path, flags).catch((error: unknown) => {
    throw openErrorFrom(error, file.path);
  });
  try {
    await sendOpened(request, response, handle, file);
  } finally {
    await handle.close();
  }
}

async function sendOpened(request: IncomingMessage, response: ServerResponse, handle: FileHandle, file: MediaFile) {
  const stat = await handle.stat({ bigint: true });
  if (!stat.isFile()) throw new AppError('file-unreadable', `${file.path} is no regular file.`);
  const bytes = Number(stat.size);
  const etag = `"${stat.size.toString(36)}-${stat.mtimeNs.toString(36)}-${stat.ino.toString(36)}"`;
  const headers: OutgoingHttpHeaders = {
    'Accept-Ranges': 'bytes',
    'Cache-Control': file.isImmutable === true ? immutableCaching : 'private, no-cache',
    'Content-Type': file.type,
    'Cross-Origin-Resource-Policy': 'same-origin',
    ETag: etag,
    'X-Content-Type-Options': 'nosniff',
    ...(file.isPage === true && { 'Content-Security-Policy': pagePolicy }),
    ...(typeof file.saveAs === 'string' && { 'Content-Disposition': attachment(file.saveAs) }),
  };
  if (request.headers['if-none-match'] === etag) return sendStatus(response, 304, headers);
  // If-Range names the version that the client has a part of: of another one it gets the whole. A date never matches.
  const ifRange = request.headers['if-range'];
  const isSame = ifRange === undefined || ifRange === etag;
  const range = isSame ? byteRangeFrom(request.headers.range, bytes) : null;
  if (range === 'unsatisfiable') {
    return sendStatus(response, 416, { ...headers, 'Content-Range': `bytes */${bytes}` });
  }
  const first = range?.first ?? 0;
  const end = range === null ? bytes : range.last + 1;
  headers['Content-Length'] = end - first;
  if (range !== null) headers['Content-Range'] = `bytes ${first}-${end - 1}/${bytes}`;
  response.writeHead(range === null ? 200 : 206, headers);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  try {
    await pipeline(readBytes(handle, first, end), response);
  } catch (error) {
    // The client went away or the file shrank: the pipeline has ended the connection, and nobody is left to tell.
    if (!response.destroyed) throw error;
  }
}

/** RFC 6266, with the name as RFC 8187 encodes it: whatever is in it, it stays one value of one header. */
const attachment = (name: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.codePointAt(0)?.toString(16) ?? ''}`)}`;

/** The bytes `[first, end)`; fails where the file ends before. */
async function* readBytes(handle: FileHandle, first: number, end: number): AsyncGenerator<Buffer> {
  for (let at = first; at < end;) {
    const { bytesRead, buffer } = await handle.read(
      Buffer.allocUnsafe(Math.min(chunkBytes, end - at)),
      0,
      Math.min(chunkBytes, end - at),
      at,
    );
    if (bytesRead === 0) throw new Error(`the file ends at byte ${at}`);
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

function openErrorFrom(cause: unknown, path: string): AppError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  const options = { cause, details: { path } };
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('not-found', `${path} does not exist any more.`, options);
    case 'EACCES':
    case 'EPERM':
      return new AppError('permission-denied', `${path} may not be read by this user.`, options);
    default:
      return new AppError('file-unreadable', `${path} could not be opened: ${String(cause)}.`, options);
  }
}

function sendStatus(response: ServerResponse, status: number, headers: OutgoingHttpHeaders = {}): void {
  const bodiless = status === 304 ? {} : { 'Content-Length': 0 };
  const { 'Content-Type': _type, ...rest } = headers;
  response.writeHead(status, { ...rest, ...bodiless });
  response.end();
}
