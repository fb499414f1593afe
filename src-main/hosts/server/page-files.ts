/** The window's built files, read once at the start: what is served comes from this list and from no path. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { AppError } from '../../contract/errors.ts';

export interface PageFile {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** By path from the root of the host, as `/assets/index-1a2b3c.js`; the page itself is `/`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** @throws AppError `not-found` where `folder` holds no built window. */
export function readPageFiles(folder: string): PageFiles {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path): [string, PageFile] => {
        const name = `/${relative(folder, path).replaceAll(sep, '/')}`;
        return [name === '/index.html' ? '/' : name, pageFile(name, readFileSync(path))];
      });
    if (files.some(([name]) => name === '/')) return new Map(files);
  } catch (error) {
    throw missing(folder, error);
  }
  throw missing(folder, undefined);
}

function pageFile(name: string, bytes: Buffer): PageFile {
  const type = types[extname(name)] ?? 'application/octet-stream';
  // The bundler names assets by their content; the rest may be of another build the next time.
  const caching = name.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store';
  return {
    bytes,
    headers: { 'Content-Type': type, 'Content-Length': String(bytes.length), 'Cache-Control': caching },
  };
}

const missing = (folder: string, cause: unknown) =>
  new AppError('not-found', `The window is not built in ${folder}; run \`npm run build:renderer\`, then start again.`, {
    cause,
  });

/**
 * What the page may do: run and show its own files, speak to this host, and nothing else. Both names of the host are
 * given because `'self'` covers WebSockets in some browsers only; `blob:` is the player's media source.
 */
export const pagePolicy = (port: number): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    // Reports of evaluations, which come with a stricter policy of their own.
    "frame-src 'self'",
    `connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
