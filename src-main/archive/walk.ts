/** Finds the video files below folders: in a fixed order, past loops and past folders that may not be read. */
import { type Dirent } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { AppError } from '../contract/errors.ts';
import { fileErrorFrom } from './file-error.ts';

export interface FoundFile {
  readonly kind: 'file';
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Whole ms. */
  readonly mtimeMs: number;
}

/** A file or folder that is there and cannot be read. */
export interface FoundUnreadable {
  readonly kind: 'unreadable';
  readonly path: string;
  readonly error: AppError;
}

/** Extensions of recordings, in lower case. */
const videoExtensions: ReadonlySet<string> = new Set(
  (
    'mp4 m4v mov 3gp mkv webm avi asf wmv flv ogv mpg mpeg ts m2ts mts ' + 'dav h264 264 h265 265 hevc mjpeg mjpg'
  ).split(' '),
);

/** Folders that systems and recorders keep for themselves; those that begin with a dot are skipped too. */
const SYSTEM_FOLDERS = new Set([
  '$recycle.bin',
  'system volume information',
  'lost+found',
  '@eadir',
  '#recycle',
  '#snapshot',
]);

/** Extensions that video shares with program text. */
const SHARED_EXTENSIONS = new Set(['ts', 'mts']);

/**
 * The video files in `roots` and everything below, each folder once however many links lead to it, in order of name. A root
 * that is a file is taken whatever its name. Hidden and system folders are left out unless they are a root.
 * @throws AppError `cancelled` once `signal` is aborted.
 */
export async function* walkVideoFiles(
  roots: readonly string[],
  { signal }: { signal?: AbortSignal | undefined } = {},
): AsyncGenerator<FoundFile | FoundUnreadable, void, undefined> {
  const visited = new Set<string>();
  // A stack instead of recursion: archives are deep where recorders nest hours in days in channels.
  const waiting = roots.map((root) => path.resolve(root)).toReversed();
  const isRoot = new Set(waiting);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    try {
      signal?.throwIfAborted();
      const status = await stat(next);
      // A root that is a file is met again where its folder is a root too.
      if (isRoot.has(next)) {
        if (visited.has(next)) continue;
        visited.add(next);
      }
      if (status.isDirectory()) {
        const identity = `${status.dev}:${status.ino}`;
        // File systems without inode numbers report 0; there a path stands for itself.
        const key = status.ino === 0 ? next : identity;
        if (visited.has(key)) continue;
        visited.add(key);
        waiting.push(...(await entriesOf(next)).toReversed());
      } else if (status.isFile() && (isRoot.has(next) || (await isVideo(next)))) {
        yield { kind: 'file', path: next, bytes: status.size, mtimeMs: Math.trunc(status.mtimeMs) };
      }
    } catch (error) {
      const failure = fileErrorFrom(error, next);
      if (failure.code === 'cancelled') throw failure;
      // Gone since it was listed, or a link that leads nowhere: worth a word only where it was to be a recording.
      if (failure.code === 'not-found' && !isRoot.has(next) && !hasVideoExtension(next)) continue;
      yield { kind: 'unreadable', path: next, error: failure };
    }
  }
}

/** Whether the extension of `file` is one of a recording. */
export const hasVideoExtension = (file: string): boolean => videoExtensions.has(extensionOf(file));

const extensionOf = (file: string) => path.extname(file).slice(1).toLowerCase();

/** Subfolders and files with a video's extension, in order of code units. */
async function entriesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter(isWanted)
    .map((entry) => entry.name)
    .toSorted()
    .map((name) => path.join(folder, name));
}

/** Whether a walk goes into the folder, follows the link or takes the file, as far as their names tell. */
export function isWanted(entry: Dirent): boolean {
  if (entry.name.startsWith('.')) return false;
  if (entry.isDirectory()) return !SYSTEM_FOLDERS.has(entry.name.toLowerCase());
  // A link may lead to either.
  return entry.isSymbolicLink() || (entry.isFile() && hasVideoExtension(entry.name));
}

/** Leaves out program text in .ts and .mts; every other file has its name for it, readable or not. */
async function isVideo(file: string): Promise<boolean> {
  if (!hasVideoExtension(file)) return false;
  if (!SHARED_EXTENSIONS.has(extensionOf(file))) return true;
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(1024), 0, 1024, 0);
    return !looksLikeText(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

const TEXT_CONTROLS = new Set([0x09, 0x0a, 0x0c, 0x0d]);

/** Text is UTF-8 without control characters but tab and line ends; MPEG-TS has either in the head of every packet. */
function looksLikeText(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || bytes.some((byte) => byte < 0x20 && !TEXT_CONTROLS.has(byte))) return false;
  try {
    // As a stream, because the last character may be cut in two.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false; // A TypeError is how it says that this is no UTF-8.
  }
}
