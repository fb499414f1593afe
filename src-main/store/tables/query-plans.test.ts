/** Plans of the queries that run at every step: each goes by an index, none reads a whole table or sorts. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMemoryDatabase, type SqlParameters, type WriteDatabase } from '../database.ts';
import { migrate } from '../migrate.ts';
import { dayQueries, flagDayQueries } from './flag-days.ts';
import { flagConditions } from './flag-filter.ts';
import { findStatement, LISTED_COUNT, type QueueFilter, statesStatement } from './flag-queue.ts';
import { searchTerms, shortWordsStatement } from './flag-search.ts';
import { vectorQueries } from './flag-vectors.ts';
import { flagQueries } from './flags.ts';
import { frameQueries } from './frame-cache.ts';
import { recordingListQueries } from './recording-lists.ts';
import { UNFINISHED_EPISODES } from './scans.ts';

let database: WriteDatabase;
beforeAll(() => {
  database = openMemoryDatabase();
  migrate(database, '');
});
afterAll(() => database.close());

const plan = (sql: string, parameters: SqlParameters = {}) =>
  database
    .query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(parameters)
    .map(({ detail }) => detail);

const filters = { superseded: 0, policy: null, decided: null };

it('lists the flags of a recording', () => {
  const steps = plan(flagQueries.ofRecording, { ...filters, recording: 'r' });
  expect(steps).toContain('SEARCH f USING INDEX flags_by_recording (recording=?)');
  expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([]);
  expect(steps.filter((step) => step.includes('TEMP B-TREE'))).toEqual([]);
});

it('lists the flags of a scan', () => {
  const steps = plan(flagQueries.ofScan, { ...filters, scan: 's' });
  expect(steps).toContain('SEARCH f USING INDEX flags_by_scan (scan=?)');
  expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([]);
});

it('lists all flags in the order of an index', () => {
  const steps = plan(flagQueries.all, filters);
  expect(steps).toContain('SCAN f USING INDEX flags_by_recording');
  expect(steps.filter((step) => step.startsWith('SCAN'))).toHaveLength(1);
  expect(steps.filter((step) => step.includes('TEMP B-TREE'))).toEqual([]);
});

/** Steps that read a table, be it by one of its own indexes that lacks columns. */
const reading = (steps: string[]) => steps.filter((step) => /^(SCAN|SEARCH)/.test(step) && !step.includes('json_each'));
const planOf = (filter: QueueFilter) => {
  const { sql, parameters } = findStatement(filter);
  return plan(sql, parameters);
};

const everything = {
  cameras: ['c'],
  classes: ['fight'],
  states: ['open'],
  minScore: 0.5,
  maxScore: 0.9,
  versions: ['rules/1'],
  tags: ['night'],
  noted: true,
  match: searchTerms('fight near')?.match ?? undefined,
} as const;

it('finds the flags of a queue in indexes that hold all it asks for', () => {
  for (const terms of [{}, everything]) {
    const byScore = planOf({ ...terms, order: 'score' });
    expect(byScore).toContain(
      terms === everything
        ? 'SEARCH f USING COVERING INDEX listed_flags_by_score (score>? AND score<?)'
        : 'SCAN f USING COVERING INDEX listed_flags_by_score',
    );
    const byRecording = planOf({ ...terms, order: 'recording' });
    expect(byRecording.join()).toContain('f USING COVERING INDEX listed_flags_by_recording');
    const byClock = planOf({ ...terms, order: 'clock' });
    expect(byClock.join()).toContain('f USING COVERING INDEX listed_flags_by_clock');
    for (const steps of [byScore, byRecording, byClock]) expect(steps.join()).not.toContain('TEMP B-TREE FOR ORDER');
    for (const order of ['score', 'recording', 'clock'] as const) {
      const within = planOf({ ...terms, order, recording: 'r' });
      expect(within).toContain('SEARCH f USING COVERING INDEX listed_flags_by_recording (recording=?)');
    }
    const { sql, parameters } = statesStatement(terms);
    expect(plan(sql, parameters).join()).toContain('f USING COVERING INDEX listed_flags_by_recording');
  }
  expect(reading(plan(LISTED_COUNT))).toEqual([expect.stringContaining('COVERING INDEX listed_flags_by_')]);
});

it('finds what flags say by the index of words, and tags and versions by theirs', () => {
  const steps = planOf({ ...everything, order: 'score' }).join();
  expect(steps).toContain('SCAN flag_search VIRTUAL TABLE INDEX');
  expect(steps).toContain('SEARCH flag_tags USING COVERING INDEX flag_tags_by_tag (tag=?)');
  expect(steps).toContain('SCAN scans USING COVERING INDEX scans_by_version');
});

it('reads but few flags for words that are too short for the index', () => {
  const { sql, parameters } = shortWordsStatement({ match: null, patterns: ['%ab%'] });
  const steps = plan(sql, parameters);
  expect(steps).toContain('SEARCH f USING PRIMARY KEY (id=?)');
  expect(steps).toContain('SCAN verdicts USING COVERING INDEX verdicts_by_note');
  expect(steps).toContain('SCAN flag_tags USING COVERING INDEX flag_tags_by_tag');
  expect(steps).toContain('SCAN f USING COVERING INDEX listed_flags_by_score');
  expect(
    reading(steps).filter(
      (step) => step.startsWith('SCAN') && !/COVERING|subquery|flag_tags|verdicts_by_reason/.test(step),
    ),
  ).toEqual([]);
});

it('looks few numbers up one by one', () => {
  for (const order of ['score', 'recording', 'clock'] as const) {
    expect(planOf({ order, numbers: [1, 2] })).toContain(
      'SEARCH f USING COVERING INDEX listed_flags_by_number (number=? AND state>?)',
    );
  }
  const { sql, parameters } = statesStatement({ numbers: [1, 2] });
  expect(plan(sql, parameters)).toContain(
    'SEARCH f USING COVERING INDEX listed_flags_by_number (number=? AND state>?)',
  );
});

it('finds the flags of a day by the index of their time', () => {
  const byTime = 'SEARCH f USING COVERING INDEX listed_flags_by_clock (<expr>=? AND clock_ms>? AND clock_ms<?)';
  for (const order of ['score', 'recording', 'clock'] as const) {
    const steps = planOf({ ...everything, order, from: 1, until: 2 });
    expect(steps).toContain(byTime);
    expect(steps.includes('USE TEMP B-TREE FOR ORDER BY')).toBe(order !== 'clock');
  }
  const { where, parameters } = flagConditions({ from: 1, until: 2 });
  for (const query of Object.values(flagDayQueries)) {
    const steps = plan(query(where), parameters);
    expect(steps).toContain(byTime);
    expect(reading(steps).filter((step) => step.startsWith('SCAN') && step !== 'SCAN counted')).toEqual([]);
  }
});

it('sums up days by the clocks of recordings', () => {
  const span = { from: 1, until: 2, cameras: '["c"]' };
  for (const sql of [dayQueries.recorded, dayQueries.byCamera]) {
    expect(plan(sql, span)).toContain(
      'SEARCH r USING INDEX recordings_by_camera (camera=? AND clock_utc_ms>? AND clock_utc_ms<?)',
    );
  }
  const undated = plan(dayQueries.undated, { cameras: null });
  expect(undated).toContain('SEARCH r USING COVERING INDEX recordings_by_camera (camera=? AND clock_utc_ms=?)');
});

it('goes through vectors in the order of their numbers', () => {
  for (const sql of [vectorQueries.between, vectorQueries.numbersBetween]) {
    expect(plan(sql, { layout: 'l', from: 1, below: 2 })).toEqual([
      'SEARCH flag_vectors USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
    ]);
  }
  expect(plan(vectorQueries.last, {})).toEqual(['SEARCH flag_vectors']);
  const unseen = plan(vectorQueries.unseen, { layout: 'l', from: 1, below: 2 });
  expect(unseen).toContain('SEARCH f USING INDEX flags_by_number (number=?)');
  expect(unseen.join()).toContain('SEARCH n USING COVERING INDEX flags_by_number (number>? AND number<?)');
  expect(plan(vectorQueries.numbers, { below: 2, limit: 10 })).toEqual([
    'SEARCH flags USING COVERING INDEX flags_by_number (number<?)',
  ]);
});

it('finds rows by their ids', () => {
  const flags = plan(flagQueries.rows, { ids: '[]' });
  expect(flags).toContain('SEARCH f USING PRIMARY KEY (id=?)');
  const recordings = plan(recordingListQueries.rows, { ids: '[]' });
  expect(recordings).toContain('SEARCH r USING PRIMARY KEY (id=?)');
  expect(recordings).toContain('SEARCH s USING COVERING INDEX scans_done (recording=?)');
  for (const steps of [flags, recordings]) {
    expect(reading(steps).filter((step) => step.startsWith('SCAN'))).toEqual([]);
  }
});

it('sums up by camera without reading flags or scans', () => {
  const steps = plan(recordingListQueries.byCamera);
  expect(steps).toContain('SCAN flags USING COVERING INDEX listed_flags_by_recording');
  expect(steps).toContain('SEARCH s USING COVERING INDEX scans_done (recording=?)');
});

it('finds cached frames by their primary key', () => {
  const parameters = { recording: 'r', perceptionKey: 'k', timesMs: '[1]', startMs: 0, endMs: 1 };
  const byTime = plan(frameQueries.find, { recording: 'r', perceptionKey: 'k', timesMs: '[1]' });
  expect(byTime).toContain('SEARCH f USING PRIMARY KEY (frame_set=? AND time_ms=?)');
  expect(byTime.filter((step) => step.startsWith('SCAN') && !step.includes('json_each'))).toEqual([]);
  const { timesMs: _, ...stretch } = parameters;
  const byStretch = plan(frameQueries.between, stretch);
  expect(byStretch).toContain('SEARCH f USING PRIMARY KEY (frame_set=? AND time_ms>? AND time_ms<?)');
  expect(byStretch.filter((step) => step.startsWith('SCAN') || step.includes('TEMP B-TREE'))).toEqual([]);
});

it('finds unfinished episodes within their scan', () => {
  const steps = plan(UNFINISHED_EPISODES, { scan: 's' });
  expect(steps).toEqual(['SEARCH episodes USING PRIMARY KEY (scan=?)']);
});
