/** The settings in force, those of the window applied to it. */
import { usePreferredDark } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { AppError } from '../../src-main/contract/errors.ts';
import { type KnownSettings, readSettings } from '../../src-main/contract/settings.ts';
import { languageFor, setLanguage } from '../i18n/index.ts';
import { systemLanguages } from '../lib/system-languages.ts';
import { useConnection } from './connection.ts';
import { useNotices } from './notices.ts';

export type SettingsPatch = { readonly [K in keyof KnownSettings]?: KnownSettings[K] | null };

/** What the page sets before the core is asked; read by `public/first-paint.js`. */
const themeKey = 'theme';

function checked(values: unknown): KnownSettings {
  const reading = readSettings(values);
  if (!reading.ok) {
    const { setting, reason } = reading;
    throw new AppError('internal', `The core's settings make no sense here: ${setting ?? 'all of them'}: ${reason}`);
  }
  return reading.settings;
}

export const defaultSettings: KnownSettings = checked({});

export const useSettings = defineStore('settings', () => {
  const connection = useConnection();
  const notices = useNotices();
  const values = ref<KnownSettings>(defaultSettings);
  /** The core's settings were read; until then the defaults stand. */
  const isLoaded = ref(false);

  connection.onReady(() => {
    connection.client.settings.get().then(({ settings }) => {
      values.value = checked(settings);
      isLoaded.value = true;
    }, notices.showError);
  });

  /** Saves at once; null puts a setting back to its default. Errors of the core: `invalid-argument` with its words. */
  async function set(patch: SettingsPatch): Promise<void> {
    values.value = checked((await connection.client.settings.set({ settings: { ...patch } })).settings);
  }

  const prefersDark = usePreferredDark();
  const theme = computed(() => {
    const wanted = isLoaded.value ? values.value.theme : (localStorage.getItem(themeKey) ?? 'system');
    return wanted === 'system' ? (prefersDark.value ? 'dark' : 'light') : wanted;
  });
  watch(theme, (shown) => void (document.documentElement.dataset['theme'] = shown), { immediate: true });
  watch([isLoaded, () => values.value.theme], ([loaded, wanted]) => {
    if (loaded) localStorage.setItem(themeKey, wanted);
  });
  watch(
    () => values.value.language,
    (wanted) => {
      const system = systemLanguages();
      setLanguage(languageFor(wanted, system), wanted === '' ? system : [wanted]);
    },
    { immediate: true },
  );

  return { values, isLoaded, theme, set };
});
