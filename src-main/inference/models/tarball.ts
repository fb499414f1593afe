/** Takes named files out of an npm package's tarball, in memory: no path of the archive is ever written to disk. */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../contract/errors.ts';

const block = 512;

/** Regular files, the only entries that are read. Links, devices and directories of a hostile archive are passed over. */
const regularFile = new Set(['0', '\0', '']);

/**
 * The wanted files of the gzipped tar archive at `path`, by their names in it (as in the ustar header, where npm keeps
 * names short). Reading stops as soon as all are found. Throws AppError `integrity-mismatch` where the archive is
 * damaged, lacks a file, or a wanted file is larger than `limit` bytes.
 */
export async function filesFromTarball(
  path: string,
  wanted: readonly string[],
  { limit, signal }: { readonly limit: number; readonly signal?: AbortSignal | undefined },
): Promise<ReadonlyMap<string, Uint8Array>> {
  const reader = new TarReader(new Set(wanted), limit);
  const found = new AbortController();
  const stop = signal === undefined ? found.signal : AbortSignal.any([signal, found.signal]);
  try {
    await pipeline(
      createReadStream(path),
      createGunzip(),
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) {
          reader.take(chunk);
          if (reader.files.size === wanted.length) found.abort();
        }
      },
      { signal: stop },
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof AppError) throw error;
    if (!found.signal.aborted) throw damaged(error instanceof Error ? error.message : String(error), error);
  }
  const missing = wanted.filter((name) => !reader.files.has(name));
  if (missing.length > 0) throw damaged(`it lacks ${missing.join(', ')}`);
  return reader.files;
}

const damaged = (what: string, cause?: unknown) =>
  new AppError('integrity-mismatch', `The downloaded package is damaged: ${what}.`, { cause });

interface EntryInProgress {
  readonly name: string;
  readonly size: number;
  readonly chunks: Buffer[];
  /** Bytes in `chunks`. */
  have: number;
}

/** Reads the archive block by block as it arrives. Source: POSIX ustar; numbers are octal text. */
class TarReader {
  readonly files = new Map<string, Uint8Array>();
  readonly #wanted: ReadonlySet<string>;
  readonly #limit: number;
  #rest: Buffer = Buffer.alloc(0);
  /** Bytes of the present entry that are still to be passed over. */
  #skip = 0;
  #reading: EntryInProgress | null = null;

  constructor(wanted: ReadonlySet<string>, limit: number) {
    this.#wanted = wanted;
    this.#limit = limit;
  }

  take(chunk: Buffer): void {
    let data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    for (;;) {
      if (this.#reading !== null) data = this.#readFile(this.#reading, data);
      const skipped = Math.min(this.#skip, data.length);
      this.#skip -= skipped;
      data = data.subarray(skipped);
      if (this.#reading !== null || this.#skip > 0 || data.length < block) break;
      this.#readHeader(data.subarray(0, block));
      data = data.subarray(block);
    }
    this.#rest = data;
  }

  #readFile(file: EntryInProgress, data: Buffer): Buffer {
    const piece = data.subarray(0, file.size - file.have);
    // A copy: the stream's own chunk would be kept alive whole.
    file.chunks.push(Buffer.from(piece));
    file.have += piece.length;
    if (file.have === file.size) {
      this.files.set(file.name, Buffer.concat(file.chunks));
      this.#reading = null;
      this.#skip = (block - (file.size % block)) % block;
    }
    return data.subarray(piece.length);
  }

  #readHeader(header: Buffer): void {
    if (header.every((byte) => byte === 0)) return; // The end is marked by empty blocks.
    const text = (start: number, end: number) => header.subarray(start, end).toString('latin1').replace(/\0.*$/s, '');
    const prefix = text(345, 500);
    const name = prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`;
    const size = Number.parseInt(text(124, 136).trim() || '0', 8);
    if (!Number.isSafeInteger(size) || size < 0) throw damaged(`the size of ${name} is no number`);
    if (!this.#wanted.has(name) || !regularFile.has(text(156, 157))) {
      this.#skip = Math.ceil(size / block) * block;
      return;
    }
    if (size > this.#limit) throw damaged(`${name} has ${size} bytes, more than the ${this.#limit} that are allowed`);
    this.#reading = { name, size, chunks: [], have: 0 };
  }
}
