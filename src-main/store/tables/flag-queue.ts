/** Which flags a queue shows, in its order, and how many there are of each state: from indexes alone, flags stay unread. */
import type { FlagOrder, FlagState } from '../../contract/calls/review.ts';
import type { ReadDatabase, SqlParameters } from '../database.ts';
import { FLAG_CLOCK, flagConditions, type FlagTerms } from './flag-filter.ts';
import { searchTerms, shortWordsStatement } from './flag-search.ts';
import { whileUnchanged } from './while-unchanged.ts';

export interface QueueFilter extends FlagTerms {
  readonly order: FlagOrder;
  /** Ids of so many at most. */
  readonly limit?: number | undefined;
}

type StateCounts = Record<FlagState, number>;

export interface FlagQueue {
  /** Ids of the listed flags (see flags.ts) that the filter lets through, in its order. */
  find(filter: QueueFilter): string[];
  /** How many of each state there are; `states` of the filter does not count. */
  states(filter: Omit<FlagTerms, 'states'>): StateCounts;
  /** How many are listed. */
  count(): number;
  /** Ids of those of these numbers that the filter lets through, in the order of the numbers. */
  among(numbers: readonly number[], filter: FlagTerms): string[];
  /** What of a filter words stand for; undefined where they are none. */
  search(text: string, classesNamed?: (word: string) => readonly string[]): FlagTerms | undefined;
  /** The number of a flag, by which it is known to search and likeness. */
  numberOf(id: string): number | undefined;
  /** Policies with their versions of the scans that were finished. */
  versions(): { readonly policy: string; readonly policyVersion: string }[];
}

// Without `INDEXED BY` the planner, which knows no numbers here, goes by the flags' own order and sorts.
const BY_SCORE = 'flags f INDEXED BY listed_flags_by_score';
const BY_RECORDING = 'flags f INDEXED BY listed_flags_by_recording';
export const BY_CLOCK = `cameras c CROSS JOIN recordings r ON r.camera = c.id CROSS JOIN ${BY_RECORDING} ON f.recording = r.id`;

const SCORE_ORDER = 'f.score DESC, f.recording, f.starts, f.id';
const RECORDING_ORDER = 'f.recording, f.starts, f.id';
const CLOCK_ORDER = `r.clock_utc_ms IS NULL, ${FLAG_CLOCK}, ${RECORDING_ORDER}`;

export const STATE_COUNTS = (['open', 'confirm', 'reject', 'unsure'] as const)
  .map((state) => `count(*) FILTER (WHERE f.state = '${state}') AS "${state}"`)
  .join(', ');

/** What SQLite takes for no limit. */
const everything = -1;

interface Statement {
  readonly sql: string;
  readonly parameters: SqlParameters;
}

/** Exported for the test of its plans. */
export function findStatement({ order, limit = everything, ...terms }: QueueFilter): Statement {
  const { where, needsClock, parameters } = flagConditions(terms);
  const isWithin = terms.recording !== undefined;
  const from = needsClock || (order === 'clock' && !isWithin) ? BY_CLOCK : orderedSource(order, isWithin);
  const sorted = order === 'score' ? SCORE_ORDER : order === 'clock' && !isWithin ? CLOCK_ORDER : RECORDING_ORDER;
  return {
    sql: `SELECT f.id FROM ${from} WHERE ${where} ORDER BY ${sorted} LIMIT @limit`,
    parameters: { ...parameters, limit },
  };
}

const orderedSource = (order: FlagOrder, isWithin: boolean) =>
  order === 'score' && !isWithin ? BY_SCORE : BY_RECORDING;

/** Exported for the test of its plans. */
export function statesStatement(terms: Omit<FlagTerms, 'states'>): Statement {
  const { where, needsClock, parameters } = flagConditions(terms);
  return { sql: `SELECT ${STATE_COUNTS} FROM ${needsClock ? BY_CLOCK : BY_RECORDING} WHERE ${where}`, parameters };
}

/** Exported for the test of its plan. */
export const LISTED_COUNT = `SELECT count(*) AS listed FROM flags f WHERE f.state IS NOT NULL`;

/** Statements of filters that were asked for lately; each filter's members make another text. */
const mostPrepared = 60;

export function createFlagQueue(database: ReadDatabase): FlagQueue {
  const columns = keptLately((sql) => database.column<string>(sql));
  const numbers = keptLately((sql) => database.column<number>(sql));
  const counts = keptLately((sql) => database.query<StateCounts>(sql));
  const count = database.query<{ listed: number }>(LISTED_COUNT);
  const number = database.query<{ number: number }>('SELECT number FROM flags WHERE id = @id');
  const pairs = database.query<{ id: string; number: number }>(
    'SELECT id, number FROM flags WHERE number IN (SELECT value FROM json_each(@numbers))',
  );
  const versions = database.query<{ policy: string; policyVersion: string }>(
    `SELECT DISTINCT policy, policy_version AS policyVersion FROM scans ORDER BY policy, policy_version`,
  );
  const countsOf = (terms: Omit<FlagTerms, 'states'>): StateCounts => {
    const { sql, parameters } = statesStatement(terms);
    return counts(sql).get(parameters) ?? { open: 0, confirm: 0, reject: 0, unsure: 0 };
  };
  const countsOfAll = whileUnchanged(database, () => countsOf({}));
  const find = (filter: QueueFilter) => {
    const { sql, parameters } = findStatement(filter);
    return columns(sql).all(parameters);
  };
  return {
    find,
    states: ({ ...terms }) =>
      Object.values(terms).every((value) => value === undefined) ? countsOfAll() : countsOf(terms),
    count: whileUnchanged(database, () => count.get()?.listed ?? 0),
    among(wanted, filter) {
      const only = filter.numbers === undefined ? wanted : wanted.filter((each) => filter.numbers?.includes(each));
      const shown = new Set(find({ ...filter, numbers: only, order: 'recording' }));
      const ids = new Map(pairs.all({ numbers: JSON.stringify(wanted) }).map(({ id, number: of }) => [of, id]));
      return only.flatMap((each) => ids.get(each) ?? []).filter((id) => shown.has(id));
    },
    search(text, classesNamed) {
      const terms = searchTerms(text, classesNamed);
      if (terms === null) return undefined;
      if (terms.patterns.length === 0) return { match: terms.match ?? undefined };
      const { sql, parameters } = shortWordsStatement(terms);
      return { numbers: numbers(sql).all(parameters) };
    },
    numberOf: (id) => number.get({ id })?.number,
    versions: whileUnchanged(database, () => versions.all()),
  };
}

/** Makes what belongs to a text once, and again only where many others were asked for since. */
function keptLately<Made>(make: (sql: string) => Made): (sql: string) => Made {
  const kept = new Map<string, Made>();
  return (sql) => {
    const made = kept.get(sql) ?? make(sql);
    kept.delete(sql);
    kept.set(sql, made);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostPrepared) break;
      kept.delete(oldest);
    }
    return made;
  };
}
