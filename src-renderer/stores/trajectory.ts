/** The path by which a flag was found, loaded by its hash, and the step of it that the reviewer looks at. */
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { spanOfLooks } from '../components/evidence/path-steps.ts';
import { useConnection } from './connection.ts';
import { createPathLoader } from './path-loader.ts';

export const useTrajectory = defineStore('trajectory', () => {
  const connection = useConnection();
  const { trajectory, state, hash, ...loader } = createPathLoader(connection.client);
  /** Number of the step, or null. */
  const selectedStep = ref<number | null>(null);

  /** Shows the path of this hash. */
  function load(wanted: string): Promise<void> {
    if (wanted !== hash.value) selectedStep.value = null;
    return loader.load(wanted);
  }

  /** What the selected step looked at: its span and the times of its frames. */
  const highlight = computed(() => {
    const loaded = trajectory.value;
    const step = selectedStep.value === null ? undefined : loaded?.steps[selectedStep.value];
    return step === undefined ? null : spanOfLooks(step.looks.flatMap((look) => loaded?.looks[look] ?? []));
  });

  // What failed for want of a connection is asked for again as soon as there is one.
  connection.onReady(loader.retry);

  return { trajectory, state, selectedStep, highlight, load };
});
