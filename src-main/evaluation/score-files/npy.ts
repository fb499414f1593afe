/** NumPy's .npy files of one dimension: what other systems save their scores in. */
import { labelError, type Place } from '../labels/label-error.ts';

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

type Reader = (view: DataView, offset: number) => number;
const kinds: Readonly<Record<string, { readonly bytes: number; readonly read: Reader }>> = {
  f2: { bytes: 2, read: (view, at) => view.getFloat16(at, true) },
  f4: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  f8: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  b1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  u1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  u2: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  u4: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  u8: { bytes: 8, read: (view, at) => Number(view.getBigUint64(at, true)) },
  i1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  i2: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  i4: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  i8: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
};

/**
 * The array in `bytes`, [N]; a column [N, 1] counts as one dimension. Numbers of any width, little-endian.
 * Errors: AppError `invalid-argument` that names file and reason: no .npy, another type (with the way to convert it), more
 * dimensions, a file that breaks off, a score that is not finite.
 *
 * Source: NumPy's `numpy.lib.format`, versions 1 to 3.
 */
export function readNpy(bytes: Uint8Array, file: string): Float64Array {
  const place = { file, line: null };
  const refuse = (reason: string) => labelError(place, reason);
  if (bytes.length < 10 || magic.some((byte, index) => bytes[index] !== byte)) throw refuse('this is no .npy file.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isFirst = bytes[6] === 1;
  const start = isFirst ? 10 : 12;
  if (bytes.length < start) throw refuse('the file breaks off in its head.');
  const length = isFirst ? view.getUint16(8, true) : view.getUint32(8, true);
  if (bytes.length < start + length) throw refuse('the file breaks off in its head.');
  const { kind, count } = headOf(new TextDecoder().decode(bytes.subarray(start, start + length)), place);
  const first = start + length;
  if (bytes.length - first !== count * kind.bytes) {
    throw refuse(`${count} values take ${count * kind.bytes} bytes, and the file has ${bytes.length - first}.`);
  }
  return Float64Array.from({ length: count }, (_, index) => {
    const value = kind.read(view, first + index * kind.bytes);
    if (!Number.isFinite(value)) throw refuse(`score ${index} is ${value}, not a finite number.`);
    return value;
  });
}

/** A dictionary as Python writes it: `{'descr': '<f4', 'fortran_order': False, 'shape': (12,), }`. */
function headOf(head: string, place: Place) {
  const type = /'descr'\s*:\s*'([^']*)'/.exec(head)?.[1];
  const shape = /'shape'\s*:\s*\(([^)]*)\)/.exec(head)?.[1];
  if (type === undefined || shape === undefined) throw labelError(place, 'its head names no single type and shape.');
  const kind = /^[<|]/.test(type) ? kinds[type.slice(1)] : undefined;
  if (kind === undefined) {
    throw labelError(place, `its type is ${type}; save it with \`numpy.save(path, scores.astype('<f4'))\`.`);
  }
  const sizes = shape
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number);
  const [count, ...more] = sizes;
  if (count === undefined || !Number.isSafeInteger(count) || count < 0 || more.some((size) => size !== 1)) {
    throw labelError(place, `its shape is (${shape}); one score after the other is needed.`);
  }
  return { kind, count };
}
