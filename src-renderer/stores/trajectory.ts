/** The path by which a flag was found, loaded by its hash, and the step of it that the reviewer looks at. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { appErrorFrom, type AppError } from '../../src-main/contract/errors.ts';
import { trajectoryFormat, upgradeTrajectory, type Trajectory } from '../../src-main/contract/trajectory.ts';
import { spanOfLooks } from '../components/evidence/path-steps.ts';
import { createRecentCache } from '../lib/recent-cache.ts';
import { useConnection } from './connection.ts';

export type TrajectoryState =
  | { readonly kind: 'idle' | 'loading' | 'ready' }
  /** The store of the core has it no more. */
  | { readonly kind: 'gone' }
  /** Written by a newer program than this one. */
  | { readonly kind: 'newer'; readonly format: number }
  | { readonly kind: 'error'; readonly error: AppError };

/** Paths that are kept. */
const kept = 8;

const formatOf = (value: unknown): number =>
  typeof value === 'object' && value !== null && 'format' in value && typeof value.format === 'number'
    ? value.format
    : Number.NaN;

export const useTrajectory = defineStore('trajectory', () => {
  const connection = useConnection();
  const trajectory = shallowRef<Trajectory | null>(null);
  const state = shallowRef<TrajectoryState>({ kind: 'idle' });
  /** Number of the step, or null. */
  const selectedStep = ref<number | null>(null);
  const cache = createRecentCache<Trajectory>(kept);
  let wanted: string | null = null;
  let loading: AbortController | null = null;

  const show = (loaded: Trajectory) => {
    trajectory.value = loaded;
    state.value = { kind: 'ready' };
  };

  /** Shows the path of this hash; a later call takes the place of one that is still under way. */
  async function load(hash: string): Promise<void> {
    if (hash === wanted && (state.value.kind === 'ready' || state.value.kind === 'loading')) return;
    loading?.abort();
    wanted = hash;
    selectedStep.value = null;
    const known = cache.get(hash);
    if (known !== undefined) return show(known);
    const own = new AbortController();
    loading = own;
    trajectory.value = null;
    state.value = { kind: 'loading' };
    try {
      const { trajectory: stored } = await connection.client.trajectories.get({ id: hash }, { signal: own.signal });
      if (own.signal.aborted) return;
      const format = formatOf(stored);
      if (format > trajectoryFormat) state.value = { kind: 'newer', format };
      else {
        const loaded = upgradeTrajectory(stored);
        cache.set(hash, loaded);
        show(loaded);
      }
    } catch (caught) {
      if (own.signal.aborted) return;
      const error = appErrorFrom(caught);
      state.value = error.code === 'not-found' ? { kind: 'gone' } : { kind: 'error', error };
    }
  }

  /** What the selected step looked at: its span and the times of its frames. */
  const highlight = computed(() => {
    const loaded = trajectory.value;
    const step = selectedStep.value === null ? undefined : loaded?.steps[selectedStep.value];
    return step === undefined ? null : spanOfLooks(step.looks.flatMap((look) => loaded?.looks[look] ?? []));
  });

  // What failed for want of a connection is asked for again as soon as there is one.
  connection.onReady(() => {
    if (wanted !== null && state.value.kind === 'error') void load(wanted);
  });

  return { trajectory, state, selectedStep, highlight, load };
});
