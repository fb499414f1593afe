/** The MIME type of what is fetched by URL; a browser sniffs the codecs of an original itself. */
import { extname } from 'node:path';
import type { MediaTarget } from '../contract/media.ts';

const originals: Readonly<Record<string, string>> = {
  '.avi': 'video/x-msvideo',
  '.m4v': 'video/mp4',
  '.mkv': 'video/x-matroska',
  '.mov': 'video/quicktime',
  '.mp4': 'video/mp4',
  '.mpeg': 'video/mpeg',
  '.mpg': 'video/mpeg',
  '.ts': 'video/mp2t',
  '.webm': 'video/webm',
  '.wmv': 'video/x-ms-wmv',
};

/** Of the file at `path`, which `kind` of target names. */
export function mediaTypeOf(kind: MediaTarget['kind'], path: string): string {
  switch (kind) {
    case 'recording':
      return originals[extname(path).toLowerCase()] ?? 'application/octet-stream';
    case 'segment':
      return 'video/mp4';
    case 'sheet':
    case 'picture':
      return 'image/jpeg';
    case 'evaluation':
      return 'text/html; charset=utf-8';
    case 'frame-times':
    // It is to be kept and not to be shown, whatever is in it.
    case 'export':
      return 'application/octet-stream';
    default:
      return kind satisfies never;
  }
}
