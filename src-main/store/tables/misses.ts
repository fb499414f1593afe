/** Intervals that a reviewer found and no policy flagged. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import type { Miss } from '../../contract/flag.ts';
import type { WriteDatabase } from '../database.ts';
import type { Audit } from './audit.ts';

export interface Misses {
  /** @throws AppError `not-found` where there is no such recording, `invalid-argument` where the bounds are reversed. */
  add(miss: Omit<Miss, 'id'>): Miss;
  /** Takes a miss back; false where there is none. It stays in the database. */
  remove(id: string, atMs: number): boolean;
  /** By recording and time. */
  list(filter?: { readonly recording?: string }): Miss[];
}

export function createMisses(database: WriteDatabase, audit: Pick<Audit, 'append'>): Misses {
  const recordingOf = database.query<{ id: string }>('SELECT id FROM recordings WHERE id = @recording');
  const insert = database.command(/* sql */ `
    INSERT INTO misses (id, recording, starts, ends, class, note, added_at_ms)
    VALUES (@id, @recording, @start, @end, @class, @note, @addedAtMs)`);
  const remove = database.command('UPDATE misses SET removed_at_ms = @atMs WHERE id = @id AND removed_at_ms IS NULL');
  const list = database.query<Miss>(/* sql */ `
    SELECT id, recording, starts AS start, ends AS "end", class, note, added_at_ms AS addedAtMs FROM misses
    WHERE (@recording IS NULL OR recording = @recording) AND removed_at_ms IS NULL
    ORDER BY recording, starts, id`);
  return {
    add(miss) {
      const { recording, start, end, note, addedAtMs } = miss;
      if (recordingOf.get({ recording }) === undefined) {
        throw new AppError('not-found', `There is no recording ${recording}.`);
      }
      if (!(start >= 0 && end > start)) {
        throw new AppError(
          'invalid-argument',
          `The interval from ${start} s to ${end} s is empty or begins before the recording.`,
        );
      }
      const id = randomUUID();
      const details = { recording, start, end, class: miss.class, note, addedAtMs };
      database.transaction(() => {
        insert.run({ id, ...details });
        audit.append({ kind: 'miss', subject: id, details });
      });
      return { ...miss, id };
    },
    remove: (id, atMs) =>
      database.transaction(() => {
        if (remove.run({ id, atMs }) === 0) return false;
        audit.append({ kind: 'miss-removed', subject: id, details: { removedAtMs: atMs } });
        return true;
      }),
    list: ({ recording } = {}) => list.all({ recording: recording ?? null }),
  };
}
