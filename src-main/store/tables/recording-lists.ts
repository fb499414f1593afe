/** Recordings as lists show them: which, in what order, with how many flags each, and summed up by camera. */
import type { RecordingOrder } from '../../contract/calls/archive.ts';
import type { CameraSummary, RecordingRow } from '../../contract/recording.ts';
import type { ReadDatabase } from '../database.ts';
import { jsonOf } from './json.ts';
import { RECORDING_COLUMNS, type RecordingColumns, recordingFrom } from './recordings.ts';
import { whileUnchanged } from './while-unchanged.ts';

export interface RecordingLists {
  /** Ids of the recordings of these cameras (names; all where none are given). */
  find(filter: { readonly cameras?: readonly string[] | undefined; readonly order: RecordingOrder }): string[];
  /** Those of `ids` that there are, in that order. */
  rows(ids: readonly string[]): RecordingRow[];
  /** In the order of the cameras' names; cameras of one name are one. */
  byCamera(): CameraSummary[];
  count(): number;
}

const PATH = `coalesce((SELECT path FROM recording_paths p WHERE p.recording = r.id
  ORDER BY seen_at_ms DESC, path DESC LIMIT 1), r.last_path)`;
const CAMERA_ORDER = `c.name, r.clock_utc_ms IS NULL, r.clock_utc_ms + c.clock_offset_ms, r.last_path, r.id`;
const OPEN_FLAGS = `(SELECT count(*) FROM flags f INDEXED BY listed_flags_by_recording
  WHERE f.recording = r.id AND f.state IS NOT NULL AND f.state = 'open')`;

const find = (order: string) => /* sql */ `
  SELECT r.id FROM recordings r JOIN cameras c ON c.id = r.camera
  WHERE @cameras IS NULL OR c.name IN (SELECT value FROM json_each(@cameras)) ORDER BY ${order}`;

/** Exported for the test of their plans. */
export const recordingListQueries = {
  rows: /* sql */ `
    SELECT ${RECORDING_COLUMNS}, ${OPEN_FLAGS} AS openFlags,
      (SELECT count(*) FROM flags f INDEXED BY listed_flags_by_recording
        WHERE f.recording = r.id AND f.state IS NOT NULL) AS flags,
      EXISTS (SELECT 1 FROM scans s WHERE s.recording = r.id AND s.state = 'done') AS scanned
    FROM recordings r JOIN cameras c ON c.id = r.camera WHERE r.id IN (SELECT value FROM json_each(@ids))`,
  // Each part is grouped in the order of its index: one join of all would sort every recording, and flags that are gone
  // to camera by camera are read all over their index.
  byCamera: /* sql */ `
    WITH
      held AS (SELECT camera, count(*) AS recordings, sum(seconds) AS seconds, sum(bytes) AS bytes,
        min(clock_utc_ms) AS first_ms, max(clock_utc_ms + 1000 * seconds) AS last_ms,
        sum(EXISTS (SELECT 1 FROM scans s WHERE s.recording = r.id AND s.state = 'done')) AS scanned
        FROM recordings r GROUP BY camera),
      counted AS (SELECT recording, count(*) AS flags, sum(state = 'open') AS open_flags
        FROM flags INDEXED BY listed_flags_by_recording WHERE state IS NOT NULL GROUP BY recording),
      flagged AS (SELECT r.camera, sum(counted.flags) AS flags, sum(counted.open_flags) AS open_flags
        FROM counted CROSS JOIN recordings r ON r.id = counted.recording GROUP BY r.camera)
    SELECT c.name AS camera, sum(held.recordings) AS recordings, sum(held.seconds) AS seconds, sum(held.bytes) AS bytes,
      sum(held.scanned) AS scanned, coalesce(sum(flagged.flags), 0) AS flags,
      coalesce(sum(flagged.open_flags), 0) AS openFlags, min(held.first_ms + c.clock_offset_ms) AS firstUtcMs,
      CAST(max(held.last_ms + c.clock_offset_ms) AS INTEGER) AS lastUtcMs
    FROM cameras c JOIN held ON held.camera = c.id LEFT JOIN flagged ON flagged.camera = c.id
    GROUP BY c.name ORDER BY c.name`,
} as const;

export function createRecordingLists(database: ReadDatabase): RecordingLists {
  const inOrder = {
    camera: database.column<string>(find(CAMERA_ORDER)),
    path: database.column<string>(find(`${PATH}, r.id`)),
    flags: database.column<string>(find(`${OPEN_FLAGS} DESC, ${CAMERA_ORDER}`)),
    length: database.column<string>(find(`r.seconds DESC, ${CAMERA_ORDER}`)),
  };
  const rows = database.query<RecordingColumns & { flags: number; openFlags: number; scanned: number }>(
    recordingListQueries.rows,
  );
  const byCamera = database.query<CameraSummary>(recordingListQueries.byCamera);
  const count = database.query<{ recordings: number }>('SELECT count(*) AS recordings FROM recordings');
  return {
    find: ({ cameras, order }) => inOrder[order].all({ cameras: cameras === undefined ? null : jsonOf(cameras) }),
    rows(ids) {
      const found = new Map(
        rows.all({ ids: jsonOf(ids) }).map((row): [string, RecordingRow] => {
          const { flags, openFlags, scanned } = row;
          return [row.id, { ...recordingFrom(row), flags, openFlags, scanned: scanned === 1 }];
        }),
      );
      return ids.flatMap((id) => found.get(id) ?? []);
    },
    byCamera: whileUnchanged(database, () => byCamera.all()),
    count: () => count.get()?.recordings ?? 0,
  };
}
