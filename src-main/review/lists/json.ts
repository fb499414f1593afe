/** Flags as JSON for other programs. */
import { type ExportedFlag, flagRecord } from './exported-flag.ts';

export const flagsJson = (flags: readonly ExportedFlag[], exportedAtMs: number): string =>
  `${JSON.stringify(
    { format: 'anom-pi flags 1', exportedAt: new Date(exportedAtMs).toISOString(), flags: flags.map(flagRecord) },
    null,
    1,
  )}\n`;
