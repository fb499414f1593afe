/** Writes a canonical ZIP of texts and of files that lie on the disk, without holding any of them in memory. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { AppError } from '../../contract/errors.ts';
import { closingRecords, localRecord, type ZipEntry } from './zip-records.ts';

/** A file of the package: what it holds, or where that lies. */
export type Content = { readonly name: string } & ({ readonly bytes: Uint8Array } | { readonly path: string });

/** A file of the package, read through once. */
export interface MeasuredContent {
  readonly content: Content;
  readonly entry: ZipEntry;
  readonly sha256: string;
}

/** Reads `content` through; `onBytes` hears how much was read. Errors: those of reading; `cancelled`. */
export async function measure(
  content: Content,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<MeasuredContent> {
  const hash = createHash('sha256');
  let [bytes, crc] = [0, 0];
  for await (const chunk of chunksOf(content, signal)) {
    hash.update(chunk);
    crc = crc32(chunk, crc);
    bytes += chunk.length;
    onBytes(chunk.length);
  }
  return { content, entry: { name: content.name, bytes, crc32: crc }, sha256: hash.digest('hex') };
}

/**
 * Writes the archive to the new file `path`. Errors: those of writing; `file-unreadable` where a file is not any more what
 * was measured; `cancelled`.
 */
export async function writeZip(
  path: string,
  contents: readonly MeasuredContent[],
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  await using file = await open(path, 'wx');
  const offsets: number[] = [];
  let position = 0;
  for (const { content, entry } of contents) {
    offsets.push(position);
    position += await append(file, localRecord(entry));
    let [bytes, crc] = [0, 0];
    for await (const chunk of chunksOf(content, signal)) {
      crc = crc32(chunk, crc);
      bytes += await append(file, chunk);
      onBytes(chunk.length);
    }
    if (bytes !== entry.bytes || crc !== entry.crc32) {
      throw new AppError('file-unreadable', `${content.name} changed while it was being written; try again.`);
    }
    position += bytes;
  }
  const entries = contents.map(({ entry }) => entry);
  await append(file, closingRecords(entries, offsets, position));
}

async function append(file: FileHandle, bytes: Uint8Array): Promise<number> {
  // FileHandle.write may write less than it is given.
  for (let written = 0; written < bytes.length;) {
    written += (await file.write(bytes, written)).bytesWritten;
  }
  return bytes.length;
}

async function* chunksOf(content: Content, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if ('bytes' in content) yield content.bytes;
  else {
    for await (const chunk of createReadStream(content.path, { signal, highWaterMark: 2 ** 20 })) {
      yield chunk as Uint8Array;
    }
  }
}
