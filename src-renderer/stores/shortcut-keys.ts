/** The keys of all shortcuts as the reviewer wants them; kept with the settings. */
import { defineStore } from 'pinia';
import { computed } from 'vue';
import {
  conflictsOf,
  keysOf,
  ownKeysFromText,
  shortcutCatalogue,
  type ShortcutId,
  textFromOwnKeys,
} from '../composables/shortcut-catalogue.ts';
import { useSettings } from './settings.ts';

export const useShortcutKeys = defineStore('shortcut-keys', () => {
  const settings = useSettings();
  const own = computed(() => ownKeysFromText(settings.values.shortcutKeys));
  const hasOwn = computed(() => Object.keys(own.value).length > 0);

  const save = (keys: string) => settings.set({ shortcutKeys: keys === '' ? null : keys });

  /** Gives a shortcut its keys, and leaves those that had them without. Errors of the core. */
  async function assign(id: ShortcutId, keys: string): Promise<void> {
    const freed = conflictsOf(id, keys, own.value).map((other): [string, string] => [other, '']);
    await save(textFromOwnKeys({ ...own.value, ...Object.fromEntries(freed), [id]: keys }));
  }

  return {
    own,
    hasOwn,
    keysOf: (id: ShortcutId): string => keysOf(id, own.value),
    isOwn: (id: ShortcutId): boolean => own.value[id] !== undefined,
    conflictsOf: (id: ShortcutId, keys: string) => conflictsOf(id, keys, own.value),
    assign,
    /** Back to the window's own keys, which are taken from what has them now. */
    reset: (id: ShortcutId) => assign(id, shortcutCatalogue[id].keys),
    resetAll: () => save(''),
  };
});
