/** Recordings along the wall clock: those of a camera within a span, and each camera at one moment. */
import type { Footage } from '../../contract/footage.ts';
import type { ReadDatabase } from '../database.ts';
import { jsonOf } from './json.ts';

/** A recording of a span, without what lies in blobs. */
export type SpanFootage = Omit<Footage, 'activity'>;

/** A camera at a moment; `recording` runs then, the times are of its neighbours. */
export interface MomentFootage {
  readonly camera: string;
  readonly clockOffsetMs: number;
  readonly timeZone: string | null;
  readonly recording: string | null;
  readonly endedUtcMs: number | null;
  readonly beginsUtcMs: number | null;
}

export interface FootageTable {
  /** Recordings of the camera (its name) that run at some time in [from, to), by the wall clock. */
  span(camera: string, fromUtcMs: number, toUtcMs: number): SpanFootage[];
  /** Every camera, by name; those that have a clock at all. */
  moment(utcMs: number): MomentFootage[];
}

type FlagRow = Footage['flags'][number] & { readonly recording: string };

/** Exported for the test of their plans. */
export const footageQueries = {
  span: /* sql */ `
    SELECT r.id AS recording, r.clock_utc_ms + c.clock_offset_ms AS utcMs, r.seconds,
      coalesce((SELECT path FROM recording_paths p WHERE p.recording = r.id
        ORDER BY seen_at_ms DESC, path DESC LIMIT 1), r.last_path) AS path,
      EXISTS (SELECT 1 FROM scans s WHERE s.recording = r.id AND s.state = 'done') AS scanned
    FROM cameras c JOIN recordings r ON r.camera = c.id
    WHERE c.name = @camera AND r.clock_utc_ms < @to - c.clock_offset_ms
      AND r.clock_utc_ms + 1000 * r.seconds > @from - c.clock_offset_ms
    ORDER BY r.clock_utc_ms, r.id`,
  flags: /* sql */ `
    SELECT f.recording, f.id, coalesce(v.starts, f.starts) AS start, coalesce(v.ends, f.ends) AS "end",
      f.listed_class AS class, f.score, f.state
    FROM flags f INDEXED BY listed_flags_by_recording LEFT JOIN verdicts v ON v.id = f.verdict
    WHERE f.recording IN (SELECT value FROM json_each(@recordings)) AND f.state IS NOT NULL
    ORDER BY f.recording, start, f.id`,
  // The recording that began last before the moment decides: of two that overlap, the later one is shown.
  moment: /* sql */ `
    SELECT c.name AS camera, c.clock_offset_ms AS clockOffsetMs, c.time_zone AS timeZone,
      CASE WHEN l.clock_utc_ms + 1000 * l.seconds > @at - c.clock_offset_ms THEN l.id END AS recording,
      CASE WHEN l.clock_utc_ms + 1000 * l.seconds <= @at - c.clock_offset_ms
        THEN CAST(l.clock_utc_ms + 1000 * l.seconds AS INTEGER) + c.clock_offset_ms END AS endedUtcMs,
      (SELECT min(n.clock_utc_ms) FROM recordings n
        WHERE n.camera = c.id AND n.clock_utc_ms > @at - c.clock_offset_ms) + c.clock_offset_ms AS beginsUtcMs
    FROM cameras c LEFT JOIN recordings l ON l.id = (SELECT b.id FROM recordings b
      WHERE b.camera = c.id AND b.clock_utc_ms <= @at - c.clock_offset_ms ORDER BY b.clock_utc_ms DESC, b.id LIMIT 1)
    ORDER BY c.name, c.id`,
} as const;

export function createFootage(database: ReadDatabase): FootageTable {
  const span = database.query<Omit<SpanFootage, 'flags' | 'scanned'> & { scanned: number }>(footageQueries.span);
  const flags = database.query<FlagRow>(footageQueries.flags);
  const moment = database.query<MomentFootage>(footageQueries.moment);
  return {
    span(camera, from, to) {
      const rows = span.all({ camera, from, to });
      const found = flags.all({ recordings: jsonOf(rows.map(({ recording }) => recording)) });
      const byRecording = Map.groupBy(found, ({ recording }) => recording);
      return rows.map((row) => ({
        ...row,
        scanned: row.scanned === 1,
        flags: (byRecording.get(row.recording) ?? []).map(({ recording: _recording, ...flag }) => flag),
      }));
    },
    moment: (utcMs) => moment.all({ at: utcMs }),
  };
}
