/** What was seen in the open recording, for drawing over its picture: fetched a minute at a time around the playhead. */
import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { OverlayFrame } from '../../src-main/contract/overlay.ts';
import { overlayAt } from '../../src-main/contract/overlay-at.ts';
import { createRecentCache } from '../lib/recent-cache.ts';
import { useConnection } from './connection.ts';
import { usePlayer } from './player.ts';

/** What is asked for at once, and how much of the neighbours comes with it so that nothing ends at the border, seconds. */
const stretch = 60;
const overlap = 2;
/** Stretches that are kept. */
const kept = 12;

export const useOverlay = defineStore('overlay', () => {
  const connection = useConnection();
  const player = usePlayer();
  const shown = useLocalStorage('anom-pi.overlay', true);
  /** By recording and number of the stretch. */
  const cache = createRecentCache<readonly OverlayFrame[]>(kept);
  const frames = shallowRef<readonly OverlayFrame[]>([]);
  let loading: AbortController | null = null;

  const key = computed(() =>
    player.recording === null ? null : `${player.recording.id} ${String(Math.floor(player.time / stretch))}`,
  );
  const items = computed(() => (shown.value ? overlayAt(frames.value, player.time) : []));

  async function load(wanted: string): Promise<void> {
    const [recording = '', number = ''] = wanted.split(' ');
    const start = Number(number) * stretch;
    const own = new AbortController();
    loading = own;
    try {
      const overlay = await connection.client.recordings.overlay(
        { recording, start: Math.max(0, start - overlap), end: start + stretch + overlap },
        { signal: own.signal },
      );
      if (own.signal.aborted) return;
      cache.set(wanted, overlay.frames);
      frames.value = overlay.frames;
    } catch {
      // The picture is what matters: without the overlay it is shown all the same, and the next stretch asks again.
      if (!own.signal.aborted) frames.value = [];
    }
  }

  watch(
    [key, shown],
    ([wanted, isShown]) => {
      loading?.abort();
      const known = wanted === null ? [] : cache.get(wanted);
      frames.value = known ?? [];
      if (wanted !== null && known === undefined && isShown) void load(wanted);
    },
    { immediate: true },
  );
  // A scan looks at more.
  connection.client.on('archive.changed', () => cache.keepOnly(null));

  return { items, shown, toggle: () => (shown.value = !shown.value) };
});
