/** Binary files of this folder: a magic word and a version first, a checksum last, little-endian in between. */
import { crc32 } from 'node:zlib';
import { AppError } from '../contract/errors.ts';

export interface BinaryFormat {
  /** What the file is, for the words of an error: "the cached frame observations". */
  readonly what: string;
  /** Four ASCII letters. */
  readonly magic: string;
  readonly version: number;
}

const headerBytes = 8;
const checksumBytes = 4;

/** `bodyBytes` bytes filled by `write`, in an envelope that says what they are and guards against damage. */
export function sealed(format: BinaryFormat, bodyBytes: number, write: (writer: ByteWriter) => void): Uint8Array {
  const bytes = new Uint8Array(headerBytes + bodyBytes + checksumBytes);
  const writer = new ByteWriter(bytes);
  for (let index = 0; index < 4; index++) writer.uint8(format.magic.charCodeAt(index));
  writer.uint32(format.version);
  write(writer);
  if (writer.offset !== headerBytes + bodyBytes) {
    throw new RangeError(
      `${format.magic}: ${String(writer.offset - headerBytes)} bytes written of ${String(bodyBytes)}.`,
    );
  }
  writer.uint32(crc32(bytes.subarray(0, bytes.length - checksumBytes)));
  return bytes;
}

/**
 * What `read` makes of the body. Throws `integrity-mismatch` where the bytes are not of this format and version, are
 * damaged or cut off, or where `read` needs more or fewer bytes than there are.
 */
export function unsealed<T>(format: BinaryFormat, bytes: Uint8Array, read: (reader: ByteReader) => T): T {
  const damaged = (how: string) =>
    new AppError('integrity-mismatch', `${format.what} cannot be used: the file ${how}. It can be made again.`);
  if (bytes.length < headerBytes + checksumBytes) throw damaged('is too short');
  const reader = new ByteReader(bytes.subarray(0, bytes.length - checksumBytes));
  for (let index = 0; index < 4; index++) {
    if (reader.uint8() !== format.magic.charCodeAt(index)) throw damaged('does not begin as one');
  }
  const version = reader.uint32();
  if (version !== format.version) {
    throw damaged(`has format version ${String(version)}, not ${String(format.version)}`);
  }
  const checksum = new ByteReader(bytes.subarray(bytes.length - checksumBytes)).uint32();
  if (checksum !== crc32(bytes.subarray(0, bytes.length - checksumBytes))) throw damaged('has a wrong checksum');
  let value: T;
  try {
    value = read(reader);
  } catch (error) {
    // A DataView answers a read beyond its end with a RangeError.
    if (error instanceof RangeError) throw damaged('ends early');
    throw error;
  }
  if (reader.left !== 0) throw damaged('is longer than its content');
  return value;
}

/** Writes into given bytes, front to back. A write beyond the end throws a RangeError. */
export class ByteWriter {
  readonly #view: DataView;
  offset = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  uint8(value: number): void {
    this.#view.setUint8(this.offset, value);
    this.offset += 1;
  }

  /** Throws `invalid-argument` for what is no integer of 16 bits. */
  uint16(value: number): void {
    if (!Number.isInteger(value) || value < 0 || value > 0xffff) {
      throw new AppError('invalid-argument', `${String(value)} stands where a small count belongs.`);
    }
    this.#view.setUint16(this.offset, value, true);
    this.offset += 2;
  }

  uint32(value: number): void {
    this.#view.setUint32(this.offset, value, true);
    this.offset += 4;
  }

  float64(value: number): void {
    this.#view.setFloat64(this.offset, value, true);
    this.offset += 8;
  }

  /** Throws `invalid-argument` where there are not `length` values. */
  float32s(values: Float32Array, length: number): void {
    if (values.length !== length) {
      throw new AppError('invalid-argument', `${String(values.length)} values stand where ${String(length)} belong.`);
    }
    for (const value of values) {
      this.#view.setFloat32(this.offset, value, true);
      this.offset += 4;
    }
  }
}

/** Reads given bytes, front to back. A read beyond the end throws a RangeError. */
export class ByteReader {
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Bytes not read yet. */
  get left(): number {
    return this.#view.byteLength - this.#offset;
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  float64(): number {
    return this.#view.getFloat64(this.#advance(8), true);
  }

  float32s(length: number): Float32Array {
    this.#require(length * 4);
    return Float32Array.from({ length }, () => this.#view.getFloat32(this.#advance(4), true));
  }

  float64s(length: number): Float64Array {
    this.#require(length * 8);
    return Float64Array.from({ length }, () => this.#view.getFloat64(this.#advance(8), true));
  }

  #advance(bytes: number): number {
    this.#offset += bytes;
    return this.#offset - bytes;
  }

  /** Before an array is made: a length from a wrong file must not take the memory. */
  #require(bytes: number): void {
    if (bytes > this.left) throw new RangeError('The bytes end early.');
  }
}
