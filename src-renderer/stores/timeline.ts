/** What is known along a recording, for the timeline: loaded by recording, the last few kept, read again as scans go on. */
import { useDebounceFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { type AppError, appErrorFrom } from '../../src-main/contract/errors.ts';
import type { Miss } from '../../src-main/contract/flag.ts';
import type { Timeline } from '../../src-main/contract/timeline.ts';
import { createRecentCache } from '../lib/recent-cache.ts';
import { useConnection } from './connection.ts';

export type TimelineState =
  { readonly kind: 'idle' | 'loading' | 'ready' } | { readonly kind: 'error'; readonly error: AppError };

interface Known {
  readonly timeline: Timeline;
  readonly misses: readonly Miss[];
}

/** Recordings whose timelines are kept. */
const kept = 6;
/** A running scan changes the archive twice a second. */
const reloadDelayMs = 1000;
/** More misses of one recording than anyone adds by hand. */
const mostMisses = 1000;

export const useTimeline = defineStore('timeline', () => {
  const connection = useConnection();
  const data = shallowRef<Timeline | null>(null);
  const misses = shallowRef<readonly Miss[]>([]);
  const state = shallowRef<TimelineState>({ kind: 'idle' });
  /** By recording. */
  const cache = createRecentCache<Known>(kept);
  let wanted: string | null = null;
  let loading: AbortController | null = null;

  const show = (known: Known) => {
    data.value = known.timeline;
    misses.value = known.misses;
    state.value = { kind: 'ready' };
  };

  async function read(recording: string): Promise<void> {
    loading?.abort();
    const own = new AbortController();
    loading = own;
    const options = { signal: own.signal };
    try {
      const [timeline, { items }] = await Promise.all([
        connection.client.recordings.timeline({ recording }, options),
        connection.client.misses.list({ recording, limit: mostMisses }, options),
      ]);
      if (own.signal.aborted) return;
      const known = { timeline, misses: items };
      cache.set(recording, known);
      show(known);
    } catch (caught) {
      // What is on screen stays there: it was true a moment ago.
      if (!own.signal.aborted && data.value === null) state.value = { kind: 'error', error: appErrorFrom(caught) };
    }
  }

  /** Shows the timeline of this recording; a later call takes the place of one that is still under way. */
  async function load(recording: string): Promise<void> {
    if (recording === wanted && state.value.kind !== 'error') return;
    wanted = recording;
    const known = cache.get(recording);
    if (known !== undefined) {
      loading?.abort();
      return show(known);
    }
    data.value = null;
    misses.value = [];
    state.value = { kind: 'loading' };
    await read(recording);
  }

  async function reload(): Promise<void> {
    if (wanted !== null) await read(wanted);
  }

  /** Errors: `not-found` where another window was quicker. */
  async function removeMiss({ id }: Miss): Promise<void> {
    await connection.client.misses.remove({ miss: id });
    await reload();
  }

  /** A miss that was taken back, once more. */
  async function putBackMiss({ id: _id, addedAtMs: _at, ...miss }: Miss): Promise<void> {
    await connection.client.misses.add(miss);
    await reload();
  }

  const reloadSoon = useDebounceFn(reload, reloadDelayMs, { maxWait: 2 * reloadDelayMs });
  connection.client.on('archive.changed', () => {
    cache.keepOnly(wanted);
    void reloadSoon();
  });
  connection.onReady(() => {
    if (state.value.kind === 'error') void reload();
  });

  return { data, misses, state, load, reload, removeMiss, putBackMiss };
});
