/** Content identity of a file: a fast fingerprint, and its full SHA-256 for evidence. Files are opened for reading only. */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { fileErrorFrom } from './file-error.ts';

/** How much of either end is read. */
const END_BYTES = 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

export interface Fingerprint {
  /** 64 hexadecimal digits. */
  readonly id: string;
  readonly bytes: number;
}

/**
 * SHA-256 over the file's size (8 bytes, little-endian), its first MiB and its last MiB; a file of up to 2 MiB is hashed
 * whole. Two reads whatever the size. Recordings hold their headers and index at the ends, so different recordings differ
 * there; files of the same size that differ only in between have the same fingerprint, so it is no proof that nothing was
 * changed: `sha256File` is.
 * @throws AppError `permission-denied` | `not-found` | `file-unreadable` | `cancelled`
 */
export async function fingerprint(
  path: string,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<Fingerprint> {
  return reading(path, async (file) => {
    signal?.throwIfAborted();
    const { size } = await file.stat();
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(size));
    const hash = createHash('sha256').update(length);
    const buffer = Buffer.alloc(Math.min(size, 2 * END_BYTES));
    const head = await readFully(file, buffer.subarray(0, END_BYTES), 0);
    hash.update(head);
    signal?.throwIfAborted();
    if (size > END_BYTES) {
      const tail = buffer.subarray(END_BYTES);
      hash.update(await readFully(file, tail, size - tail.length));
    }
    return { id: hash.digest('hex'), bytes: size };
  });
}

/**
 * SHA-256 of the whole file in hexadecimal. `onProgress` gets the bytes read so far, about once per MiB.
 * @throws AppError as `fingerprint`.
 */
export async function sha256File(
  path: string,
  { signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: (bytes: number) => void } = {},
): Promise<string> {
  return reading(path, async (file) => {
    const hash = createHash('sha256');
    const buffer = Buffer.alloc(CHUNK_BYTES);
    for (let position = 0; ;) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
      position += bytesRead;
      onProgress?.(position);
    }
  });
}

async function reading<Result>(path: string, work: (file: FileHandle) => Promise<Result>): Promise<Result> {
  try {
    const file = await open(path, 'r');
    try {
      return await work(file);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileErrorFrom(error, path);
  }
}

/** Fills `buffer` from `position` on; less where the file ends before (it shrank since it was measured). */
async function readFully(file: FileHandle, buffer: Buffer, position: number): Promise<Buffer> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
