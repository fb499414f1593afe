/** What is known along a recording, for the timeline: loaded by recording, the last few kept, read again as scans go on. */
import { useDebounceFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { type AppError, appErrorFrom } from '../../src-main/contract/errors.ts';
import type { Miss } from '../../src-main/contract/flag.ts';
import type { GroundTruth } from '../../src-main/contract/footage.ts';
import type { Timeline } from '../../src-main/contract/timeline.ts';
import { t } from '../i18n/index.ts';
import { classLabel } from '../lib/class-label.ts';
import { formatDuration } from '../lib/format.ts';
import { createRecentCache } from '../lib/recent-cache.ts';
import { useConnection } from './connection.ts';
import { type Change, type Outcome, useHistory } from './history.ts';
import { useNotices } from './notices.ts';

export type TimelineState =
  { readonly kind: 'idle' | 'loading' | 'ready' } | { readonly kind: 'error'; readonly error: AppError };

type NewMiss = Omit<Miss, 'id' | 'addedAtMs'>;

interface Known {
  readonly timeline: Timeline;
  readonly misses: readonly Miss[];
  readonly truth: GroundTruth | null;
}

/** Recordings whose timelines are kept. */
const kept = 6;
/** A running scan changes the archive twice a second. */
const reloadDelayMs = 1000;
/** More misses of one recording than anyone adds by hand. */
const mostMisses = 1000;

export const useTimeline = defineStore('timeline', () => {
  const connection = useConnection();
  const history = useHistory();
  const notices = useNotices();
  const data = shallowRef<Timeline | null>(null);
  const misses = shallowRef<readonly Miss[]>([]);
  /** What is known to be true of the recording; null where nothing is. */
  const truth = shallowRef<GroundTruth | null>(null);
  const state = shallowRef<TimelineState>({ kind: 'idle' });
  /** By recording. */
  const cache = createRecentCache<Known>(kept);
  let wanted: string | null = null;
  let loading: AbortController | null = null;

  const show = (known: Known) => {
    data.value = known.timeline;
    misses.value = known.misses;
    truth.value = known.truth;
    state.value = { kind: 'ready' };
  };

  async function read(recording: string): Promise<void> {
    loading?.abort();
    const own = new AbortController();
    loading = own;
    const options = { signal: own.signal };
    try {
      const [timeline, { items }, told] = await Promise.all([
        connection.client.recordings.timeline({ recording }, options),
        connection.client.misses.list({ recording, limit: mostMisses }, options),
        connection.client.playback.groundTruth({ recording }, options),
      ]);
      if (own.signal.aborted) return;
      const known = { timeline, misses: items, truth: told.truth };
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
    truth.value = null;
    state.value = { kind: 'loading' };
    await read(recording);
  }

  async function reload(): Promise<void> {
    if (wanted !== null) await read(wanted);
  }

  async function add(miss: NewMiss): Promise<Miss> {
    const answer = await connection.client.misses.add(miss);
    await reload();
    return answer.miss;
  }
  async function remove(id: string): Promise<void> {
    await connection.client.misses.remove({ miss: id });
    await reload();
  }
  /** What undoing and doing again come to, where somebody may have been quicker. */
  async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
    try {
      await work();
      return 'done';
    } catch (error) {
      notices.showError(error);
      return appErrorFrom(error).code === 'not-found' ? 'gone' : 'refused';
    }
  }
  const labelOf = (word: 'missAdded' | 'missRemoved', miss: NewMiss) =>
    t('player.history.ofFlag', {
      ...{ what: t(`player.history.change.${word}`), flag: classLabel(miss.class) },
      time: formatDuration(miss.start),
    });

  /** Adds a miss as a change of the history. Errors: those of `misses.add`. */
  async function addMiss(miss: NewMiss): Promise<void> {
    // Given again, it is another one to the core.
    let { id } = await add(miss);
    history.add({
      label: labelOf('missAdded', miss),
      undo: () => outcomeOf(() => remove(id)),
      redo: () => outcomeOf(async () => ({ id } = await add(miss))),
    });
  }

  /** Takes a miss back as a change of the history. Errors: `not-found` where another window was quicker. */
  async function removeMiss({ id: first, addedAtMs: _at, ...miss }: Miss): Promise<Change> {
    let id = first;
    await remove(id);
    const change: Change = {
      label: labelOf('missRemoved', miss),
      undo: () => outcomeOf(async () => ({ id } = await add(miss))),
      redo: () => outcomeOf(() => remove(id)),
    };
    history.add(change);
    return change;
  }

  const reloadSoon = useDebounceFn(reload, reloadDelayMs, { maxWait: 2 * reloadDelayMs });
  connection.client.on('archive.changed', () => {
    cache.keepOnly(wanted);
    void reloadSoon();
  });
  connection.onReady(() => {
    if (state.value.kind === 'error') void reload();
  });

  return { data, misses, truth, state, load, reload, addMiss, removeMiss };
});
