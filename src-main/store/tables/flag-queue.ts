/** Which flags a queue shows, in its order, and how many there are of each state: from indexes alone, flags stay unread. */
import { type FlagOrder, type FlagState, flagStates } from '../../contract/calls/review.ts';
import type { ReadDatabase, SqlParameters } from '../database.ts';
import { flagConditions, type FlagTerms } from './flag-filter.ts';
import { MATCHING, type SearchTerms, searchTerms, shortWordsStatement } from './flag-search.ts';
import { latestWhileUnchanged, whileUnchanged } from './while-unchanged.ts';

export interface QueueFilter extends FlagTerms {
  readonly order: FlagOrder;
  /** Ids of so many at most. */
  readonly limit?: number | undefined;
}

type StateCounts = Record<FlagState, number>;

export interface FlagQueue {
  /** Ids of the listed flags (see flags.ts) that the filter lets through, in its order; of a head without a look at the rest. */
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
export const BY_CLOCK = 'flags f INDEXED BY listed_flags_by_clock';
const BY_NUMBER = 'flags f INDEXED BY listed_flags_by_number';

const SCORE_ORDER = 'f.score DESC, f.recording, f.starts, f.id';
const RECORDING_ORDER = 'f.recording, f.starts, f.id';
const CLOCK_ORDER = `f.clock_ms, ${RECORDING_ORDER}`;

/** Number and state of a flag in one: lists of pairs take longer to make. */
const NUMBER_AND_STATE = `${flagStates.length} * number + CASE f.state
  ${flagStates.map((state, index) => `WHEN '${state}' THEN ${index}`).join(' ')} END`;

export const STATE_COUNTS = flagStates
  .map((state) => `count(*) FILTER (WHERE f.state = '${state}') AS "${state}"`)
  .join(', ');

/** What SQLite takes for no limit. */
const everything = -1;

interface Statement {
  readonly sql: string;
  readonly parameters: SqlParameters;
}

/** From where on a list is found in another way; what is found is the same. */
interface Turns {
  /** So many numbers of what the search found are looked up one by one; more are looked for on the way through an index. */
  readonly few: number;
  /** The same for the head of a list, to which the way is short. */
  readonly fewForHead: number;
  /** Flags of the list among which the head of what the search found is looked for before all are gone through. */
  readonly firstLook: number;
}
const measuredTurns: Turns = { few: 10_000, fewForHead: 1000, firstLook: 5000 };

/** Where to read flags from so that the fewest are read: in the order asked for where nothing narrows them much. */
function sourceOf({ recording, numbers, from, until }: FlagTerms, order: FlagOrder): string {
  if (recording !== undefined) return BY_RECORDING;
  if (numbers !== undefined && numbers.length <= measuredTurns.few) return BY_NUMBER;
  if (from !== undefined || until !== undefined) return BY_CLOCK;
  return { score: BY_SCORE, clock: BY_CLOCK, recording: BY_RECORDING }[order];
}

function orderOf({ recording, from, until }: FlagTerms, order: FlagOrder): string {
  if (order === 'score') return SCORE_ORDER;
  if (order === 'recording' || recording !== undefined) return RECORDING_ORDER;
  // Of a stretch of time all have a clock; said once more, the planner would sort them.
  return from === undefined && until === undefined ? `f.clock_ms IS NULL, ${CLOCK_ORDER}` : CLOCK_ORDER;
}

/** Exported for the test of its plans. */
export function findStatement({ order, limit = everything, ...terms }: QueueFilter, column = 'id'): Statement {
  const { where, parameters } = flagConditions(terms);
  return {
    sql: `SELECT f.${column} FROM ${sourceOf(terms, order)} WHERE ${where} ORDER BY ${orderOf(terms, order)} LIMIT @limit`,
    parameters: { ...parameters, limit },
  };
}

/** Exported for the test of its plans. */
export function statesStatement(terms: Omit<FlagTerms, 'states'>, selected = STATE_COUNTS): Statement {
  const { where, parameters } = flagConditions(terms);
  return { sql: `SELECT ${selected} FROM ${sourceOf(terms, 'recording')} WHERE ${where}`, parameters };
}

/** Exported for the test of its plan. */
export const LISTED_COUNT = `SELECT count(*) AS listed FROM flags f WHERE f.state IS NOT NULL`;

/** Statements of filters that were asked for lately; each filter's members make another text. */
const mostPrepared = 60;

/** `turns` are given by tests alone. */
export function createFlagQueue(database: ReadDatabase, turns = measuredTurns): FlagQueue {
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
  const matching = database.column<number>(MATCHING);
  /** A list is asked for thrice: its head, the whole of it and its states. */
  const matchingNumbers = latestWhileUnchanged(database, (match) => matching.all({ match }));
  const shortWordNumbers = latestWhileUnchanged(database, (terms) => {
    const { sql, parameters } = shortWordsStatement(JSON.parse(terms) as SearchTerms);
    return numbers(sql).all(parameters);
  });
  /** What few flags have is asked for by their numbers. */
  const narrowed = <Terms extends FlagTerms>(terms: Terms, few = turns.few): Terms => {
    if (terms.match === undefined || terms.numbers !== undefined) return terms;
    const found = matchingNumbers(terms.match);
    return found.length > few ? terms : { ...terms, match: undefined, numbers: found };
  };
  const countsOf = (given: Omit<FlagTerms, 'states'>): StateCounts => {
    const { match, ...terms } = narrowed(given);
    const sums: StateCounts = { open: 0, confirm: 0, reject: 0, unsure: 0 };
    if (match === undefined) {
      const { sql, parameters } = statesStatement(terms);
      return counts(sql).get(parameters) ?? sums;
    }
    const isThere = presenceOf(matchingNumbers(match));
    const { sql, parameters } = statesStatement(terms, NUMBER_AND_STATE);
    for (const each of numbers(sql).all(parameters)) {
      const state = flagStates[each % flagStates.length];
      if (state !== undefined && isThere[Math.floor(each / flagStates.length)] === 1) sums[state]++;
    }
    return sums;
  };
  const countsOfAll = whileUnchanged(database, () => countsOf({}));
  const idsFound = (filter: QueueFilter): string[] => {
    const { sql, parameters } = findStatement(filter);
    return columns(sql).all(parameters);
  };
  const numbersFound = (filter: QueueFilter): number[] => {
    const { sql, parameters } = findStatement(filter, 'number');
    return numbers(sql).all(parameters);
  };
  const idsOf = (wanted: readonly number[]): string[] => {
    const ids = new Map(pairs.all({ numbers: JSON.stringify(wanted) }).map(({ id, number: of }) => [of, id]));
    return wanted.flatMap((each) => ids.get(each) ?? []);
  };
  function find(filter: QueueFilter): string[] {
    const { match, limit, ...others } = narrowed(filter, filter.limit === undefined ? turns.few : turns.fewForHead);
    if (match === undefined) return idsFound({ ...others, limit });
    // What many have: SQLite would put all of them into a table to look each up in.
    const isThere = presenceOf(matchingNumbers(match));
    if (limit !== undefined) {
      const first = numbersFound({ ...others, limit: turns.firstLook });
      const shown = first.filter((each) => isThere[each] === 1);
      if (shown.length >= limit || first.length < turns.firstLook) return idsOf(shown.slice(0, limit));
    }
    // Both in the same order.
    const inOrder = numbersFound(others);
    return idsFound(others)
      .filter((_, index) => isThere[inOrder[index] ?? 0] === 1)
      .slice(0, limit);
  }
  return {
    find,
    states: ({ ...terms }) =>
      Object.values(terms).every((value) => value === undefined) ? countsOfAll() : countsOf(terms),
    count: whileUnchanged(database, () => count.get()?.listed ?? 0),
    among(wanted, filter) {
      const among = filter.numbers === undefined ? null : new Set(filter.numbers);
      const only = among === null ? wanted : wanted.filter((each) => among.has(each));
      const shown = new Set(find({ ...filter, numbers: only, order: 'recording' }));
      return idsOf(wanted).filter((id) => shown.has(id));
    },
    search(text, classesNamed) {
      const terms = searchTerms(text, classesNamed);
      if (terms === null) return undefined;
      if (terms.patterns.length === 0) return { match: terms.match ?? undefined };
      return { numbers: shortWordNumbers(JSON.stringify(terms)) };
    },
    numberOf: (id) => number.get({ id })?.number,
    versions: whileUnchanged(database, () => versions.all()),
  };
}

/** 1 at the place of each of the numbers, of which there are many: a set of them takes longer to make than to be asked. */
function presenceOf(numbers: readonly number[]): Uint8Array {
  const presence = new Uint8Array(numbers.reduce((most, number) => Math.max(most, number), 0) + 1);
  for (const number of numbers) presence[number] = 1;
  return presence;
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
