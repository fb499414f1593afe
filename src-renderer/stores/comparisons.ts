/** Comparisons of two policy versions over the same recordings: those that there are, and the one that is looked at. */
import { useThrottleFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { type AppError, appErrorFrom } from '../../src-main/contract/errors.ts';
import type { Job } from '../../src-main/contract/job.ts';
import type { Comparison, ComparisonSummary } from '../../src-main/contract/policy-comparison.ts';
import { useConnection } from './connection.ts';
import { useJobs } from './jobs.ts';

type ComparisonState =
  | { readonly kind: 'none' | 'loading' | 'gone' }
  | { readonly kind: 'ready'; readonly comparison: Comparison }
  | { readonly kind: 'error'; readonly error: AppError };

/** A comparison that is being made is read again at most this often. */
const readAgainMs = 1500;

export const useComparisons = defineStore('comparisons', () => {
  const connection = useConnection();
  const jobs = useJobs();
  const { client } = connection;
  const list = shallowRef<readonly ComparisonSummary[]>([]);
  const state = shallowRef<ComparisonState>({ kind: 'none' });
  const opened = ref<string | null>(null);

  const jobOf = (id: string): Job | undefined => jobs.jobs.find((job) => job.id === id && job.kind === 'compare');

  async function refresh(): Promise<void> {
    // The list only leads to what was compared before: where it cannot be read, comparing anew says why.
    const page = await client.policies.comparisons().catch(() => null);
    if (page !== null) list.value = page.items;
  }

  async function read(id: string): Promise<void> {
    try {
      const { comparison } = await client.policies.comparison({ id });
      if (opened.value === id) state.value = { kind: 'ready', comparison };
    } catch (caught) {
      const error = appErrorFrom(caught);
      if (opened.value !== id || (error.code === 'connection-lost' && state.value.kind === 'ready')) return;
      state.value = error.code === 'not-found' ? { kind: 'gone' } : { kind: 'error', error };
    }
  }

  /** Shows the comparison of this id; null shows none. */
  function open(id: string | null): void {
    if (id === opened.value && state.value.kind !== 'error') return;
    opened.value = id;
    state.value = { kind: id === null ? 'none' : 'loading' };
    if (id !== null) void read(id);
  }

  /** Errors: those of the core, before a job waits: `not-found`, `invalid-argument`. */
  async function start(first: string, second: string): Promise<Job> {
    const job = await jobs.compare({ first, second });
    void refresh();
    return job;
  }

  const readSoon = useThrottleFn((id: string) => void read(id), readAgainMs, true);
  client.on('job.changed', ({ id, kind, state: job }) => {
    if (kind !== 'compare') return;
    if (job === 'done') void refresh();
    if (id === opened.value) void readSoon(id);
  });
  connection.onReady(() => {
    void refresh();
    if (opened.value !== null) void read(opened.value);
  });

  return { list, state, opened, jobOf, open, refresh, start };
});
