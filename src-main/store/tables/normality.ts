/** What is learned of each camera: a part for every recording, and the latest snapshot made of a camera's parts. */
import type { WriteDatabase } from '../database.ts';
import type { Audit } from './audit.ts';

export interface NormalitySnapshot {
  /** Hash of the blob. */
  readonly blob: string;
  /** Recordings that it was made of. */
  readonly parts: number;
  readonly madeAtMs: number;
}

/** `key` names what made a part: versions and models. Parts of different keys are never mixed. */
export interface NormalityTable {
  /** Replaces what the recording taught before. */
  putPart(recording: string, key: string, blob: string, atMs: number): void;
  /** Hashes of the parts of a camera's recordings, in the order of the recordings' ids. */
  parts(camera: string, key: string): string[];
  /** How many of them were learned, or learned anew, after `atMs`. */
  learnedSince(camera: string, key: string, atMs: number): number;
  /** Makes `blob` the camera's latest snapshot. */
  putSnapshot(camera: string, key: string, snapshot: NormalitySnapshot): void;
  snapshot(camera: string, key: string): NormalitySnapshot | undefined;
  /** Forgets all that was learned of a camera; returns the hashes of the parts, which nothing names any more. */
  reset(camera: string): string[];
}

export function createNormalityTable(database: WriteDatabase, audit: Pick<Audit, 'append'>): NormalityTable {
  const putPart = database.command(/* sql */ `
    INSERT OR REPLACE INTO normality_parts (recording, key, blob, learned_at_ms) VALUES (@recording, @key, @blob, @atMs)`);
  const parts = database.query<{ blob: string }>(/* sql */ `
    SELECT p.blob FROM recordings r JOIN normality_parts p ON p.recording = r.id
    WHERE r.camera = @camera AND p.key = @key ORDER BY r.id`);
  const learnedSince = database.query<{ count: number }>(/* sql */ `
    SELECT count(*) AS count FROM recordings r JOIN normality_parts p ON p.recording = r.id
    WHERE r.camera = @camera AND p.key = @key AND p.learned_at_ms > @atMs`);
  const putSnapshot = database.command(/* sql */ `
    INSERT OR REPLACE INTO normality_snapshots (camera, key, blob, parts, made_at_ms)
    VALUES (@camera, @key, @blob, @parts, @madeAtMs)`);
  const snapshot = database.query<NormalitySnapshot>(
    'SELECT blob, parts, made_at_ms AS madeAtMs FROM normality_snapshots WHERE camera = @camera AND key = @key',
  );
  const everyPart = database.query<{ blob: string }>(
    'SELECT p.blob FROM recordings r JOIN normality_parts p ON p.recording = r.id WHERE r.camera = @camera',
  );
  const removeParts = database.command(
    'DELETE FROM normality_parts WHERE recording IN (SELECT id FROM recordings WHERE camera = @camera)',
  );
  const removeSnapshots = database.command('DELETE FROM normality_snapshots WHERE camera = @camera');
  return {
    putPart: (recording, key, blob, atMs) => void putPart.run({ recording, key, blob, atMs }),
    parts: (camera, key) => parts.all({ camera, key }).map(({ blob }) => blob),
    learnedSince: (camera, key, atMs) => learnedSince.get({ camera, key, atMs })?.count ?? 0,
    putSnapshot: (camera, key, entry) => void putSnapshot.run({ camera, key, ...entry }),
    snapshot: (camera, key) => snapshot.get({ camera, key }),
    reset: (camera) =>
      database.transaction(() => {
        const blobs = everyPart.all({ camera }).map(({ blob }) => blob);
        removeParts.run({ camera });
        removeSnapshots.run({ camera });
        audit.append({ kind: 'normality-reset', subject: camera, details: { recordings: blobs.length } });
        return blobs;
      }),
  };
}
