/** The binary form of a recording's triage: versioned and exact. */
import { type BinaryFormat, sealed, unsealed } from './binary.ts';
import type { Triage } from './triage.ts';

const format: BinaryFormat = { what: 'A file of triage', magic: 'APTR', version: 1 };

/** `readTriage(writeTriage(triage))` equals `triage` bit by bit. */
export function writeTriage({ seconds, activity, frameTimes, framesDecoded }: Triage): Uint8Array {
  const bins = activity.activity;
  const size = 8 + 3 * 4 + bins.length * 4 + frameTimes.length * 8;
  return sealed(format, size, (writer) => {
    writer.float64(seconds);
    for (const count of [framesDecoded, bins.length, frameTimes.length]) writer.uint32(count);
    writer.float32s(bins, bins.length);
    for (const time of frameTimes) writer.float64(time);
  });
}

/** Throws `integrity-mismatch` where the bytes are damaged, cut off, or of another format version. */
export function readTriage(bytes: Uint8Array): Triage {
  return unsealed(format, bytes, (reader) => {
    const seconds = reader.float64();
    const framesDecoded = reader.uint32();
    const [bins, frames] = [reader.uint32(), reader.uint32()];
    return {
      seconds,
      framesDecoded,
      activity: { secondsPerBin: 1, activity: reader.float32s(bins) },
      frameTimes: reader.float64s(frames),
    };
  });
}
