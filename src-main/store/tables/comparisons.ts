/** Comparisons of two policies: begun, filled recording by recording, finished; one that was cut off goes on. */
import type { ComparedPolicy, ComparedSide, ComparisonSummary } from '../../contract/policy-comparison.ts';
import type { WriteDatabase } from '../database.ts';
import { fromJson, jsonOf } from './json.ts';

/** What a comparison was asked for, besides its two policies. */
export interface ComparisonSettings {
  readonly framesPerMinute: number;
  readonly newFrames: number;
}

export interface StoredComparison extends ComparisonSummary, ComparisonSettings {}

/** What came of a recording: both sides, or why there are none. */
export type ComparedResult =
  | { readonly recording: string; readonly sides: readonly [ComparedSide, ComparedSide] }
  | { readonly recording: string; readonly reason: string };

export interface Comparisons {
  /** Enters a comparison; one that is there already stays as it is. */
  begin(
    id: string,
    compared: readonly [ComparedPolicy, ComparedPolicy],
    settings: ComparisonSettings,
    atMs: number,
  ): void;
  /** Replaces what came of the recording before. */
  put(id: string, result: ComparedResult): void;
  finish(id: string, atMs: number): void;
  get(id: string): StoredComparison | undefined;
  /** What is there so far, by recording. */
  results(id: string): ComparedResult[];
  /** The latest first. */
  list(): StoredComparison[];
}

interface Row {
  id: string;
  compared: string;
  settings: string;
  createdAtMs: number;
  finishedAtMs: number | null;
  recordings: number;
}

const SELECT = /* sql */ `
  SELECT c.id, c.compared, c.settings, c.created_at_ms AS createdAtMs, c.finished_at_ms AS finishedAtMs,
    (SELECT count(*) FROM compared_recordings r WHERE r.comparison = c.id AND r.sides IS NOT NULL) AS recordings
  FROM comparisons c`;

export function createComparisons(database: WriteDatabase): Comparisons {
  const insert = database.command(/* sql */ `
    INSERT INTO comparisons (id, compared, settings, created_at_ms) VALUES (@id, @compared, @settings, @atMs)
    ON CONFLICT (id) DO NOTHING`);
  const put = database.command(/* sql */ `
    INSERT OR REPLACE INTO compared_recordings (comparison, recording, reason, sides)
    VALUES (@id, @recording, @reason, @sides)`);
  const finish = database.command('UPDATE comparisons SET finished_at_ms = @atMs WHERE id = @id');
  const byId = database.query<Row>(`${SELECT} WHERE c.id = @id`);
  const listed = database.query<Row>(`${SELECT} ORDER BY c.created_at_ms DESC, c.id`);
  const results = database.query<{ recording: string; reason: string | null; sides: string | null }>(
    'SELECT recording, reason, sides FROM compared_recordings WHERE comparison = @id ORDER BY recording',
  );
  return {
    begin: (id, compared, settings, atMs) =>
      void insert.run({ id, compared: jsonOf(compared), settings: jsonOf({ ...settings }), atMs }),
    put(id, result) {
      const { recording } = result;
      const made =
        'sides' in result ? { sides: jsonOf(result.sides), reason: null } : { sides: null, reason: result.reason };
      put.run({ id, recording, ...made });
    },
    finish: (id, atMs) => void finish.run({ id, atMs }),
    get(id) {
      const row = byId.get({ id });
      return row === undefined ? undefined : comparisonFrom(row);
    },
    results: (id) =>
      results
        .all({ id })
        .map(({ recording, reason, sides }) =>
          sides === null
            ? { recording, reason: reason ?? '' }
            : { recording, sides: fromJson<[ComparedSide, ComparedSide]>(sides) },
        ),
    list: () => listed.all().map(comparisonFrom),
  };
}

const comparisonFrom = ({ compared, settings, ...row }: Row): StoredComparison => ({
  ...row,
  ...fromJson<ComparisonSettings>(settings),
  compared: fromJson<StoredComparison['compared']>(compared),
});
