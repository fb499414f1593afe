/** Which flags a queue shows, in its order, and how many there are of each state: from indexes alone, flags stay unread. */
import type { FlagOrder, FlagState } from '../../contract/calls/review.ts';
import type { ReadDatabase } from '../database.ts';
import { jsonOf } from './json.ts';
import { whileUnchanged } from './while-unchanged.ts';

export interface QueueFilter {
  readonly states?: readonly FlagState[] | undefined;
  /** Names of cameras. */
  readonly cameras?: readonly string[] | undefined;
  /** The reviewer's class counts where he gave one. */
  readonly classes?: readonly string[] | undefined;
  readonly recording?: string | undefined;
  readonly order: FlagOrder;
  /** Ids of so many at most. */
  readonly limit?: number | undefined;
}

export interface FlagQueue {
  /** Ids of the listed flags (see flags.ts) that the filter lets through, in its order. */
  find(filter: QueueFilter): string[];
  /** How many of each state there are; `states` of the filter does not count. */
  states(filter: Omit<QueueFilter, 'states' | 'order' | 'limit'>): Record<FlagState, number>;
  /** How many are listed. */
  count(): number;
}

// Without `INDEXED BY` the planner, which knows no numbers here, goes by the flags' own order and sorts.
const BY_SCORE = 'flags f INDEXED BY listed_flags_by_score';
const BY_RECORDING = 'flags f INDEXED BY listed_flags_by_recording';
const BY_CLOCK = `cameras c CROSS JOIN recordings r ON r.camera = c.id CROSS JOIN ${BY_RECORDING} ON f.recording = r.id`;

const IS_SHOWN = /* sql */ `f.state IS NOT NULL
  AND (@classes IS NULL OR f.listed_class IN (SELECT value FROM json_each(@classes)))
  AND (@cameras IS NULL OR f.recording IN (
    SELECT shown.id FROM cameras named JOIN recordings shown ON shown.camera = named.id
    WHERE named.name IN (SELECT value FROM json_each(@cameras))))`;
const IS_WANTED = `${IS_SHOWN} AND (@states IS NULL OR f.state IN (SELECT value FROM json_each(@states)))`;
const OF_RECORDING = 'f.recording = @recording';

const SCORE_ORDER = 'f.score DESC, f.recording, f.starts, f.id';
const RECORDING_ORDER = 'f.recording, f.starts, f.id';
const CLOCK_ORDER = `r.clock_utc_ms IS NULL, r.clock_utc_ms + c.clock_offset_ms + 1000 * f.starts, ${RECORDING_ORDER}`;

const COUNT = /* sql */ `SELECT count(*) FILTER (WHERE f.state = 'open') AS open,
  count(*) FILTER (WHERE f.state = 'confirm') AS confirm, count(*) FILTER (WHERE f.state = 'reject') AS reject,
  count(*) FILTER (WHERE f.state = 'unsure') AS unsure FROM ${BY_RECORDING} WHERE ${IS_SHOWN}`;

/** What SQLite takes for no limit. */
const everything = -1;

/** Exported for the test of their plans. */
export const queueQueries = {
  score: `SELECT f.id FROM ${BY_SCORE} WHERE ${IS_WANTED} ORDER BY ${SCORE_ORDER} LIMIT @limit`,
  recording: `SELECT f.id FROM ${BY_RECORDING} WHERE ${IS_WANTED} ORDER BY ${RECORDING_ORDER} LIMIT @limit`,
  clock: `SELECT f.id FROM ${BY_CLOCK} WHERE ${IS_WANTED} ORDER BY ${CLOCK_ORDER} LIMIT @limit`,
  scoreWithin: `SELECT f.id FROM ${BY_RECORDING} WHERE ${OF_RECORDING} AND ${IS_WANTED} ORDER BY ${SCORE_ORDER} LIMIT @limit`,
  timeWithin: `SELECT f.id FROM ${BY_RECORDING} WHERE ${OF_RECORDING} AND ${IS_WANTED} ORDER BY ${RECORDING_ORDER} LIMIT @limit`,
  states: COUNT,
  statesWithin: `${COUNT} AND ${OF_RECORDING}`,
  count: `SELECT count(*) AS listed FROM flags f WHERE f.state IS NOT NULL`,
} as const;

export function createFlagQueue(database: ReadDatabase): FlagQueue {
  const all = {
    score: database.column<string>(queueQueries.score),
    recording: database.column<string>(queueQueries.recording),
    clock: database.column<string>(queueQueries.clock),
  };
  const timeWithin = database.column<string>(queueQueries.timeWithin);
  const within = { score: database.column<string>(queueQueries.scoreWithin), recording: timeWithin, clock: timeWithin };
  const states = database.query<Record<FlagState, number>>(queueQueries.states);
  const statesOfAll = whileUnchanged(database, () => states.get({ cameras: null, classes: null }));
  const statesWithin = database.query<Record<FlagState, number>>(queueQueries.statesWithin);
  const count = database.query<{ listed: number }>(queueQueries.count);
  const listOrNull = (values: readonly string[] | undefined) => (values === undefined ? null : jsonOf(values));
  return {
    find({ order, recording, limit = everything, ...filter }) {
      const wanted = {
        limit,
        states: listOrNull(filter.states),
        cameras: listOrNull(filter.cameras),
        classes: listOrNull(filter.classes),
      };
      if (recording === undefined) return all[order].all(wanted);
      return within[order].all({ ...wanted, recording });
    },
    states({ recording, ...filter }) {
      const alternatives = { cameras: listOrNull(filter.cameras), classes: listOrNull(filter.classes) };
      const isOfAll = alternatives.cameras === null && alternatives.classes === null;
      const counted =
        recording !== undefined
          ? statesWithin.get({ ...alternatives, recording })
          : isOfAll
            ? statesOfAll()
            : states.get(alternatives);
      return counted ?? { open: 0, confirm: 0, reject: 0, unsure: 0 };
    },
    count: whileUnchanged(database, () => count.get()?.listed ?? 0),
  };
}
