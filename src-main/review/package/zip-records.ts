/** The records of a canonical ZIP: for a list of files there is one way to write them, and nothing is left to choice. */

/**
 * A file of the archive. Everything else that ZIP could say is fixed: stored without compression, names in UTF-8, dated
 * 1980-01-01 (ZIP's first day), no attributes, no comments, no extra fields but those that files over 4 GiB need.
 */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: number;
  readonly crc32: number;
}

const localSignature = 0x04034b50;
const centralSignature = 0x02014b50;
const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const locator64Signature = 0x07064b50;

const utf8Names = 0x0800;
const firstDay = 0x0021;
/** Stands where the true number is in the extra field. */
const elsewhere32 = 0xffff_ffff;
const elsewhere16 = 0xffff;
/** What a reader has to know: 4.5 has 64-bit sizes, 2.0 folders. */
const versionPlain = 20;
const version64 = 45;
const extra64Id = 0x0001;

/** Bytes of a local header before its name. */
export const localHeadBytes = 30;

export interface LocalHead {
  readonly nameBytes: number;
  readonly extraBytes: number;
  readonly crc32: number;
  readonly bytes: number;
  readonly isLarge: boolean;
}

export const isLocalHead = (head: Buffer): boolean => head.readUInt32LE(0) === localSignature;

/** What tells of a file from the first `localHeadBytes` of its header; the caller compares all of it with `localRecord`. */
export function readLocalHead(head: Buffer): LocalHead {
  return {
    crc32: head.readUInt32LE(14),
    bytes: head.readUInt32LE(22),
    isLarge: head.readUInt32LE(22) === elsewhere32,
    nameBytes: head.readUInt16LE(26),
    extraBytes: head.readUInt16LE(28),
  };
}

/** The size in the extra field of a large file; null where there is none. */
export const largeSizeIn = (extra: Buffer): number | null =>
  extra.length === 20 ? Number(extra.readBigUInt64LE(4)) : null;

/** What stands before the bytes of a file. */
export function localRecord({ name, bytes, crc32 }: ZipEntry): Buffer {
  const isLarge = bytes >= elsewhere32;
  const extra = isLarge ? extra64([bytes, bytes]) : Buffer.alloc(0);
  const path = Buffer.from(name, 'utf8');
  const head = Buffer.alloc(localHeadBytes);
  head.writeUInt32LE(localSignature, 0);
  writeCommon(head, 4, { version: isLarge ? version64 : versionPlain, crc32, bytes: isLarge ? elsewhere32 : bytes });
  head.writeUInt16LE(path.length, 26);
  head.writeUInt16LE(extra.length, 28);
  return Buffer.concat([head, path, extra]);
}

/** The directory and the end of an archive of `entries`, which begin at `offsets`. */
export function closingRecords(entries: readonly ZipEntry[], offsets: readonly number[], start: number): Buffer {
  const central = Buffer.concat(entries.map((entry, index) => centralRecord(entry, offsets[index] ?? 0)));
  const count = entries.length;
  const isLarge = count >= elsewhere16 || start >= elsewhere32 || central.length >= elsewhere32;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endSignature, 0);
  end.writeUInt16LE(isLarge ? elsewhere16 : count, 8);
  end.writeUInt16LE(isLarge ? elsewhere16 : count, 10);
  end.writeUInt32LE(isLarge ? elsewhere32 : central.length, 12);
  end.writeUInt32LE(isLarge ? elsewhere32 : start, 16);
  return Buffer.concat(isLarge ? [central, end64(count, central.length, start), end] : [central, end]);
}

function centralRecord({ name, bytes, crc32 }: ZipEntry, offset: number): Buffer {
  const isLarge = bytes >= elsewhere32;
  const isFar = offset >= elsewhere32;
  const extra = extra64([...(isLarge ? [bytes, bytes] : []), ...(isFar ? [offset] : [])]);
  const path = Buffer.from(name, 'utf8');
  const version = isLarge || isFar ? version64 : versionPlain;
  const head = Buffer.alloc(46);
  head.writeUInt32LE(centralSignature, 0);
  head.writeUInt16LE(version, 4);
  writeCommon(head, 6, { version, crc32, bytes: isLarge ? elsewhere32 : bytes });
  head.writeUInt16LE(path.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt32LE(isFar ? elsewhere32 : offset, 42);
  return Buffer.concat([head, path, extra]);
}

/** What local and central records have in common, from `at` on. */
function writeCommon(
  head: Buffer,
  at: number,
  { version, crc32, bytes }: { readonly version: number; readonly crc32: number; readonly bytes: number },
): void {
  head.writeUInt16LE(version, at);
  head.writeUInt16LE(utf8Names, at + 2);
  head.writeUInt16LE(firstDay, at + 8);
  head.writeUInt32LE(crc32, at + 10);
  head.writeUInt32LE(bytes, at + 14);
  head.writeUInt32LE(bytes, at + 18);
}

/** Nothing for no values. */
function extra64(values: readonly number[]): Buffer {
  if (values.length === 0) return Buffer.alloc(0);
  const extra = Buffer.alloc(4 + 8 * values.length);
  extra.writeUInt16LE(extra64Id, 0);
  extra.writeUInt16LE(8 * values.length, 2);
  for (const [index, value] of values.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  return extra;
}

function end64(count: number, centralBytes: number, start: number): Buffer {
  const end = Buffer.alloc(56 + 20);
  end.writeUInt32LE(end64Signature, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(version64, 12);
  end.writeUInt16LE(version64, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(centralBytes), 40);
  end.writeBigUInt64LE(BigInt(start), 48);
  end.writeUInt32LE(locator64Signature, 56);
  end.writeBigUInt64LE(BigInt(start + centralBytes), 64);
  end.writeUInt32LE(1, 72);
  return end;
}
