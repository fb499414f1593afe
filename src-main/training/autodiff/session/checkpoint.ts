/** Checkpoints of training as bytes, in the layout of safetensors: header length, JSON header, raw little-endian tensors. */
import { AppError } from '../../../contract/errors.ts';
import type { Tensors } from './plan.ts';

/** Everything that a run goes on from, bit for bit. */
export interface Checkpoint {
  /** Number of updates so far. */
  readonly step: number;
  /** Trainable parameters and state of the optimizer by name, all float32. */
  readonly tensors: Tensors;
}

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Of the bytes after the header: first, and one past the last. */
  readonly data_offsets: readonly [number, number];
}

const lengthBytes = 8;
const bytesPerElement = 4;

/** Names in order of their code units, so that equal checkpoints are equal bytes. Source: huggingface/safetensors. */
export function encodeCheckpoint({ step, tensors }: Checkpoint): Uint8Array {
  const names = Object.keys(tensors).sort();
  const header: Record<string, unknown> = { __metadata__: { step: String(step) } };
  let offset = 0;
  for (const name of names) {
    const tensor = tensors[name];
    if (tensor?.type !== 'float32') throw new AppError('invalid-argument', `The tensor ${name} is not float32.`);
    const end = offset + tensor.data.byteLength;
    header[name] = { dtype: 'F32', shape: tensor.dims, data_offsets: [offset, end] } satisfies HeaderEntry;
    offset = end;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(text.length / lengthBytes) * lengthBytes;
  const bytes = new Uint8Array(lengthBytes + padded + offset).fill(0x20, lengthBytes, lengthBytes + padded);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(text, lengthBytes);
  let at = lengthBytes + padded;
  for (const name of names) {
    const data = tensors[name]?.data ?? new Float32Array();
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/** Throws AppError `integrity-mismatch` where the bytes are no checkpoint, or not whole. */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const damaged = (what: string) => new AppError('integrity-mismatch', `The training checkpoint is damaged: ${what}.`);
  if (bytes.length < lengthBytes) throw damaged('it is too short');
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, lengthBytes).getBigUint64(0, true));
  const body = lengthBytes + length;
  if (body > bytes.length) throw damaged('its header is cut off');
  const { __metadata__: metadata, ...entries } = parseHeader(bytes.subarray(lengthBytes, body), damaged);
  const step = Number(isRecord(metadata) ? metadata['step'] : NaN);
  if (!Number.isInteger(step)) throw damaged('it names no step');
  const tensors = Object.entries(entries).map(([name, entry]) => {
    if (!isEntry(entry)) throw damaged(`the tensor ${name} is not described`);
    const [begin, end] = entry.data_offsets;
    const count = entry.shape.reduce((product, dim) => product * dim, 1);
    if (body + end > bytes.length || end - begin !== count * bytesPerElement) throw damaged(`${name} is cut off`);
    // Copied: a Buffer's own slice would be a view, at whatever offset.
    const data = new Float32Array(Uint8Array.from(bytes.subarray(body + begin, body + end)).buffer);
    return [name, { type: 'float32', dims: entry.shape, data }] as const;
  });
  return { step, tensors: Object.fromEntries(tensors) };
}

function parseHeader(bytes: Uint8Array, damaged: (what: string) => AppError): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (isRecord(header)) return header;
  } catch {
    throw damaged('its header is no JSON');
  }
  throw damaged('its header is no object');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSizes = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((size) => Number.isInteger(size) && size >= 0);

const isEntry = (value: unknown): value is HeaderEntry =>
  isRecord(value) &&
  value['dtype'] === 'F32' &&
  isSizes(value['shape']) &&
  isSizes(value['data_offsets']) &&
  value['data_offsets'].length === 2;
