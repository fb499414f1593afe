/** Jobs and what each still has to do, so that one that was cut off goes on where it stopped. */
import type { Job, JobProgress } from '../../contract/job.ts';
import type { WriteDatabase } from '../database.ts';
import { fromJson, jsonOf, type JsonValue } from './json.ts';

/** What a job is about follows from its params. */
export interface StoredJob extends Omit<Job, 'folders'> {
  readonly params: JsonValue;
}

export interface JobCounts {
  readonly waiting: number;
  readonly done: number;
  readonly failed: number;
}

export interface Jobs {
  create(job: Pick<StoredJob, 'id' | 'kind' | 'params' | 'progress' | 'startedAtMs'>): StoredJob;
  get(id: string): StoredJob | undefined;
  /** The newest first. */
  list(filter?: { readonly state?: Job['state'] }): StoredJob[];
  /** Folders that jobs were given, the latest first, each once. */
  recentFolders(limit: number): string[];
  /** Every call is synced to the disk: call it a few times a second at most. */
  setProgress(id: string, progress: JobProgress): void;
  /** `reason` belongs to `failed`; `done` and `failed` end the job at `atMs`. */
  setState(id: string, state: Job['state'], atMs: number, reason?: string): void;
  /** At the start of a core: what one that was killed left running waits again. Returns all that wait, the oldest first. */
  requeueInterrupted(): StoredJob[];
  /** Enters the job's items; known ones keep their state. */
  addItems(job: string, items: readonly string[]): void;
  finishItem(job: string, item: string, failure?: string): void;
  /** Items still to do, in order. */
  waitingItems(job: string): string[];
  counts(job: string): JobCounts;
  /** Deletes jobs that ended before `beforeMs`, with their items. */
  forgetEnded(beforeMs: number): void;
}

interface Row extends Omit<StoredJob, 'params' | 'progress'> {
  params: string;
  progress: string;
}

const COLUMNS = `id, kind, state, params, progress, started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs, reason`;

export function createJobs(database: WriteDatabase): Jobs {
  const byId = database.query<Row>(`SELECT ${COLUMNS} FROM jobs WHERE id = @id`);
  const list = database.query<Row>(
    `SELECT ${COLUMNS} FROM jobs WHERE @state IS NULL OR state = @state ORDER BY started_at_ms DESC, id`,
  );
  const recentFolders = database.column<string>(/* sql */ `
    SELECT folder.value FROM jobs, json_each(jobs.params, '$.folders') folder WHERE folder.type = 'text'
    GROUP BY folder.value ORDER BY max(jobs.started_at_ms) DESC, folder.value LIMIT @limit`);
  const insert = database.command(/* sql */ `
    INSERT INTO jobs (id, kind, state, params, progress, started_at_ms)
    VALUES (@id, @kind, 'waiting', @params, @progress, @startedAtMs)`);
  const setProgress = database.command('UPDATE jobs SET progress = @progress WHERE id = @id');
  const setState = database.command(
    'UPDATE jobs SET state = @state, reason = @reason, ended_at_ms = @endedAtMs WHERE id = @id',
  );
  const requeue = database.command(`UPDATE jobs SET state = 'waiting' WHERE state = 'running'`);
  const addItem = database.command(
    `INSERT INTO job_items (job, item, state) VALUES (@job, @item, 'waiting') ON CONFLICT (job, item) DO NOTHING`,
  );
  const finishItem = database.command(
    'UPDATE job_items SET state = @state, reason = @reason WHERE job = @job AND item = @item',
  );
  const waiting = database.query<{ item: string }>(
    `SELECT item FROM job_items WHERE job = @job AND state = 'waiting' ORDER BY item`,
  );
  const counts = database.query<{ state: keyof JobCounts; items: number }>(
    'SELECT state, count(*) AS items FROM job_items WHERE job = @job GROUP BY state',
  );
  const forget = database.command('DELETE FROM jobs WHERE ended_at_ms < @beforeMs');
  const get = (id: string) => {
    const row = byId.get({ id });
    return row === undefined ? undefined : jobFrom(row);
  };
  return {
    create(job) {
      const { id, kind, startedAtMs } = job;
      insert.run({ id, kind, params: jsonOf(job.params), progress: jsonOf(job.progress), startedAtMs });
      return { ...job, state: 'waiting', endedAtMs: null, reason: null };
    },
    get,
    list: ({ state } = {}) => list.all({ state: state ?? null }).map(jobFrom),
    recentFolders: (limit) => recentFolders.all({ limit }),
    setProgress: (id, progress) => void setProgress.run({ id, progress: jsonOf(progress) }),
    setState(id, state, atMs, reason) {
      const ended = state === 'done' || state === 'failed';
      setState.run({ id, state, reason: reason ?? null, endedAtMs: ended ? atMs : null });
    },
    requeueInterrupted: () =>
      database.transaction(() => {
        requeue.run();
        return list.all({ state: 'waiting' }).map(jobFrom).reverse();
      }),
    addItems: (job, items) => database.transaction(() => items.forEach((item) => addItem.run({ job, item }))),
    finishItem: (job, item, failure) =>
      void finishItem.run({ job, item, state: failure === undefined ? 'done' : 'failed', reason: failure ?? null }),
    waitingItems: (job) => waiting.all({ job }).map(({ item }) => item),
    counts(job) {
      const found = new Map(counts.all({ job }).map(({ state, items }) => [state, items]));
      return { waiting: found.get('waiting') ?? 0, done: found.get('done') ?? 0, failed: found.get('failed') ?? 0 };
    },
    forgetEnded: (beforeMs) => void forget.run({ beforeMs }),
  };
}

const jobFrom = (row: Row): StoredJob => ({
  ...row,
  params: fromJson<JsonValue>(row.params),
  progress: fromJson<JobProgress>(row.progress),
});
