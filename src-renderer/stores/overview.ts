/** The calendar of one month and the recap of one day, of all cameras or one, kept as the archive is. */
import { useDebounceFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { appErrorFrom } from '../../src-main/contract/errors.ts';
import type { Day, Recap } from '../../src-main/contract/overview.ts';
import { errorWords } from '../i18n/error-words.ts';
import { boundsOfDay, dayName } from '../lib/day-name.ts';
import { lastDayOf, monthOf, weeksOf } from '../lib/month-grid.ts';
import { useConnection } from './connection.ts';
import { useSettings } from './settings.ts';

type LoadState = 'loading' | 'ready' | { readonly error: string };

export const useOverview = defineStore('overview', () => {
  const connection = useConnection();
  const { client } = connection;
  const settings = useSettings();
  const timeZone = computed(() => settings.values.timeZone || undefined);
  /** Its name where it is the machine's. */
  const zoneName = computed(() => timeZone.value ?? Intl.DateTimeFormat().resolvedOptions().timeZone);

  /** The day that is shown, and the month around it; null until it is known which. */
  const day = ref<string | null>(null);
  const month = ref<string | null>(null);
  const camera = ref<string | null>(null);
  const days = shallowRef<ReadonlyMap<string, Day>>(new Map());
  const undated = ref(0);
  const recap = shallowRef<Recap | null>(null);
  const state = shallowRef<LoadState>('loading');
  /** The last day on which something was recorded; null where nothing has a time. */
  const latest = ref<string | null>(null);

  const named = () => (camera.value === null ? {} : { cameras: [camera.value] });
  let loading = 0;
  let viewers = 0;

  async function findLatest(): Promise<void> {
    const { cameras } = await client.archive.overview();
    const ends = cameras.flatMap(({ lastUtcMs }) => lastUtcMs ?? []);
    latest.value = ends.length === 0 ? null : dayName(Math.max(...ends) - 1, timeZone.value);
  }

  async function refresh(): Promise<void> {
    if (viewers === 0) return;
    const own = ++loading;
    try {
      await findLatest();
      if (own !== loading) return;
      if (day.value === null) show(latest.value);
      const [shownDay, shownMonth] = [day.value, month.value];
      if (shownDay !== null && shownMonth !== null) await load(own, shownDay, shownMonth);
      if (own === loading) state.value = 'ready';
    } catch (error) {
      const { code } = appErrorFrom(error);
      // After reconnecting it is asked again.
      if (own === loading && code !== 'connection-lost') state.value = { error: errorWords(error) };
    }
  }

  async function load(own: number, shownDay: string, shownMonth: string): Promise<void> {
    const weeks = weeksOf(shownMonth).flat();
    // Whatever day weeks begin with, a week more on both sides holds what is shown.
    const from = boundsOfDay(weeks[0] ?? `${shownMonth}-01`, timeZone.value).fromMs - 7 * 86_400_000;
    const until = boundsOfDay(weeks.at(-1) ?? lastDayOf(shownMonth), timeZone.value).toMs + 7 * 86_400_000;
    const bounds = boundsOfDay(shownDay, timeZone.value);
    const [found, told] = await Promise.all([
      client.overview.days({ from, until, timeZone: zoneName.value, ...named() }),
      client.overview.recap({ from: bounds.fromMs, until: bounds.toMs, ...named() }),
    ]);
    if (own !== loading) return;
    days.value = new Map(found.days.map((each) => [each.day, each]));
    undated.value = found.undated;
    recap.value = told;
  }

  function show(wanted: string | null): void {
    if (wanted === day.value) return;
    day.value = wanted;
    if (wanted !== null) month.value = monthOf(wanted);
  }

  /** Keeps what is shown as the archive is, until the function that is returned is called. */
  function watchArchive(): () => void {
    viewers++;
    void refresh();
    return () => void viewers--;
  }

  const refreshSoon = useDebounceFn(refresh, 700, { maxWait: 1500 });
  for (const event of ['archive.changed', 'flag.changed', 'flags.changed'] as const) {
    client.on(event, () => void refreshSoon());
  }
  connection.onReady(() => void refresh());
  watch([day, month, camera, timeZone], () => void refresh());

  return { day, month, camera, days, undated, recap, state, latest, timeZone, show, watchArchive, refresh };
});
