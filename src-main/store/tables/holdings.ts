/** What hangs on each recording: verdicts, misses, exports, and how far it was looked at. */
import type { ReadDatabase } from '../database.ts';

export interface Holding {
  readonly recording: string;
  /** Where it was seen last. */
  readonly path: string;
  readonly camera: string;
  readonly bytes: number;
  readonly isScanned: boolean;
  readonly isReadable: boolean;
  readonly confirmed: number;
  readonly unsure: number;
  readonly open: number;
  readonly rejected: number;
  readonly misses: number;
  /** It, or a flag in it, was exported. */
  readonly isExported: boolean;
}

export interface Holdings {
  /** Of every recording whose file is there, in the order of their paths. */
  list(): Holding[];
}

type Row = Omit<Holding, 'isScanned' | 'isReadable' | 'isExported'> & {
  isScanned: number;
  isReadable: number;
  isExported: number;
};

export function createHoldings(database: ReadDatabase): Holdings {
  const every = database.query<Row>(/* sql */ `
    WITH
      counted AS (SELECT recording, sum(state = 'confirm') AS confirmed, sum(state = 'unsure') AS unsure,
        sum(state = 'open') AS open, sum(state = 'reject') AS rejected
        FROM flags INDEXED BY listed_flags_by_recording WHERE state IS NOT NULL GROUP BY recording),
      missed AS (SELECT recording, count(*) AS misses FROM misses WHERE removed_at_ms IS NULL GROUP BY recording),
      told AS (SELECT DISTINCT subject FROM audit_log WHERE kind = 'export'),
      exported AS (SELECT subject AS recording FROM told
        UNION SELECT f.recording FROM told JOIN flags f ON f.id = told.subject)
    SELECT r.id AS recording, p.path, c.name AS camera, r.bytes,
      EXISTS (SELECT 1 FROM scans s WHERE s.recording = r.id AND s.state = 'done') AS isScanned,
      r.status = 'ready' AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.recording = r.id) AS isReadable,
      coalesce(counted.confirmed, 0) AS confirmed, coalesce(counted.unsure, 0) AS unsure,
      coalesce(counted.open, 0) AS open, coalesce(counted.rejected, 0) AS rejected,
      coalesce(missed.misses, 0) AS misses, r.id IN (SELECT recording FROM exported) AS isExported
    FROM recordings r JOIN cameras c ON c.id = r.camera
      JOIN recording_paths p ON p.path = (SELECT path FROM recording_paths q WHERE q.recording = r.id
        ORDER BY seen_at_ms DESC, path DESC LIMIT 1)
      LEFT JOIN counted ON counted.recording = r.id LEFT JOIN missed ON missed.recording = r.id
    ORDER BY p.path`);
  return {
    list: () =>
      every.all().map(({ isScanned, isReadable, isExported, ...row }) => ({
        ...row,
        isScanned: isScanned === 1,
        isReadable: isReadable === 1,
        isExported: isExported === 1,
      })),
  };
}
