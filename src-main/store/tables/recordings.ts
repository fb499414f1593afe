/** Recordings by their content, and every path at which each was seen. */
import type { Clock, Recording } from '../../contract/recording.ts';
import type { WriteDatabase } from '../database.ts';

type Video = NonNullable<Recording['video']>;

/** A file as the file system showed it when it was read. */
export interface SeenFile {
  readonly path: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

/** A recording's clock before the camera's correction. */
export interface RawClock extends Clock {
  /** The camera's own reading `YYYY-MM-DDTHH:MM:SS.mmm`, where it was not in UTC: what a change of time zone starts from. */
  readonly local: string | null;
}

export interface NewRecording {
  readonly id: string;
  /** Id of a camera that exists. */
  readonly camera: string;
  readonly bytes: number;
  readonly clock: RawClock;
  readonly video: Video;
  readonly addedAtMs: number;
}

export interface KnownPath extends SeenFile {
  readonly recording: string;
  readonly seenAtMs: number;
}

export interface Recordings {
  /** Enters a recording with the path where it was found; a known one only gets the path. One transaction. */
  add(recording: NewRecording, file: SeenFile): 'added' | 'known';
  /** Notes that `file` holds the known recording `id`; a path that held another one before holds this one now. */
  addPath(id: string, file: SeenFile, atMs: number): void;
  /** Notes that the files at `paths` are there, unchanged. */
  touch(paths: readonly string[], atMs: number): void;
  forgetPath(path: string): void;
  /** What is known of the file at `path`. */
  at(path: string): KnownPath | undefined;
  /** Where the recording was seen, newest first. */
  pathsOf(id: string): KnownPath[];
  /** Known paths that are `folder` itself or below it, in order; with `seenBefore` only those not seen since. */
  pathsUnder(folder: string, separator: string, seenBeforeMs?: number): KnownPath[];
  get(id: string): Recording | undefined;
  list(filter?: { readonly camera?: string }): Recording[];
  /** Id of the camera that made it. */
  cameraOf(id: string): string | undefined;
  /** The full hash, once it was computed. */
  sha256Of(id: string): string | null;
  setSha256(id: string, sha256: string): void;
  /** Marks a recording whose footage turned out not to be readable, or (null) readable after all. */
  setUnreadable(id: string, reason: string | null): void;
  /** The uncorrected clocks of a camera's recordings. */
  clocksOf(camera: string): { readonly id: string; readonly clock: RawClock }[];
  setClocks(clocks: readonly { readonly id: string; readonly utcMs: number | null }[]): void;
}

/** What `RECORDING_COLUMNS` are read as. */
export interface RecordingColumns extends Video {
  id: string;
  camera: string;
  path: string | null;
  lastPath: string;
  bytes: number;
  status: 'ready' | 'unreadable';
  reason: string | null;
  quarantined: string | null;
  clockSource: Clock['source'];
  clockText: string;
  clockUtcMs: number | null;
}

/** Columns of a recording `r` of a camera `c`. */
export const RECORDING_COLUMNS = /* sql */ `
  r.id, c.name AS camera, r.bytes, r.status, r.reason, r.last_path AS lastPath,
    r.seconds, r.width, r.height, r.rotation, r.frame_rate AS frameRate, r.codec, r.container,
    r.clock_source AS clockSource, r.clock_text AS clockText, r.clock_utc_ms + c.clock_offset_ms AS clockUtcMs,
    (SELECT path FROM recording_paths p WHERE p.recording = r.id ORDER BY seen_at_ms DESC, path DESC LIMIT 1) AS path,
    (SELECT reason FROM quarantine q WHERE q.recording = r.id LIMIT 1) AS quarantined`;

const SELECT = `SELECT ${RECORDING_COLUMNS} FROM recordings r JOIN cameras c ON c.id = r.camera`;

const PATH = 'path, recording, bytes, mtime_ms AS mtimeMs, seen_at_ms AS seenAtMs';

/** `changed` is called whenever a list of recordings would show something else. */
export function createRecordings(database: WriteDatabase, changed: () => void): Recordings {
  const byId = database.query<RecordingColumns>(`${SELECT} WHERE r.id = @id`);
  const every = database.query<RecordingColumns>(`${SELECT} ORDER BY c.name, r.clock_utc_ms, r.last_path, r.id`);
  const ofCamera = database.query<RecordingColumns>(
    `${SELECT} WHERE r.camera = @camera ORDER BY r.clock_utc_ms, r.last_path, r.id`,
  );
  const pathAt = database.query<KnownPath>(`SELECT ${PATH} FROM recording_paths WHERE path = @path`);
  const pathsOf = database.query<KnownPath>(
    `SELECT ${PATH} FROM recording_paths WHERE recording = @id ORDER BY seen_at_ms DESC, path DESC`,
  );
  // U+10FFFF sorts after every path that begins with the prefix.
  const pathsUnder = database.query<KnownPath>(
    `SELECT ${PATH} FROM recording_paths
     WHERE (path = @folder OR path BETWEEN @prefix AND @prefix || char(1114111)) AND seen_at_ms < @seenBeforeMs
     ORDER BY path`,
  );
  const insert = database.command(/* sql */ `
    INSERT INTO recordings (id, camera, bytes, seconds, width, height, rotation, frame_rate, codec, container,
      clock_source, clock_text, clock_local, clock_utc_ms, last_path, added_at_ms)
    VALUES (@id, @camera, @bytes, @seconds, @width, @height, @rotation, @frameRate, @codec, @container,
      @clockSource, @clockText, @clockLocal, @clockUtcMs, @path, @addedAtMs)
    ON CONFLICT (id) DO NOTHING`);
  const putPath = database.command(/* sql */ `
    INSERT OR REPLACE INTO recording_paths (path, recording, bytes, mtime_ms, seen_at_ms)
    VALUES (@path, @id, @bytes, @mtimeMs, @atMs)`);
  const setLastPath = database.command('UPDATE recordings SET last_path = @path WHERE id = @id');
  const touch = database.command('UPDATE recording_paths SET seen_at_ms = @atMs WHERE path = @path');
  const forget = database.command('DELETE FROM recording_paths WHERE path = @path');
  const sha256 = database.query<{ sha256: string | null }>('SELECT sha256 FROM recordings WHERE id = @id');
  const setSha256 = database.command('UPDATE recordings SET sha256 = @sha256 WHERE id = @id');
  const setStatus = database.command('UPDATE recordings SET status = @status, reason = @reason WHERE id = @id');
  const cameraOf = database.query<{ camera: string }>('SELECT camera FROM recordings WHERE id = @id');
  const clocksOf = database.query<RawClock & { id: string }>(/* sql */ `
    SELECT id, clock_local AS local, clock_utc_ms AS utcMs, clock_source AS source, clock_text AS text
    FROM recordings WHERE camera = @camera`);
  const setClock = database.command('UPDATE recordings SET clock_utc_ms = @utcMs WHERE id = @id');

  const addPath = (id: string, { path, bytes, mtimeMs }: SeenFile, atMs: number) => {
    putPath.run({ id, path, bytes, mtimeMs, atMs });
    setLastPath.run({ id, path });
    changed();
  };
  return {
    add: ({ id, camera, bytes, clock, video, addedAtMs }, file) =>
      database.transaction(() => {
        const { seconds, width, height, rotation, frameRate, codec, container } = video;
        const shown = { seconds, width, height, rotation, frameRate, codec, container };
        const time = {
          clockSource: clock.source,
          clockText: clock.text,
          clockLocal: clock.local,
          clockUtcMs: clock.utcMs,
        };
        const inserted = insert.run({ ...shown, ...time, id, camera, bytes, addedAtMs, path: file.path });
        addPath(id, file, addedAtMs);
        return inserted === 1 ? 'added' : 'known';
      }),
    addPath: (id, file, atMs) => database.transaction(() => addPath(id, file, atMs)),
    touch: (paths, atMs) => database.transaction(() => paths.forEach((path) => touch.run({ path, atMs }))),
    forgetPath(path) {
      if (forget.run({ path }) > 0) changed();
    },
    at: (path) => pathAt.get({ path }),
    pathsOf: (id) => pathsOf.all({ id }),
    pathsUnder: (folder, separator, seenBeforeMs = Number.MAX_SAFE_INTEGER) =>
      pathsUnder.all({ folder, prefix: folder.endsWith(separator) ? folder : folder + separator, seenBeforeMs }),
    get(id) {
      const row = byId.get({ id });
      return row === undefined ? undefined : recordingFrom(row);
    },
    list: ({ camera } = {}) => (camera === undefined ? every.all() : ofCamera.all({ camera })).map(recordingFrom),
    sha256Of: (id) => sha256.get({ id })?.sha256 ?? null,
    setSha256: (id, value) => void setSha256.run({ id, sha256: value }),
    setUnreadable(id, reason) {
      setStatus.run({ id, reason, status: reason === null ? 'ready' : 'unreadable' });
      changed();
    },
    cameraOf: (id) => cameraOf.get({ id })?.camera,
    clocksOf: (camera) => clocksOf.all({ camera }).map(({ id, ...clock }) => ({ id, clock })),
    setClocks(clocks) {
      database.transaction(() => clocks.forEach(({ id, utcMs }) => setClock.run({ id, utcMs })));
      changed();
    },
  };
}

export function recordingFrom(row: RecordingColumns): Recording {
  const { seconds, width, height, rotation, frameRate, codec, container } = row;
  return {
    id: row.id,
    path: row.path ?? row.lastPath,
    camera: row.camera,
    clock: { utcMs: row.clockUtcMs, source: row.clockSource, text: row.clockText },
    bytes: row.bytes,
    ...statusFrom(row),
    video: { seconds, width, height, rotation, frameRate, codec, container },
  };
}

function statusFrom(row: RecordingColumns): Pick<Recording, 'status' | 'reason'> {
  if (row.quarantined !== null) return { status: 'quarantined', reason: row.quarantined };
  if (row.status === 'unreadable') return { status: 'unreadable', reason: row.reason };
  if (row.path === null)
    return { status: 'unreadable', reason: `The file is gone; it was last seen at ${row.lastPath}.` };
  return { status: 'ready', reason: null };
}
