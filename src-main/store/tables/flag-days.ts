/** The archive by time: recordings and flags of quarters of an hour for a calendar, and of one stretch for its recap. */
import { flagStates } from '../../contract/calls/review.ts';
import type { StateCounts } from '../../contract/overview.ts';
import type { ReadDatabase, SqlParameters } from '../database.ts';
import { flagConditions } from './flag-filter.ts';
import { BY_CLOCK, STATE_COUNTS } from './flag-queue.ts';
import { jsonOf } from './json.ts';

/** Wall-clock time in ms since the epoch, `[from, until)`; `cameras` by name, all where none are given. */
export interface TimeSpan {
  readonly from: number;
  readonly until: number;
  readonly cameras?: readonly string[] | undefined;
}

/** Every time zone is off by whole ones of these. */
export const quarterMs = 900_000;

/** `quarter` is the time in units of `quarterMs` since the epoch. */
interface RecordedQuarter {
  readonly quarter: number;
  readonly recordings: number;
  readonly seconds: number;
}
type FlaggedQuarter = StateCounts & { readonly quarter: number };

interface RecordedCamera {
  readonly camera: string;
  readonly recordings: number;
  /** Within the time. */
  readonly seconds: number;
  readonly scanned: number;
}

export interface FlagDays {
  /** Recordings by when they began. */
  recorded(span: TimeSpan): RecordedQuarter[];
  /** Flags by when they start. */
  flagged(span: TimeSpan): FlaggedQuarter[];
  /** Listed flags of recordings without a clock. */
  undated(cameras?: readonly string[]): number;
  /** Recordings of which some part lies in the time, by the names of their cameras. */
  byCamera(span: TimeSpan): RecordedCamera[];
  /** Flags that start in the time, by camera and by class, in the order of the names. */
  flagsByCamera(span: TimeSpan): (StateCounts & { readonly name: string })[];
  flagsByClass(span: TimeSpan): (StateCounts & { readonly name: string })[];
}

const CLOCK = 'r.clock_utc_ms + c.clock_offset_ms';
const NAMED = '(@cameras IS NULL OR c.name IN (SELECT value FROM json_each(@cameras)))';
const LONGEST_MS = '(SELECT 1000 * max(seconds) FROM recordings)';

/** Exported for the test of their plans. */
export const dayQueries = {
  recorded: /* sql */ `
    SELECT CAST(floor((${CLOCK}) / ${quarterMs}.0) AS INTEGER) AS quarter, count(*) AS recordings, sum(r.seconds) AS seconds
    FROM cameras c CROSS JOIN recordings r ON r.camera = c.id
    WHERE r.clock_utc_ms >= @from - c.clock_offset_ms AND r.clock_utc_ms < @until - c.clock_offset_ms AND ${NAMED}
    GROUP BY quarter ORDER BY quarter`,
  undated: /* sql */ `
    SELECT count(*) AS flags FROM cameras c CROSS JOIN recordings r ON r.camera = c.id AND r.clock_utc_ms IS NULL
      CROSS JOIN flags f INDEXED BY listed_flags_by_recording ON f.recording = r.id AND f.state IS NOT NULL
    WHERE ${NAMED}`,
  byCamera: /* sql */ `
    SELECT c.name AS camera, count(*) AS recordings,
      sum((min(${CLOCK} + 1000 * r.seconds, @until) - max(${CLOCK}, @from)) / 1000.0) AS seconds,
      sum(EXISTS (SELECT 1 FROM scans s WHERE s.recording = r.id AND s.state = 'done')) AS scanned
    FROM cameras c CROSS JOIN recordings r ON r.camera = c.id
    WHERE r.clock_utc_ms >= @from - c.clock_offset_ms - ${LONGEST_MS} AND r.clock_utc_ms < @until - c.clock_offset_ms
      AND ${CLOCK} + 1000 * r.seconds > @from AND ${NAMED}
    GROUP BY c.name ORDER BY c.name`,
} as const;

const SUMS = flagStates.map((state) => `sum("${state}") AS "${state}"`).join(', ');

/** Exported for the test of their plans. */
export const flagDayQueries = {
  quarter: (where: string) => `SELECT CAST(floor(f.clock_ms / ${quarterMs}.0) AS INTEGER) AS quarter, ${STATE_COUNTS}
    FROM ${BY_CLOCK} WHERE ${where} GROUP BY quarter ORDER BY quarter`,
  camera: (where: string) => `SELECT c.name, ${SUMS}
    FROM (SELECT f.recording, ${STATE_COUNTS} FROM ${BY_CLOCK} WHERE ${where} GROUP BY f.recording) counted
      JOIN recordings r ON r.id = counted.recording JOIN cameras c ON c.id = r.camera GROUP BY c.name ORDER BY c.name`,
  class: (where: string) => `SELECT f.listed_class AS name, ${STATE_COUNTS} FROM ${BY_CLOCK} WHERE ${where}
    GROUP BY f.listed_class ORDER BY f.listed_class`,
} as const;

export function createFlagDays(database: ReadDatabase): FlagDays {
  const recorded = database.query<RecordedQuarter>(dayQueries.recorded);
  const undated = database.query<{ flags: number }>(dayQueries.undated);
  const byCamera = database.query<RecordedCamera>(dayQueries.byCamera);
  const named = (cameras: readonly string[] | undefined) => (cameras === undefined ? null : jsonOf(cameras));
  const spanOf = ({ from, until, cameras }: TimeSpan): SqlParameters => ({ from, until, cameras: named(cameras) });
  const counted = <Row extends object>(sqlOf: (where: string) => string, span: TimeSpan): Row[] => {
    const { where, parameters } = flagConditions(span);
    return database.query<Row>(sqlOf(where)).all(parameters);
  };
  return {
    recorded: (span) => recorded.all(spanOf(span)),
    flagged: (span) => counted(flagDayQueries.quarter, span),
    undated: (cameras) => undated.get({ cameras: named(cameras) })?.flags ?? 0,
    byCamera: (span) => byCamera.all(spanOf(span)),
    flagsByCamera: (span) => counted(flagDayQueries.camera, span),
    flagsByClass: (span) => counted(flagDayQueries.class, span),
  };
}
