/** Which of two trajectories a reviewer finds better: of each pair what was said last stands, and no row goes away. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import type { Preference } from '../../contract/training.ts';
import type { WriteDatabase } from '../database.ts';
import type { Audit } from './audit.ts';

export interface Preferences {
  /**
   * States a preference; what was said of the same pair before no longer stands.
   * @throws AppError `not-found` where there is no such recording, `invalid-argument` for a trajectory against itself
   */
  state(preference: Omit<Preference, 'id'>): Preference;
  /** Takes a preference back; false where none of that id stands. */
  withdraw(id: string, atMs: number): boolean;
  /** Those that stand, the latest first. */
  list(filter?: { readonly recording?: string }): Preference[];
}

const COLUMNS = 'id, recording, chosen, rejected, stated_at_ms AS statedAtMs';

export function createPreferences(database: WriteDatabase, audit: Pick<Audit, 'append'>): Preferences {
  const recordingOf = database.query<{ id: string }>('SELECT id FROM recordings WHERE id = @recording');
  const ofPair = database.query<Preference>(/* sql */ `
    SELECT ${COLUMNS} FROM preferences
    WHERE min(chosen, rejected) = min(@chosen, @rejected) AND max(chosen, rejected) = max(@chosen, @rejected)
      AND withdrawn_at_ms IS NULL`);
  const insert = database.command(/* sql */ `
    INSERT INTO preferences (id, recording, chosen, rejected, stated_at_ms)
    VALUES (@id, @recording, @chosen, @rejected, @statedAtMs)`);
  const end = database.command(
    'UPDATE preferences SET withdrawn_at_ms = @atMs WHERE id = @id AND withdrawn_at_ms IS NULL',
  );
  const list = database.query<Preference>(/* sql */ `
    SELECT ${COLUMNS} FROM preferences
    WHERE withdrawn_at_ms IS NULL AND (@recording IS NULL OR recording = @recording)
    ORDER BY stated_at_ms DESC, id`);
  const withdraw = (id: string, atMs: number) => {
    if (end.run({ id, atMs }) === 0) return false;
    audit.append({ kind: 'preference-withdrawn', subject: id, details: { withdrawnAtMs: atMs } });
    return true;
  };
  return {
    state: (preference) =>
      database.transaction(() => {
        const { recording, chosen, rejected, statedAtMs } = preference;
        if (recordingOf.get({ recording }) === undefined) {
          throw new AppError('not-found', `There is no recording ${recording}.`);
        }
        if (chosen === rejected) {
          throw new AppError('invalid-argument', `Trajectory ${chosen} cannot be better than itself.`);
        }
        const known = ofPair.get({ chosen, rejected });
        if (known?.chosen === chosen) return known;
        if (known !== undefined) withdraw(known.id, statedAtMs);
        const stated = { id: randomUUID(), recording, chosen, rejected, statedAtMs };
        insert.run(stated);
        const { id, ...details } = stated;
        audit.append({ kind: 'preference', subject: id, details });
        return stated;
      }),
    withdraw: (id, atMs) => database.transaction(() => withdraw(id, atMs)),
    list: ({ recording } = {}) => list.all({ recording: recording ?? null }),
  };
}
