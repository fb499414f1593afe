/** Long work as jobs: like work in turn, with progress, cancellation, and resumption after anything. */
import { randomUUID } from 'node:crypto';
import type { EventSink } from '../contract/service.ts';
import type { Job, JobProgress } from '../contract/job.ts';
import { AppError, appErrorFrom } from '../contract/errors.ts';
import type { JsonValue, Store, StoredJob } from '../store/index.ts';
import { createProgressMeter, type WorkDone } from './progress.ts';

/** What the work of a job is given. */
export interface JobContext {
  readonly job: string;
  readonly signal: AbortSignal;
  progress(state: WorkDone): void;
}

/**
 * The work of one kind of job. It must be able to begin again from the store after being cut off at any moment:
 * resuming calls it again with the same params.
 */
export type JobWork = (params: JsonValue, context: JobContext) => Promise<void>;

export interface Jobs {
  start(kind: Job['kind'], params: JsonValue): Job;
  list(): readonly Job[];
  /** Stops a job where it is; `resume` goes on from there. Ended jobs are returned as they are. */
  cancel(id: string): Job;
  resume(id: string): Job;
  /** Whether any job runs or waits. */
  busy(): boolean;
  /** Pauses all and waits until none runs. */
  close(): Promise<void>;
}

/** Events and rows are written at most this often for a running job: a scan of short clips would flood both. */
const progressIntervalMs = 250;

/**
 * What jobs of each kind keep to themselves: two that share something run one after the other. A scan looks at recordings
 * that no other scan may be looking at, and the sample archive is rendered into a folder and then scanned.
 */
const occupied: Readonly<
  Record<
    Job['kind'],
    readonly ('import' | 'scan' | 'models' | 'simulation' | 'evaluation' | 'export' | 'compare' | 'training')[]
  >
> = {
  import: ['import'],
  scan: ['scan'],
  models: ['models'],
  simulate: ['simulation'],
  samples: ['simulation', 'scan'],
  evaluation: ['evaluation'],
  export: ['export'],
  compare: ['compare'],
  train: ['training'],
};

const nothingYet: JobProgress = {
  ...{ done: 0, total: 0, unit: 'files', rate: null, secondsLeft: null },
  ...{ label: '', failed: 0 },
};

export function createJobs(options: {
  readonly store: Store;
  readonly events: EventSink;
  readonly works: Readonly<Record<Job['kind'], JobWork>>;
  readonly now: () => number;
}): Jobs {
  const { store, events, works, now } = options;
  const running = new Map<string, { job: Job; abort: AbortController; ended: Promise<void> }>();
  const waiting: { job: Job; params: JsonValue }[] = [];

  function enter(job: Job, state: Job['state'], reason: string | null = null): Job {
    const ended = state === 'done' || state === 'failed' || state === 'paused';
    const changed = { ...job, state, reason, endedAtMs: ended ? now() : null };
    store.jobs.setState(job.id, state, now(), reason ?? undefined);
    events.emit('job.changed', changed);
    return changed;
  }

  function next(): void {
    const taken = new Set([...running.values()].flatMap((entry) => occupied[entry.job.kind]));
    for (const entry of [...waiting]) {
      const needed = occupied[entry.job.kind];
      const mayRun = needed.every((part) => !taken.has(part));
      // What a waiting job needs is kept for it, so that those behind it do not overtake it for ever.
      for (const part of needed) taken.add(part);
      if (!mayRun) continue;
      waiting.splice(waiting.indexOf(entry), 1);
      run(entry.job, entry.params);
    }
  }

  function run(waitingJob: Job, params: JsonValue): void {
    const abort = new AbortController();
    const entry = { job: waitingJob, abort, ended: Promise.resolve() };
    running.set(waitingJob.id, entry);
    entry.ended = work(entry, params).finally(() => {
      running.delete(entry.job.id);
      next();
    });
  }

  async function work(entry: { job: Job; abort: AbortController }, params: JsonValue): Promise<void> {
    const meter = createProgressMeter();
    let shownAtMs = -Infinity;
    let latest: WorkDone = nothingYet;
    const context: JobContext = {
      job: entry.job.id,
      signal: entry.abort.signal,
      progress: (state) => {
        latest = state;
        const nowMs = now();
        // However far a clock was set, it goes on being shown.
        if (Math.abs(nowMs - shownAtMs) < progressIntervalMs) return;
        shownAtMs = nowMs;
        entry.job = { ...entry.job, progress: meter.measure(state, nowMs) };
        events.emit('job.changed', entry.job);
      },
    };
    let outcome: Pick<Job, 'state' | 'reason'>;
    try {
      entry.job = enter(entry.job, 'running');
      await works[entry.job.kind](params, context);
      outcome = { state: 'done', reason: null };
    } catch (error) {
      const { code, message } = appErrorFrom(error);
      outcome = code === 'cancelled' ? { state: 'paused', reason: null } : { state: 'failed', reason: message };
    }
    const last = { ...entry.job, progress: meter.measure(latest, now()) };
    try {
      store.jobs.setProgress(last.id, last.progress);
      entry.job = enter(last, outcome.state, outcome.reason);
    } catch {
      // The disk is full or gone: the row keeps its last state and goes on at the next start; whoever watches is told.
      events.emit('job.changed', { ...last, ...outcome, endedAtMs: now() });
    }
  }

  function find(id: string): StoredJob {
    const found = store.jobs.get(id);
    if (found === undefined) throw new AppError('not-found', `There is no job ${id}.`);
    return found;
  }

  // What a core that was killed left behind goes on, as an overnight scan should; what a person stopped stays stopped.
  for (const stored of store.jobs.requeueInterrupted()) {
    waiting.push({ job: withoutParams(stored), params: stored.params });
  }
  setImmediate(next);

  /** No two start at the same moment: which one was first decides which goes on first after a kill. */
  let latestStart = 0;

  return {
    start(kind, params) {
      latestStart = Math.max(now(), latestStart + 1);
      const created = store.jobs.create({
        id: randomUUID(),
        kind,
        params,
        progress: nothingYet,
        startedAtMs: latestStart,
      });
      const job = withoutParams(created);
      events.emit('job.changed', job);
      waiting.push({ job, params });
      // After the caller has its answer, so that the job's first event does not outrun it.
      setImmediate(next);
      return job;
    },
    list: () => {
      const stored = store.jobs
        .list()
        .map(withoutParams)
        .map((job) => running.get(job.id)?.job ?? job);
      const rank = (job: Job) => (job.state === 'running' ? 0 : job.state === 'waiting' ? 1 : 2);
      return stored.toSorted((a, b) => rank(a) - rank(b));
    },
    cancel(id) {
      const entry = running.get(id);
      if (entry !== undefined) {
        entry.abort.abort();
        return entry.job;
      }
      const position = waiting.findIndex((candidate) => candidate.job.id === id);
      const [withdrawn] = position < 0 ? [] : waiting.splice(position, 1);
      return withdrawn === undefined ? withoutParams(find(id)) : enter(withdrawn.job, 'paused');
    },
    resume(id) {
      const found = find(id);
      const job = withoutParams(found);
      if (job.state !== 'paused' && job.state !== 'failed') return job;
      const again = enter(job, 'waiting');
      waiting.push({ job: again, params: found.params });
      setImmediate(next);
      return again;
    },
    busy: () => running.size > 0 || waiting.length > 0,
    async close() {
      for (const entry of waiting.splice(0)) enter(entry.job, 'paused');
      const ends = [...running.values()].map((entry) => {
        entry.abort.abort();
        return entry.ended;
      });
      await Promise.all(ends);
    },
  };
}

function withoutParams({ params, ...job }: StoredJob): Job {
  const given = params as {
    readonly folders?: readonly string[];
    readonly dataset?: string;
    readonly watched?: string;
  } | null;
  const others = [given?.dataset, given?.watched].filter((folder) => folder !== undefined);
  return { ...job, folders: [...(given?.folders ?? []), ...others] };
}
