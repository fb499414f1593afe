/** Loads stored paths by their hash, one at a time: a later wish takes the place of one that is still under way. */
import { type ShallowRef, shallowRef } from 'vue';
import { type AppError, appErrorFrom } from '../../src-main/contract/errors.ts';
import type { Client } from '../../src-main/contract/service.ts';
import { trajectoryFormat, upgradeTrajectory, type Trajectory } from '../../src-main/contract/trajectory.ts';
import { createRecentCache, type RecentCache } from '../lib/recent-cache.ts';

export type PathState =
  | { readonly kind: 'idle' | 'loading' | 'ready' }
  /** The store of the core has it no more. */
  | { readonly kind: 'gone' }
  /** Written by a newer program than this one. */
  | { readonly kind: 'newer'; readonly format: number }
  | { readonly kind: 'error'; readonly error: AppError };
/** A path that cannot be shown. */
export type MissingPath = Extract<PathState, { readonly kind: 'gone' | 'newer' | 'error' }>;

export const missingPath = (state: PathState): MissingPath | null =>
  state.kind === 'gone' || state.kind === 'newer' || state.kind === 'error' ? state : null;

export interface PathLoader {
  readonly trajectory: ShallowRef<Trajectory | null>;
  readonly state: ShallowRef<PathState>;
  /** Of the path that is shown or on its way. */
  readonly hash: ShallowRef<string | null>;
  /** Shows the path of this hash; after an error it is asked for again. Never rejects: `state` tells. */
  load(hash: string): Promise<void>;
  /** Asks again for what failed. */
  retry(): void;
}

/** Paths that are kept, by default. */
const kept = 8;

const formatOf = (value: unknown): number =>
  typeof value === 'object' && value !== null && 'format' in value && typeof value.format === 'number'
    ? value.format
    : Number.NaN;

/** `cache`: shared by loaders that may show the same paths. */
export function createPathLoader(
  paths: Pick<Client, 'trajectories'>,
  cache: RecentCache<Trajectory> = createRecentCache<Trajectory>(kept),
): PathLoader {
  const trajectory = shallowRef<Trajectory | null>(null);
  const state = shallowRef<PathState>({ kind: 'idle' });
  const wanted = shallowRef<string | null>(null);
  let loading: AbortController | null = null;

  const show = (loaded: Trajectory) => {
    trajectory.value = loaded;
    state.value = { kind: 'ready' };
  };

  async function fetch(hash: string, own: AbortController): Promise<void> {
    try {
      const { trajectory: stored } = await paths.trajectories.get({ id: hash }, { signal: own.signal });
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

  async function load(hash: string): Promise<void> {
    if (hash === wanted.value && (state.value.kind === 'ready' || state.value.kind === 'loading')) return;
    loading?.abort();
    wanted.value = hash;
    const known = cache.get(hash);
    if (known !== undefined) return show(known);
    const own = new AbortController();
    loading = own;
    trajectory.value = null;
    state.value = { kind: 'loading' };
    await fetch(hash, own);
  }

  return {
    trajectory,
    state,
    hash: wanted,
    load,
    retry() {
      if (wanted.value !== null && state.value.kind === 'error') void load(wanted.value);
    },
  };
}
