/** The tour of the window: begun once by itself when the sample archive is there, and from the help as often as one likes. */
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { useRouter } from 'vue-router';
import { t } from '../i18n/index.ts';
import { useNotices } from './notices.ts';
import { useOpenFlags } from './open-flags.ts';
import { useSettings } from './settings.ts';

/** In their order, each with what it is about: the first element that the selector finds. */
export const tourSteps = [
  { id: 'queue', target: '.queue-panel' },
  { id: 'player', target: '.review-view .player' },
  { id: 'timeline', target: '.review-view .timeline' },
  { id: 'explanation', target: '.review-view .side' },
  { id: 'verdict', target: '.review-view .verdict' },
  { id: 'archive', target: '.nav-rail a[href$="#/archive"]' },
] as const;

export const useTour = defineStore('tour', () => {
  const settings = useSettings();
  const openFlags = useOpenFlags();
  const notices = useNotices();
  const router = useRouter();
  /** Null as long as there is no tour. */
  const index = ref<number | null>(null);
  const step = computed(() => (index.value === null ? null : (tourSteps[index.value] ?? null)));

  /** Asked for by a person: where there is nothing to show, the samples come first. */
  async function start(): Promise<void> {
    if (openFlags.count === 0) {
      await settings.set({ tourSeen: false }).catch(notices.showError);
      await router.push('/welcome');
      notices.show({ tone: 'neutral', text: t('tour.first') });
      return;
    }
    await router.push('/review');
    index.value = 0;
  }

  /** The sample archive has just been made: who has not seen the tour is shown it. */
  function begin(): void {
    if (settings.isLoaded && !settings.values.tourSeen) index.value = 0;
  }

  /** Seen to its end, or skipped: both count. */
  function end(): void {
    index.value = null;
    if (!settings.values.tourSeen) settings.set({ tourSeen: true }).catch(notices.showError);
  }

  return {
    ...{ index, step, start, begin, end },
    next: () => {
      if (index.value === null || index.value + 1 >= tourSteps.length) end();
      else index.value += 1;
    },
    back: () => {
      if (index.value !== null) index.value = Math.max(0, index.value - 1);
    },
  };
});
