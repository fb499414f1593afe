/** Training: what there is to learn from, the runs that there were, and the one that is looked at, as it goes on. */
import { useDebounceFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Calls, ParamsGiven, ResultOf } from '../../src-main/contract/calls.ts';
import { type AppError, appErrorFrom } from '../../src-main/contract/errors.ts';
import type { Job } from '../../src-main/contract/job.ts';
import { defaultClassIds, normalClass } from '../../src-main/contract/taxonomy.ts';
import type { TrainingPoint, TrainingRun } from '../../src-main/contract/training.ts';
import { withPoint } from '../lib/training-curve.ts';
import { useConnection } from './connection.ts';
import { useJobs } from './jobs.ts';

export type Readiness = ResultOf<Calls['training']['readiness']>;
export type TrainingWish = ParamsGiven<Calls['training']['start']>;

/** Flags with a verdict, by the class that they were given. */
export interface ClassVerdicts {
  readonly class: string;
  readonly confirm: number;
  readonly reject: number;
  readonly unsure: number;
}

type ListState = { readonly kind: 'loading' | 'ready' } | { readonly kind: 'error'; readonly error: AppError };
type RunState =
  | { readonly kind: 'none' | 'loading' | 'gone' }
  | { readonly kind: 'ready'; readonly run: TrainingRun; readonly points: readonly TrainingPoint[] }
  | { readonly kind: 'error'; readonly error: AppError };

/** Someone who decides flag after flag changes what there is to learn from all the time. */
const readinessDelayMs = 600;
/** Runs that the list shows; each of the others is found by the version that came out of it. */
const mostRuns = 200;

export const useTraining = defineStore('training', () => {
  const connection = useConnection();
  const jobs = useJobs();
  const { client } = connection;
  const readiness = shallowRef<Readiness | null>(null);
  const classes = shallowRef<readonly ClassVerdicts[]>([]);
  const runs = shallowRef<readonly TrainingRun[]>([]);
  const state = shallowRef<ListState>({ kind: 'loading' });
  const run = shallowRef<RunState>({ kind: 'none' });
  const opened = ref<string | null>(null);

  const jobOf = (id: string): Job | undefined => jobs.jobs.find((job) => job.id === id && job.kind === 'train');
  /** The job that trains, or waits to. */
  const active = computed(() => jobs.active.find(({ kind }) => kind === 'train') ?? null);
  /** Runs without a version: under way, stopped or failed. The latest first. */
  const unfinished = computed(() => runs.value.filter(({ version }) => version === null));

  async function readClasses(): Promise<void> {
    const ids = defaultClassIds.filter((id) => id !== normalClass);
    classes.value = await Promise.all(
      ids.map(async (id) => {
        // Of the flags themselves only one is asked for: their number by state comes with them.
        const { states } = await client.flags.find({ classes: [id], limit: 1 });
        return { class: id, confirm: states.confirm, reject: states.reject, unsure: states.unsure };
      }),
    );
  }

  async function readReadiness(): Promise<void> {
    [readiness.value] = await Promise.all([client.training.readiness(), readClasses()]);
  }

  async function refresh(): Promise<void> {
    try {
      const [, page] = await Promise.all([readReadiness(), client.training.runs({ limit: mostRuns })]);
      runs.value = page.items;
      state.value = { kind: 'ready' };
    } catch (caught) {
      const error = appErrorFrom(caught);
      // After reconnecting it is asked again.
      if (error.code !== 'connection-lost') state.value = { kind: 'error', error };
    }
  }

  async function read(id: string): Promise<void> {
    try {
      const answer = await client.training.get({ run: id });
      if (opened.value === id) run.value = { kind: 'ready', ...answer };
    } catch (caught) {
      const error = appErrorFrom(caught);
      if (opened.value !== id || (error.code === 'connection-lost' && run.value.kind === 'ready')) return;
      run.value = error.code === 'not-found' ? { kind: 'gone' } : { kind: 'error', error };
    }
  }

  /** Shows the run of this id; null shows none. */
  function open(id: string | null): void {
    if (id === opened.value && run.value.kind !== 'error') return;
    opened.value = id;
    run.value = { kind: id === null ? 'none' : 'loading' };
    if (id !== null) void read(id);
  }

  /** Errors: those of the core, before a job waits: `not-found`, `invalid-argument`. */
  async function start(wish: TrainingWish): Promise<Job> {
    const job = await jobs.train(wish);
    void refresh();
    return job;
  }

  client.on('training.curve', ({ job, point }) => {
    const shown = run.value;
    if (shown.kind !== 'ready' || shown.run.id !== job) return;
    run.value = { ...shown, run: { ...shown.run, last: point }, points: withPoint(shown.points, point) };
  });

  /** What of a job tells that a run has come further than its curve. */
  const told = new Map<string, Job['state']>();
  client.on('job.changed', ({ id, kind, state: job }) => {
    if (kind !== 'train' || told.get(id) === job) return;
    told.set(id, job);
    void refresh();
    if (id === opened.value) void read(id);
  });
  const refreshSoon = useDebounceFn(() => readReadiness().catch(() => undefined), readinessDelayMs, {
    maxWait: 4 * readinessDelayMs,
  });
  client.on('flag.changed', () => void refreshSoon());
  connection.onReady(() => {
    void refresh();
    if (opened.value !== null) void read(opened.value);
  });

  return { readiness, classes, runs, state, run, opened, active, unfinished, jobOf, open, refresh, start };
});
