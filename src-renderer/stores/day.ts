/** What the camera of the open recording recorded on the same day, laid out around it by the wall clock. */
import { useDebounceFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { Footage } from '../../src-main/contract/footage.ts';
import { dayActivity, daySpans } from '../lib/day-footage.ts';
import { localDay } from '../lib/local-day.ts';
import type { TimeView } from '../lib/time-view.ts';
import { useConnection } from './connection.ts';
import { usePlayer } from './player.ts';
import { useSettings } from './settings.ts';

/** A running scan changes the archive twice a second. */
const reloadDelayMs = 2000;

interface DayKey {
  readonly camera: string;
  readonly fromUtcMs: number;
  readonly toUtcMs: number;
}

export const useDay = defineStore('day', () => {
  const connection = useConnection();
  const player = usePlayer();
  const settings = useSettings();
  const timeZone = computed(() => settings.values.timeZone || undefined);
  /** Wall clock of the open recording's first frame; null where it has none, and then there is no day. */
  const originUtcMs = computed(() => player.recording?.clock.utcMs ?? null);
  const key = computed((): DayKey | null => {
    const origin = originUtcMs.value;
    if (player.recording === null || origin === null) return null;
    const { fromMs, toMs } = localDay(origin, timeZone.value);
    return { camera: player.recording.camera, fromUtcMs: fromMs, toUtcMs: toMs };
  });
  const footage = shallowRef<readonly Footage[]>([]);
  /** Day and camera that `footage` is of. */
  let shown = '';
  let loading: AbortController | null = null;

  async function load(): Promise<void> {
    loading?.abort();
    const wanted = key.value;
    const name = JSON.stringify(wanted);
    // Another recording of the same day keeps what is there while it is read anew.
    if (name !== shown) footage.value = [];
    shown = name;
    if (wanted === null) return;
    const own = new AbortController();
    loading = own;
    const found = await connection.client.cameras.footage({ ...wanted }, { signal: own.signal }).catch(() => null);
    // Without its day a recording is shown all the same.
    if (found !== null && !own.signal.aborted) footage.value = found.footage;
  }

  const isOther = (a: DayKey | null, b: DayKey | null) => JSON.stringify(a) !== JSON.stringify(b);
  watch(key, (now, before) => {
    if (isOther(now, before)) void load();
  });
  const loadSoon = useDebounceFn(load, reloadDelayMs, { maxWait: 2 * reloadDelayMs });
  connection.client.on('archive.changed', () => void loadSoon());
  connection.onReady(() => void load());

  const spans = computed(() => (originUtcMs.value === null ? [] : daySpans(footage.value, originUtcMs.value)));
  const activity = computed(() => dayActivity(footage.value, originUtcMs.value ?? 0));
  /** The day, and all of a recording that reaches over its end, in the open recording's time. */
  const bounds = computed((): TimeView | null => {
    const [day, origin] = [key.value, originUtcMs.value];
    if (day === null || origin === null) return null;
    return {
      start: Math.min(0, (day.fromUtcMs - origin) / 1000),
      end: Math.max(player.duration, (day.toUtcMs - origin) / 1000),
    };
  });
  /** Where the timeline stood when another recording of the day was opened from it: it goes on from there. */
  const carried = shallowRef<{ readonly recording: string; readonly view: TimeView } | null>(null);

  return { originUtcMs, timeZone, spans, activity, bounds, carried };
});
