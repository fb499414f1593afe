/** Lists of numbers as files: little-endian float64 on every machine. */
import { endianness } from 'node:os';

export function bytesOfFloat64s(values: Float64Array): Uint8Array {
  const bytes = Buffer.from(values.slice().buffer);
  return endianness() === 'LE' ? bytes : bytes.swap64();
}

/** Errors: RangeError where the bytes are no whole number of values. */
export function float64sOfBytes(bytes: Uint8Array): Float64Array {
  const copy = Buffer.from(bytes);
  if (copy.length % 8 !== 0) throw new RangeError(`${copy.length} bytes are no whole number of float64.`);
  if (endianness() !== 'LE') copy.swap64();
  return new Float64Array(new Uint8Array(copy).buffer);
}
