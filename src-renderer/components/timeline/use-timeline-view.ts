/** Which part of the recording or of its camera's day the timeline shows: the recording at first, then what the reviewer zooms and moves to. */
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
import { useDay } from '../../stores/day.ts';
import { usePlayer } from '../../stores/player.ts';

/** One press of a zoom key or button. */
const zoomStep = 2;

export function useTimelineView(recording: Ref<string | null>) {
  const player = usePlayer();
  const day = useDay();
  const own = computed((): TimeView => ({ start: 0, end: player.duration }));
  /** Everything there is to be seen: the camera's day, or the recording where it has no clock. */
  const bounds = computed(() => day.bounds ?? own.value);
  const chosen = shallowRef<TimeView | null>(null);
  const view = computed(() => (chosen.value === null ? wholeView(own.value) : heldView(chosen.value, bounds.value)));
  const isOwn = computed(() => chosen.value === null);
  const isWhole = computed(() => view.value.end - view.value.start >= bounds.value.end - bounds.value.start - 1e-6);
  /** Footage of other recordings, or gaps, are in sight: the ruler shows the wall clock. */
  const isBeyond = computed(() => view.value.start < -1e-6 || view.value.end > wholeView(own.value).end + 1e-6);

  watch(
    recording,
    (id) => {
      chosen.value = null;
      if (id === null) return;
      const { carried } = day;
      day.carried = null;
      chosen.value = carried !== null && carried.recording === id ? carried.view : null;
    },
    { immediate: true },
  );
  // Where the playhead runs or steps out of sight, the page is turned; who moved away from it stays there.
  watch(
    () => player.time,
    (time, before) => {
      if (chosen.value === null) return;
      const wasInView = before >= view.value.start && before <= view.value.end;
      if (wasInView) chosen.value = viewFollowing(view.value, time, time > before ? 1 : -1, bounds.value);
    },
  );

  const zoom = (anchor: number, factor: number) =>
    (chosen.value = zoomedView(view.value, anchor, factor, bounds.value));
  /** The playhead stays where it is, if it is in sight. */
  const anchor = () =>
    player.time >= view.value.start && player.time <= view.value.end
      ? player.time
      : (view.value.start + view.value.end) / 2;

  return {
    view,
    bounds,
    isOwn,
    isWhole,
    isBeyond,
    zoom,
    zoomIn: () => zoom(anchor(), zoomStep),
    zoomOut: () => zoom(anchor(), 1 / zoomStep),
    move: (by: number) => (chosen.value = movedView(view.value, by, bounds.value)),
    /** Shows what there is from `start` on, as long as what is shown now. */
    moveTo: (start: number) => (chosen.value = movedView(view.value, start - view.value.start, bounds.value)),
    fit: () => (chosen.value = null),
    zoomToDay: () => (chosen.value = wholeView(bounds.value)),
    zoomTo: (interval: TimeView) => (chosen.value = viewAround(interval, bounds.value)),
  };
}
