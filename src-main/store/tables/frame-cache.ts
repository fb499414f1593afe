/** Index of the per-frame cache: which part of which blob holds what perception saw in a frame; least used goes first. */
import type { Blobs } from '../blobs.ts';
import type { WriteDatabase } from '../database.ts';

/** Which bytes [offset, offset + length) of a blob hold what was seen in a frame. */
export interface FramePart {
  /** Presentation time in ms from the first video frame, rounded. */
  readonly timeMs: number;
  readonly offset: number;
  readonly length: number;
}

export interface CachedFrame extends FramePart {
  /** Hash of the blob. */
  readonly blob: string;
}

export interface FrameCache {
  /** Enters the frames of a blob that is stored already; a frame that was there is read from this blob from now on. */
  put(
    recording: string,
    perceptionKey: string,
    blob: { readonly hash: string; readonly bytes: number; readonly frames: readonly FramePart[] },
    atMs: number,
  ): void;
  /** The cached ones among the frames at `timesMs`, in order of time. */
  find(recording: string, perceptionKey: string, timesMs: readonly number[], atMs: number): CachedFrame[];
  /** All cached frames in [startMs, endMs), in order of time. */
  between(recording: string, perceptionKey: string, startMs: number, endMs: number, atMs: number): CachedFrame[];
  /** Sum of the cache's blobs. */
  bytes(): number;
  /**
   * Deletes the least recently used blobs until at most `maxBytes` are left, rows first, then files that nothing else
   * names. Not while tasks run that were handed paths of cached blobs.
   */
  evict(maxBytes: number): Promise<{ readonly blobs: number; readonly bytes: number }>;
  /** Writes down what was used since the last time; the store does so when it closes. */
  flushUse(): void;
}

interface Row extends CachedFrame {
  blobId: number;
}

const FRAMES = /* sql */ `
  SELECT f.time_ms AS timeMs, b.hash AS blob, b.id AS blobId, f.byte_offset AS offset, f.byte_length AS length
  FROM frame_sets s
    JOIN frame_cache f ON f.frame_set = s.id
    JOIN frame_blobs b ON b.id = f.blob
  WHERE s.recording = @recording AND s.perception_key = @perceptionKey`;

/** Exported for the test of their plans. */
export const frameQueries = {
  find: `${FRAMES} AND f.time_ms IN (SELECT value FROM json_each(@timesMs)) ORDER BY f.time_ms`,
  between: `${FRAMES} AND f.time_ms >= @startMs AND f.time_ms < @endMs ORDER BY f.time_ms`,
} as const;

export function createFrameCache(database: WriteDatabase, blobs: Pick<Blobs, 'remove'>): FrameCache {
  const find = database.query<Row>(frameQueries.find);
  const between = database.query<Row>(frameQueries.between);
  const addSet = database.command(/* sql */ `
    INSERT INTO frame_sets (recording, perception_key) VALUES (@recording, @perceptionKey)
    ON CONFLICT (recording, perception_key) DO NOTHING`);
  const setId = database.query<{ id: number }>(
    'SELECT id FROM frame_sets WHERE recording = @recording AND perception_key = @perceptionKey',
  );
  const addBlob = database.command(/* sql */ `
    INSERT INTO frame_blobs (hash, bytes, used_at_ms) VALUES (@hash, @bytes, @atMs)
    ON CONFLICT (hash) DO UPDATE SET used_at_ms = max(used_at_ms, excluded.used_at_ms)`);
  const blobId = database.query<{ id: number }>('SELECT id FROM frame_blobs WHERE hash = @hash');
  const putFrame = database.command(/* sql */ `
    INSERT OR REPLACE INTO frame_cache (frame_set, time_ms, blob, byte_offset, byte_length)
    VALUES (@set, @timeMs, @blob, @offset, @length)`);
  const use = database.command('UPDATE frame_blobs SET used_at_ms = max(used_at_ms, @atMs) WHERE id = @id');
  const total = database.query<{ bytes: number }>('SELECT coalesce(sum(bytes), 0) AS bytes FROM frame_blobs');
  const leastUsed = database.query<{ id: number; hash: string; bytes: number }>(/* sql */ `
    SELECT id, hash, bytes FROM (
      SELECT id, hash, bytes, sum(bytes) OVER (ORDER BY used_at_ms DESC, id DESC) AS kept FROM frame_blobs
    ) WHERE kept > @maxBytes`);
  const removeBlob = database.command('DELETE FROM frame_blobs WHERE id = @id');
  const namedElsewhere = database.query<{ named: number }>(/* sql */ `
    SELECT EXISTS (SELECT 1 FROM triage WHERE blob = @hash) OR EXISTS (SELECT 1 FROM episodes WHERE trajectory = @hash)
      OR EXISTS (SELECT 1 FROM flags WHERE trajectory = @hash)
      OR EXISTS (SELECT 1 FROM policy_versions WHERE weights = @hash) AS named`);

  /** Reading must not wait for a disk, so uses are gathered here. */
  const used = new Map<number, number>();
  const flushUse = () => {
    if (used.size === 0) return;
    database.transaction(() => used.forEach((atMs, id) => use.run({ id, atMs })));
    used.clear();
  };
  const noteUse = (rows: Row[], atMs: number): CachedFrame[] =>
    rows.map(({ blobId: id, ...frame }) => {
      used.set(id, atMs);
      return frame;
    });
  const required = (row: { id: number } | undefined): number => {
    if (row === undefined) throw new RangeError('a row that was just written is not there');
    return row.id;
  };

  return {
    put: (recording, perceptionKey, { hash, bytes, frames }, atMs) =>
      database.transaction(() => {
        addSet.run({ recording, perceptionKey });
        addBlob.run({ hash, bytes, atMs });
        const set = required(setId.get({ recording, perceptionKey }));
        const blob = required(blobId.get({ hash }));
        for (const { timeMs, offset, length } of frames) putFrame.run({ set, timeMs, blob, offset, length });
      }),
    find: (recording, perceptionKey, timesMs, atMs) =>
      noteUse(find.all({ recording, perceptionKey, timesMs: JSON.stringify(timesMs) }), atMs),
    between: (recording, perceptionKey, startMs, endMs, atMs) =>
      noteUse(between.all({ recording, perceptionKey, startMs, endMs }), atMs),
    bytes: () => total.get()?.bytes ?? 0,
    async evict(maxBytes) {
      flushUse();
      const evicted = database.transaction(() => {
        const rows = leastUsed.all({ maxBytes });
        rows.forEach(({ id }) => removeBlob.run({ id }));
        return rows;
      });
      for (const { hash } of evicted) {
        if (namedElsewhere.get({ hash })?.named !== 1) await blobs.remove(hash);
      }
      return { blobs: evicted.length, bytes: evicted.reduce((sum, { bytes }) => sum + bytes, 0) };
    },
    flushUse,
  };
}
