/** Evaluations: those that there are, the one that is looked at, and starting another. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { EvaluationSummary } from '../../src-main/contract/calls/evaluation.ts';
import { type AppError, appErrorFrom } from '../../src-main/contract/errors.ts';
import type { Evaluation } from '../../src-main/contract/evaluation.ts';
import type { Job } from '../../src-main/contract/job.ts';
import { useConnection } from './connection.ts';
import { useJobs } from './jobs.ts';

export interface EvaluationWish {
  readonly dataset: string;
  /** Guessed where it is absent. */
  readonly format?: string;
  readonly normal?: string;
  readonly normalClass?: string;
  /** Those that come with the program where absent. */
  readonly policies?: string[];
  readonly folds?: 'by-source';
}

type ListState = { readonly kind: 'loading' | 'ready' } | { readonly kind: 'error'; readonly error: AppError };
type EvaluationState =
  | { readonly kind: 'none' | 'loading' | 'gone' }
  | { readonly kind: 'ready'; readonly id: string; readonly evaluation: Evaluation }
  | { readonly kind: 'error'; readonly error: AppError };

/** Of jobs that failed, the latest are told; what stands in the way longer than that is no news. */
const mostFailed = 3;

export const useEvaluations = defineStore('evaluations', () => {
  const connection = useConnection();
  const jobs = useJobs();
  const { client } = connection;
  const list = shallowRef<readonly EvaluationSummary[]>([]);
  const listState = shallowRef<ListState>({ kind: 'loading' });
  const state = shallowRef<EvaluationState>({ kind: 'none' });
  const opened = ref<string | null>(null);

  const ofKind = computed(() => jobs.jobs.filter(({ kind }) => kind === 'evaluation'));
  /** Jobs that have not come to a result: under way, stopped, or failed with a reason. */
  const unfinished = computed(() => [
    ...ofKind.value.filter(({ state: each }) => each !== 'done' && each !== 'failed'),
    ...ofKind.value.filter(({ state: each }) => each === 'failed').slice(0, mostFailed),
  ]);

  async function refresh(): Promise<void> {
    try {
      list.value = (await client.evaluations.list({})).items;
      listState.value = { kind: 'ready' };
    } catch (caught) {
      const error = appErrorFrom(caught);
      // After reconnecting it is asked again.
      if (error.code !== 'connection-lost') listState.value = { kind: 'error', error };
    }
  }

  async function read(id: string): Promise<void> {
    state.value = { kind: 'loading' };
    try {
      const { evaluation } = await client.evaluations.get({ id });
      if (opened.value === id) state.value = { kind: 'ready', id, evaluation };
    } catch (caught) {
      const error = appErrorFrom(caught);
      if (opened.value === id) state.value = error.code === 'not-found' ? { kind: 'gone' } : { kind: 'error', error };
    }
  }

  /** Shows the evaluation of this id; null shows none. */
  function open(id: string | null): void {
    if (id === opened.value && state.value.kind !== 'error') return;
    opened.value = id;
    if (id === null) state.value = { kind: 'none' };
    else void read(id);
  }

  /** Errors: those of the core, before a job waits: `not-found`, `invalid-argument`. */
  async function start(wish: EvaluationWish): Promise<Job> {
    return await jobs.evaluate(wish);
  }

  client.on('job.changed', ({ id, kind, state: job }) => {
    if (kind !== 'evaluation' || job !== 'done') return;
    void refresh();
    if (id === opened.value) void read(id);
  });
  connection.onReady(() => {
    void refresh();
    if (opened.value !== null && state.value.kind !== 'ready') void read(opened.value);
  });

  const reportUrl = (id: string) => connection.mediaUrl({ kind: 'evaluation', evaluation: id });

  return { list, listState, state, opened, unfinished, refresh, open, start, reportUrl };
});
