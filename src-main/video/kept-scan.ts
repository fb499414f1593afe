/** A scan as bytes, so that a recording of hours is read through once and not at every opening. */
import { deserialize, serialize } from 'node:v8';
import { getFFmpegInfo } from 'node-av/lib';
import { AppError } from '../contract/errors.ts';
import type { Scan } from './scan.ts';

/** Another FFmpeg may count the packets of a damaged file in another way. */
const form = () => `scan 1, FFmpeg ${getFFmpegInfo().version}`;

export function bytesOfScan(scan: Scan): Uint8Array {
  return serialize({ form: form(), scan });
}

/** Errors: `integrity-mismatch` where the bytes are not such a scan: cut off, damaged, or of another version. */
export function scanFromBytes(bytes: Uint8Array): Scan {
  let kept: { readonly form?: unknown; readonly scan: Scan } | null;
  try {
    kept = deserialize(bytes) as typeof kept;
  } catch (cause) {
    throw new AppError('integrity-mismatch', 'What was kept of the packets of a recording is damaged.', { cause });
  }
  if (kept?.form === form()) return kept.scan;
  throw new AppError('integrity-mismatch', 'What was kept of the packets of a recording is of another version.');
}
