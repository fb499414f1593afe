/** Plans of the queries that run at every step: each goes by an index, none reads a whole table or sorts. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMemoryDatabase, type SqlParameters, type WriteDatabase } from '../database.ts';
import { migrate } from '../migrate.ts';
import { queueQueries } from './flag-queue.ts';
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

const anything = { limit: -1, states: null, cameras: '["c"]', classes: null };
/** Steps that read a table, be it by one of its own indexes that lacks columns. */
const reading = (steps: string[]) => steps.filter((step) => /^(SCAN|SEARCH)/.test(step) && !step.includes('json_each'));

it('finds the flags of a queue in indexes that hold all it asks for', () => {
  const byScore = plan(queueQueries.score, anything);
  expect(byScore).toContain('SCAN f USING COVERING INDEX listed_flags_by_score');
  const byRecording = plan(queueQueries.recording, anything);
  expect(byRecording).toContain('SCAN f USING COVERING INDEX listed_flags_by_recording');
  for (const steps of [byScore, byRecording]) expect(steps.join()).not.toContain('TEMP B-TREE');
  const byClock = plan(queueQueries.clock, anything);
  expect(byClock).toContain('SEARCH f USING COVERING INDEX listed_flags_by_recording (recording=?)');
  const within = [queueQueries.scoreWithin, queueQueries.timeWithin, queueQueries.statesWithin];
  for (const sql of within) {
    const steps = plan(sql, { ...anything, recording: 'r' });
    expect(steps).toContain('SEARCH f USING COVERING INDEX listed_flags_by_recording (recording=?)');
  }
  expect(reading(plan(queueQueries.count))).toEqual([expect.stringContaining('COVERING INDEX listed_flags_by_')]);
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
