/** Training runs: what each began with and learned from, its curve, the gate's answer, and the version that came out. */
import type {
  GateReport,
  TrainingData,
  TrainingPoint,
  TrainingRun,
  TrainingSettings,
} from '../../contract/training.ts';
import type { WriteDatabase } from '../database.ts';
import { fromJson } from './json.ts';

export interface NewTrainingRun {
  /** That of its job. */
  readonly id: string;
  readonly name: string;
  readonly from: string;
  readonly settings: TrainingSettings;
}

export interface TrainingRuns {
  /** Enters a run; one that is there already stays as it is, so that a job may be resumed. */
  begin(run: NewTrainingRun, atMs: number): void;
  setData(id: string, data: TrainingData): void;
  /** Enters a point; false where there is one of the same round and step, which stays. */
  addPoint(id: string, point: TrainingPoint): boolean;
  /** `version`: null where none came out. */
  finish(
    id: string,
    outcome: { readonly gate: GateReport; readonly version: string | null; readonly stopped: string | null },
    atMs: number,
  ): void;
  get(id: string): TrainingRun | undefined;
  /** In the order in which they were passed. */
  points(id: string): TrainingPoint[];
  /** The latest first. */
  list(): TrainingRun[];
}

interface Row extends Omit<TrainingRun, 'settings' | 'data' | 'last' | 'gate'> {
  settings: string;
  data: string | null;
  last: string | null;
  gate: string | null;
}

const SELECT = /* sql */ `
  SELECT id, name, from_version AS "from", settings, started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs, data, gate,
    version, stopped,
    (SELECT point FROM training_points WHERE run = training_runs.id ORDER BY round DESC, step DESC LIMIT 1) AS last
  FROM training_runs`;

export function createTrainingRuns(database: WriteDatabase): TrainingRuns {
  const insert = database.command(/* sql */ `
    INSERT INTO training_runs (id, name, from_version, settings, started_at_ms)
    VALUES (@id, @name, @from, @settings, @atMs) ON CONFLICT (id) DO NOTHING`);
  const setData = database.command('UPDATE training_runs SET data = @data WHERE id = @id');
  const putPoint = database.command(/* sql */ `
    INSERT INTO training_points (run, round, step, point) VALUES (@id, @round, @step, @point)
    ON CONFLICT (run, round, step) DO NOTHING`);
  const finish = database.command(/* sql */ `
    UPDATE training_runs SET gate = @gate, version = @version, stopped = @stopped, ended_at_ms = @atMs WHERE id = @id`);
  const byId = database.query<Row>(`${SELECT} WHERE id = @id`);
  const list = database.query<Row>(`${SELECT} ORDER BY started_at_ms DESC, id`);
  const points = database.query<{ point: string }>(
    'SELECT point FROM training_points WHERE run = @id ORDER BY round, step',
  );
  return {
    begin: ({ id, name, from, settings }, atMs) =>
      void insert.run({ id, name, from, settings: JSON.stringify(settings), atMs }),
    setData: (id, data) => void setData.run({ id, data: JSON.stringify(data) }),
    addPoint: (id, point) =>
      putPoint.run({ id, round: point.round, step: point.step, point: JSON.stringify(point) }) === 1,
    finish: (id, { gate, version, stopped }, atMs) =>
      void finish.run({ id, gate: JSON.stringify(gate), version, stopped, atMs }),
    get(id) {
      const row = byId.get({ id });
      return row === undefined ? undefined : runFrom(row);
    },
    points: (id) => points.all({ id }).map(({ point }) => fromJson<TrainingPoint>(point)),
    list: () => list.all().map(runFrom),
  };
}

const orNull = <Value>(text: string | null): Value | null => (text === null ? null : fromJson<Value>(text));

const runFrom = (row: Row): TrainingRun => ({
  ...row,
  settings: fromJson<TrainingSettings>(row.settings),
  data: orNull<TrainingData>(row.data),
  last: orNull<TrainingPoint>(row.last),
  gate: orNull<GateReport>(row.gate),
});
