/** Which part of the recording the timeline shows: all of it at first, then what the reviewer zooms and moves to. */
import { computed, shallowRef, watch, type Ref } from 'vue';
import {
  heldView,
  movedView,
  type TimeView,
  viewAround,
  viewFollowing,
  wholeView,
  zoomedView,
} from '../../lib/time-view.ts';
import { usePlayer } from '../../stores/player.ts';

/** One press of a zoom key or button. */
const zoomStep = 2;

export function useTimelineView(recording: Ref<string | null>) {
  const player = usePlayer();
  const seconds = computed(() => player.duration);
  const chosen = shallowRef<TimeView | null>(null);
  const view = computed(() =>
    chosen.value === null ? wholeView(seconds.value) : heldView(chosen.value, seconds.value),
  );
  const isWhole = computed(() => view.value.end - view.value.start >= seconds.value - 1e-6);

  watch(recording, () => (chosen.value = null));
  // Where the playhead runs or steps out of sight, the page is turned; who moved away from it stays there.
  watch(
    () => player.time,
    (time, before) => {
      if (isWhole.value) return;
      const wasInView = before >= view.value.start && before <= view.value.end;
      if (wasInView) chosen.value = viewFollowing(view.value, time, time > before ? 1 : -1, seconds.value);
    },
  );

  const zoom = (anchor: number, factor: number) =>
    (chosen.value = zoomedView(view.value, anchor, factor, seconds.value));
  /** The playhead stays where it is, if it is in sight. */
  const anchor = () =>
    player.time >= view.value.start && player.time <= view.value.end
      ? player.time
      : (view.value.start + view.value.end) / 2;

  return {
    view,
    isWhole,
    zoom,
    zoomIn: () => zoom(anchor(), zoomStep),
    zoomOut: () => zoom(anchor(), 1 / zoomStep),
    move: (by: number) => (chosen.value = movedView(view.value, by, seconds.value)),
    fit: () => (chosen.value = null),
    zoomTo: (interval: TimeView) => (chosen.value = viewAround(interval, seconds.value)),
  };
}
