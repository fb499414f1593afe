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
  /** Classes and reasons of all verdicts and misses by how often they were given, the most used first. */
  words(): { readonly classes: WordUse[]; readonly reasons: WordUse[] };
}

export interface WordUse {
  readonly word: string;
  readonly uses: number;
}

/** Words that are offered again; nobody looks through more. */
const mostWords = 200;

const COLUMNS =
  'id, flag, decision, class, starts AS start, ends AS "end", note, reason, decided_at_ms AS decidedAtMs, retracts';

/** As stored: no reason is the empty one. */
type Stored<Entry> = Omit<Entry, 'reason'> & { readonly reason: string };

/** A reason is there only where one was given, in the log as in the contract: entries older than reasons stay as they were. */
const told = <Entry extends { readonly reason: string }>({ reason, ...entry }: Entry) =>
  reason === '' ? entry : { ...entry, reason };

export function createVerdicts(database: WriteDatabase, audit: Pick<Audit, 'append'>): Verdicts {
  const flag = database.query<{ id: string }>('SELECT id FROM flags WHERE id = @flag');
  const history = database.query<Stored<VerdictEntry>>(
    `SELECT ${COLUMNS} FROM verdicts WHERE flag = @flag ORDER BY id`,
  );
  const standing = database.query<Stored<Verdict> & Pick<VerdictEntry, 'id' | 'flag' | 'retracts'>>(/* sql */ `
    SELECT ${COLUMNS} FROM verdicts
    WHERE id = (SELECT verdict FROM flags WHERE id = @flag)`);
  const insert = database.command(/* sql */ `
    INSERT INTO verdicts (flag, decision, class, starts, ends, note, reason, decided_at_ms, retracts)
    VALUES (@flag, @decision, @class, @start, @end, @note, @reason, @decidedAtMs, @retracts)`);
  const newest = database.query<Stored<VerdictEntry>>(`SELECT ${COLUMNS} FROM verdicts ORDER BY id DESC LIMIT 1`);
  const classes = database.query<WordUse>(/* sql */ `
    SELECT class AS word, count(*) AS uses
    FROM (SELECT class FROM verdicts WHERE class IS NOT NULL UNION ALL SELECT class FROM misses WHERE removed_at_ms IS NULL)
    GROUP BY class ORDER BY uses DESC, word LIMIT @most`);
  const reasons = database.query<WordUse>(/* sql */ `
    SELECT reason AS word, count(*) AS uses FROM verdicts WHERE reason <> ''
    GROUP BY reason ORDER BY uses DESC, word LIMIT @most`);
  const enter = (entry: Omit<VerdictEntry, 'id'>) => {
    const stored = { ...entry, reason: entry.reason ?? '' };
    insert.run(stored);
    const { flag: subject, ...details } = told(newest.get() ?? { ...stored, id: 0 });
    audit.append({ kind: 'verdict', subject, details });
  };
  return {
    add: (id, verdict) =>
      database.transaction(() => {
        if (flag.get({ flag: id }) === undefined) throw new AppError('not-found', `There is no flag ${id}.`);
        const { decision, start, end, note, reason = '', decidedAtMs } = verdict;
        if (start !== null && end !== null && end <= start) {
          throw new AppError(
            'invalid-argument',
            `The corrected interval ends at ${end} s, before it starts at ${start} s.`,
          );
        }
        enter({ flag: id, decision, class: verdict.class, start, end, note, reason, decidedAtMs, retracts: null });
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
      const { id: _id, flag: _flag, retracts: _retracts, ...verdict } = told(row);
      return verdict;
    },
    history: (id) => history.all({ flag: id }).map(told),
    words: () => ({ classes: classes.all({ most: mostWords }), reasons: reasons.all({ most: mostWords }) }),
  };
}
