/** The zones of the camera whose recording is played, to be drawn over its picture together with what was seen. */
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { Zone } from '../../src-main/contract/zone.ts';
import { useConnection } from './connection.ts';
import { useOverlay } from './overlay.ts';
import { usePlayer } from './player.ts';

export const useShownZones = defineStore('shown-zones', () => {
  const { client } = useConnection();
  const overlay = useOverlay();
  const player = usePlayer();
  const zones = shallowRef<readonly Zone[]>([]);
  const camera = computed(() => (overlay.shown ? (player.recording?.camera ?? null) : null));

  watch(
    // A recording that is opened anew may have been looked at by other zones.
    [camera, () => player.recording?.id],
    async ([name]) => {
      zones.value = [];
      if (name === null) return;
      try {
        const { settings } = await client.cameras.settings({ camera: name });
        if (camera.value === name) zones.value = settings.zones;
      } catch {
        // The picture is what matters: without its zones it is shown all the same.
      }
    },
    { immediate: true },
  );
  return { zones };
});
