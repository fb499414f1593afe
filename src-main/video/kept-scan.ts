/** A scan as bytes, so that a recording of hours is read through once and not at every opening. */
import { deserialize, serialize } from 'node:v8';
import { getFFmpegInfo } from 'node-av/lib';
import type { Scan } from './scan.ts';

/** Another FFmpeg may count the packets of a damaged file in another way. */
const form = () => `scan 1, FFmpeg ${getFFmpegInfo().version}`;

export function bytesOfScan(scan: Scan): Uint8Array {
  return serialize({ form: form(), scan });
}

/** Null where the bytes are not a scan of this program's: it is made anew. */
export function scanFromBytes(bytes: Uint8Array): Scan | null {
  try {
    const kept = deserialize(bytes) as { readonly form?: unknown; readonly scan: Scan } | null;
    return kept?.form === form() ? kept.scan : null;
  } catch {
    return null; // Cut off or damaged.
  }
}
