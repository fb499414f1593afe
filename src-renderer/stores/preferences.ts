/** Which of two paths over the same footage the reviewer called the better one: stated, turned round, taken back. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { Preference } from '../../src-main/contract/training.ts';
import { useConnection } from './connection.ts';
import { useNotices } from './notices.ts';

/** Preferences of one recording that are read; a reviewer states a handful. */
const most = 1000;

export const usePreferences = defineStore('preferences', () => {
  const connection = useConnection();
  const notices = useNotices();
  const { client } = connection;
  const recording = ref<string | null>(null);
  const stated = shallowRef<readonly Preference[]>([]);

  async function refresh(): Promise<void> {
    const of = recording.value;
    if (of === null) return;
    try {
      const { items } = await client.trajectories.preferences({ recording: of, limit: most });
      if (recording.value === of) stated.value = items;
    } catch (error) {
      if (recording.value === of) notices.showError(error);
    }
  }

  /** Reads what stands for a recording. */
  function open(id: string): void {
    if (id === recording.value) return;
    recording.value = id;
    stated.value = [];
    void refresh();
  }

  /** What stands between two paths, whichever of them was chosen. */
  const between = (one: string, other: string): Preference | null =>
    stated.value.find(
      ({ chosen, rejected }) => (chosen === one && rejected === other) || (chosen === other && rejected === one),
    ) ?? null;

  /** States that `chosen` is better; the opposite no longer holds. Errors: those of the core. */
  async function prefer(chosen: string, rejected: string): Promise<void> {
    const replaced = between(chosen, rejected);
    const { preference } = await client.trajectories.prefer({ chosen, rejected });
    stated.value = [preference, ...stated.value.filter(({ id }) => id !== replaced?.id && id !== preference.id)];
  }

  async function withdraw(preference: Preference): Promise<void> {
    await client.trajectories.withdraw({ preference: preference.id });
    stated.value = stated.value.filter(({ id }) => id !== preference.id);
  }

  connection.onReady(() => void refresh());

  return { stated, open, between, prefer, withdraw };
});
