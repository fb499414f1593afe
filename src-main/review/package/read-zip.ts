/** Reads a canonical ZIP once through, from its first byte to its last, and accounts for each of them. */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { closingRecords, isLocalHead, largeSizeIn, localHeadBytes, localRecord, readLocalHead } from './zip-records.ts';
import type { PackageFault } from '../../contract/evidence.ts';

export interface ReadEntry {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  /** What it holds, where that was asked for. */
  readonly content: Buffer | null;
}

export interface ReadZip {
  /** In the order of the archive. */
  readonly entries: readonly ReadEntry[];
  /** Where bytes are not those that the entries demand; what could be read up to there is in `entries`. */
  readonly faults: readonly PackageFault[];
}

const chunkBytes = 2 ** 20;
const leastArchiveBytes = 22;

/**
 * Every byte of `path` is compared with what a canonical archive of the same files has in its place, so that nothing can lie
 * between or behind them. @param keeps Which files are to be held in memory. Errors: those of reading the file; `cancelled`.
 */
export async function readZip(
  path: string,
  keeps: (name: string, bytes: number) => boolean,
  signal: AbortSignal,
): Promise<ReadZip> {
  await using file = await open(path, 'r');
  const input = new SequentialInput(file, (await file.stat()).size, signal);
  const entries: (ReadEntry & { crc32: number })[] = [];
  const offsets: number[] = [];
  const faults: PackageFault[] = [];
  const stopped = (fault: PackageFault['fault'], entry: string | null, reason: string): ReadZip => ({
    entries,
    faults: [...faults, { fault, entry, reason }],
  });
  if (input.left < leastArchiveBytes)
    return stopped('no-package', null, 'The file is no evidence package: it is too short.');

  for (;;) {
    const offset = input.position;
    const head = await input.peek(localHeadBytes);
    if (head.length < 4 || !isLocalHead(head)) {
      if (entries.length === 0)
        return stopped('no-package', null, 'The file does not begin as an evidence package does.');
      break;
    }
    if (head.length < localHeadBytes) return stopped('cut-off', null, 'The package ends within the header of a file.');
    const facts = readLocalHead(head);
    const record = await input.take(localHeadBytes + facts.nameBytes + facts.extraBytes);
    if (record === null) return stopped('cut-off', null, 'The package ends within the header of a file.');
    const name = record.subarray(localHeadBytes, localHeadBytes + facts.nameBytes).toString('utf8');
    const large = largeSizeIn(record.subarray(localHeadBytes + facts.nameBytes));
    const bytes = facts.isLarge ? (large ?? facts.bytes) : facts.bytes;
    if (!localRecord({ name, bytes, crc32: facts.crc32 }).equals(record)) {
      return stopped('header-altered', name, `The header of ${name} was altered.`);
    }
    if (bytes > input.left)
      return stopped('cut-off', name, `The package ends within ${name}, or its size was altered.`);
    const { sha256, crc, content } = await readContent(input, bytes, keeps(name, bytes));
    if (crc !== facts.crc32) {
      faults.push({
        fault: 'content-altered',
        entry: name,
        reason: `The bytes of ${name}, or its checksum, were altered.`,
      });
    }
    offsets.push(offset);
    entries.push({ name, bytes, sha256, content, crc32: facts.crc32 });
  }

  const closing = closingRecords(entries, offsets, input.position);
  if (input.left < closing.length) return stopped('cut-off', null, 'The package ends within its directory.');
  if (input.left > closing.length) {
    const extra = input.left - closing.length;
    const words = extra === 1 ? '1 byte lies' : `${extra} bytes lie`;
    return stopped('directory-altered', null, `${words} between or behind the files.`);
  }
  if ((await input.take(closing.length))?.equals(closing) !== true) {
    return stopped('directory-altered', null, 'The directory at the end of the package was altered.');
  }
  return { entries, faults };
}

async function readContent(input: SequentialInput, bytes: number, isKept: boolean) {
  const hash = createHash('sha256');
  const kept: Buffer[] = [];
  let crc = 0;
  for (let left = bytes; left > 0;) {
    const chunk = await input.take(Math.min(left, chunkBytes));
    if (chunk === null) break;
    hash.update(chunk);
    crc = crc32(chunk, crc);
    if (isKept) kept.push(chunk);
    left -= chunk.length;
  }
  return { sha256: hash.digest('hex'), crc, content: isKept ? Buffer.concat(kept) : null };
}

/** A file from its beginning to its end. */
class SequentialInput {
  position = 0;
  private readonly file: FileHandle;
  private readonly size: number;
  private readonly signal: AbortSignal;

  constructor(file: FileHandle, size: number, signal: AbortSignal) {
    this.file = file;
    this.size = size;
    this.signal = signal;
  }

  get left(): number {
    return this.size - this.position;
  }

  /** The next `count` bytes, or fewer at the end, without going on. */
  async peek(count: number): Promise<Buffer> {
    this.signal.throwIfAborted();
    const buffer = Buffer.alloc(Math.max(0, Math.min(count, this.left)));
    for (let filled = 0; filled < buffer.length;) {
      const { bytesRead } = await this.file.read(buffer, filled, buffer.length - filled, this.position + filled);
      if (bytesRead === 0) return buffer.subarray(0, filled);
      filled += bytesRead;
    }
    return buffer;
  }

  /** The next `count` bytes; null where there are fewer. */
  async take(count: number): Promise<Buffer | null> {
    const bytes = await this.peek(count);
    if (bytes.length < count) return null;
    this.position += count;
    return bytes;
  }
}
