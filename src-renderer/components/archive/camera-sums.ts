/** The sums of several cameras as those of one. */
import type { CameraSummary } from '../../../src-main/contract/recording.ts';

export type ArchiveSums = Omit<CameraSummary, 'camera'>;

const empty: ArchiveSums = {
  recordings: 0,
  seconds: 0,
  bytes: 0,
  scanned: 0,
  flags: 0,
  openFlags: 0,
  firstUtcMs: null,
  lastUtcMs: null,
};

const chosen = (pick: (...values: number[]) => number, a: number | null, b: number | null) =>
  a === null ? b : b === null ? a : pick(a, b);

export const sumOf = (cameras: readonly ArchiveSums[]): ArchiveSums =>
  cameras.reduce(
    (sum, camera) => ({
      recordings: sum.recordings + camera.recordings,
      seconds: sum.seconds + camera.seconds,
      bytes: sum.bytes + camera.bytes,
      scanned: sum.scanned + camera.scanned,
      flags: sum.flags + camera.flags,
      openFlags: sum.openFlags + camera.openFlags,
      firstUtcMs: chosen(Math.min, sum.firstUtcMs, camera.firstUtcMs),
      lastUtcMs: chosen(Math.max, sum.lastUtcMs, camera.lastUtcMs),
    }),
    empty,
  );
