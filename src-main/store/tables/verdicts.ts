/** What reviewers decided on flags: a history that only grows, of which the newest entry not taken back holds. */
import { AppError } from '../../contract/errors.ts';
import type { Verdict } from '../../contract/flag.ts';
import type { WriteDatabase } from '../database.ts';
import type { Audit } from './audit.ts';

/** One entry of the history; `retract` takes the entry `retracts` back. */
export interface VerdictEntry extends Omit<Verdict, 'decision'> {
  readonly id: number;
  readonly flag: string;
  readonly decision: Verdict['decision'] | 'retract';
  readonly retracts: number | null;
}

export interface Verdicts {
  /**
   * Adds a verdict, which holds from now on.
   * @throws AppError `not-found` where there is no such flag, `invalid-argument` where the bounds are reversed.
   */
  add(flag: string, verdict: Verdict): void;
  /** Takes back the verdict that holds; the one before it holds again. False where there is none. */
  undo(flag: string, atMs: number): boolean;
  /** The verdict that holds, or null. */
  standing(flag: string): Verdict | null;
  /** All entries of a flag, oldest first. */
  history(flag: string): VerdictEntry[];
}

const COLUMNS =
  'id, flag, decision, class, starts AS start, ends AS "end", note, decided_at_ms AS decidedAtMs, retracts';

export function createVerdicts(database: WriteDatabase, audit: Pick<Audit, 'append'>): Verdicts {
  const flag = database.query<{ id: string }>('SELECT id FROM flags WHERE id = @flag');
  const history = database.query<VerdictEntry>(`SELECT ${COLUMNS} FROM verdicts WHERE flag = @flag ORDER BY id`);
  const standing = database.query<Verdict & { id: number }>(/* sql */ `
    SELECT ${COLUMNS} FROM verdicts
    WHERE id = (SELECT verdict FROM flags WHERE id = @flag)`);
  const insert = database.command(/* sql */ `
    INSERT INTO verdicts (flag, decision, class, starts, ends, note, decided_at_ms, retracts)
    VALUES (@flag, @decision, @class, @start, @end, @note, @decidedAtMs, @retracts)`);
  const newest = database.query<VerdictEntry>(`SELECT ${COLUMNS} FROM verdicts ORDER BY id DESC LIMIT 1`);
  const enter = (entry: Omit<VerdictEntry, 'id'>) => {
    insert.run({ ...entry });
    const { flag: subject, ...details } = newest.get() ?? { ...entry, id: 0 };
    audit.append({ kind: 'verdict', subject, details });
  };
  return {
    add: (id, verdict) =>
      database.transaction(() => {
        if (flag.get({ flag: id }) === undefined) throw new AppError('not-found', `There is no flag ${id}.`);
        const { decision, start, end, note, decidedAtMs } = verdict;
        if (start !== null && end !== null && end <= start) {
          throw new AppError(
            'invalid-argument',
            `The corrected interval ends at ${end} s, before it starts at ${start} s.`,
          );
        }
        enter({ flag: id, decision, class: verdict.class, start, end, note, decidedAtMs, retracts: null });
      }),
    undo: (id, atMs) =>
      database.transaction(() => {
        const holding = standing.get({ flag: id });
        if (holding === undefined) return false;
        const empty = { class: null, start: null, end: null, note: '' };
        enter({ ...empty, flag: id, decision: 'retract', decidedAtMs: atMs, retracts: holding.id });
        return true;
      }),
    standing(id) {
      const row = standing.get({ flag: id });
      if (row === undefined) return null;
      const { decision, start, end, note, decidedAtMs } = row;
      return { decision, class: row.class, start, end, note, decidedAtMs };
    },
    history: (id) => history.all({ flag: id }),
  };
}
