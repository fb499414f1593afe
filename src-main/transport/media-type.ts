/** The MIME type under which an original is served; a browser sniffs the codecs itself. */

const types: Readonly<Record<string, string>> = {
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

/** `extension` with its dot, in any case. */
export const mediaTypeOf = (extension: string): string => types[extension.toLowerCase()] ?? 'application/octet-stream';
