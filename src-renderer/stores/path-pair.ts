/** Two paths over the same footage, side by side, and the step that is looked at in each. */
import { defineStore } from 'pinia';
import { reactive, ref } from 'vue';
import type { Trajectory } from '../../src-main/contract/trajectory.ts';
import { createRecentCache } from '../lib/recent-cache.ts';
import { useConnection } from './connection.ts';
import { createPathLoader } from './path-loader.ts';

/** Paths that are kept: going to the next stretch and back reads none twice. */
const kept = 24;

export const usePathPair = defineStore('path-pair', () => {
  const connection = useConnection();
  const cache = createRecentCache<Trajectory>(kept);

  function createSide() {
    const { trajectory, state, hash, load, retry } = createPathLoader(connection.client, cache);
    connection.onReady(retry);
    const selectedStep = ref<number | null>(null);
    return reactive({
      ...{ trajectory, state, hash, selectedStep },
      load(wanted: string) {
        if (wanted !== hash.value) selectedStep.value = null;
        return load(wanted);
      },
    });
  }
  const sides = [createSide(), createSide()] as const;

  return { sides };
});
