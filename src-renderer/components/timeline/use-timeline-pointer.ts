/** The pointer on the timeline: scrubbing, choosing a flag or another recording, moving, zooming by wheel and by two fingers, hovering. */
import { useEventListener } from '@vueuse/core';
import { computed, type Ref, ref, shallowRef } from 'vue';
import { timeFromX } from '../../lib/time-view.ts';
import { usePlayer } from '../../stores/player.ts';
import { bandSpan } from './draw-lanes.ts';
import { laneHeights } from './lanes.ts';
import type { useTimelineView } from './use-timeline-view.ts';

interface FlagSpan {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

export interface PointerTargets {
  /** Flags of the open recording. */
  readonly flags: () => readonly FlagSpan[];
  readonly select: (flag: string) => void;
  /** Whether there is footage of another recording at a time beyond the open one. */
  readonly hasOther: (time: number) => boolean;
  readonly openOther: (time: number) => void;
}

type Lane = 'ruler' | 'flags' | 'track';
type Drag =
  | { readonly kind: 'scrub'; readonly resume: boolean }
  | { readonly kind: 'move'; x: number }
  /** Two fingers: their distance and middle when they were last seen. */
  | { readonly kind: 'pinch'; distance: number; middle: number };

/** A wheel's notch (about 100 pixels) zooms by a quarter; a pinch comes in small steps and is followed faster. */
const [wheelZoom, pinchZoom] = [0.0022, 0.012];

export function useTimelinePointer(
  track: Readonly<Ref<HTMLElement | null>>,
  { view, zoom, move }: ReturnType<typeof useTimelineView>,
  { flags, select, hasOther, openOther }: PointerTargets,
) {
  const player = usePlayer();
  const hover = shallowRef<{ readonly x: number; readonly bounds: DOMRect } | null>(null);
  const lane = ref<Lane>('track');
  /** Something that a press chooses is under the pointer. */
  const overTarget = ref(false);
  const drag = shallowRef<Drag | null>(null);
  const fingers = new Map<number, number>();
  const cursor = computed(() => {
    if (drag.value?.kind === 'move') return 'grabbing';
    if (lane.value === 'ruler') return 'grab';
    return overTarget.value ? 'pointer' : 'crosshair';
  });

  const laneAt = (y: number): Lane =>
    y < laneHeights.ruler ? 'ruler' : y < laneHeights.ruler + laneHeights.flags ? 'flags' : 'track';
  /** The shortest flag under the pointer: a long one behind it is reached beside it. */
  const flagAt = (x: number, width: number) =>
    flags()
      .filter((flag) => {
        const [left, wide] = bandSpan(view.value, width, flag);
        return x >= left - 1 && x <= left + wide + 1;
      })
      .toSorted((a, b) => a.end - a.start - (b.end - b.start))[0];
  const isBeyond = (time: number) => time < 0 || time > player.duration;

  const place = (event: PointerEvent) => {
    const bounds = track.value?.getBoundingClientRect() ?? new DOMRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top, bounds };
  };
  const scrubTo = (x: number, width: number) => player.seek(timeFromX(view.value, width, x));
  const spanOfView = () => view.value.end - view.value.start;

  function pinchOf(): { distance: number; middle: number } {
    const [a = 0, b = 0] = fingers.values();
    return { distance: Math.max(1, Math.abs(a - b)), middle: (a + b) / 2 };
  }

  function onPointerdown(event: PointerEvent): void {
    if (player.recording === null || event.button > 1) return;
    const { x, y, bounds } = place(event);
    track.value?.setPointerCapture(event.pointerId);
    if (event.pointerType === 'touch') {
      fingers.set(event.pointerId, x);
      if (fingers.size === 2) {
        drag.value = { kind: 'pinch', ...pinchOf() };
        return;
      }
    }
    if (laneAt(y) === 'ruler' || event.button === 1 || event.shiftKey) {
      event.preventDefault();
      drag.value = { kind: 'move', x };
      return;
    }
    const flag = laneAt(y) === 'flags' ? flagAt(x, bounds.width) : undefined;
    if (flag !== undefined) return select(flag.id);
    const time = timeFromX(view.value, bounds.width, x);
    if (isBeyond(time)) return openOther(time);
    drag.value = { kind: 'scrub', resume: player.playing };
    player.pause();
    scrubTo(x, bounds.width);
  }

  function onPointermove(event: PointerEvent): void {
    const { x, y, bounds } = place(event);
    const current = drag.value;
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, x);
    if (current === null) {
      lane.value = laneAt(y);
      const time = timeFromX(view.value, bounds.width, x);
      overTarget.value =
        (lane.value === 'flags' && flagAt(x, bounds.width) !== undefined) || (isBeyond(time) && hasOther(time));
      hover.value = event.pointerType === 'mouse' && player.recording !== null ? { x, bounds } : null;
    } else if (current.kind === 'pinch') {
      const now = pinchOf();
      zoom(timeFromX(view.value, bounds.width, now.middle), now.distance / current.distance);
      move(((current.middle - now.middle) / bounds.width) * spanOfView());
      Object.assign(current, now);
    } else if (current.kind === 'move') {
      hover.value = null;
      move(((current.x - x) / bounds.width) * spanOfView());
      current.x = x;
    } else {
      hover.value = { x: Math.max(0, Math.min(bounds.width, x)), bounds };
      scrubTo(x, bounds.width);
    }
  }

  function onPointerup(event: PointerEvent): void {
    fingers.delete(event.pointerId);
    const current = drag.value;
    drag.value = null;
    if (current?.kind === 'scrub' && current.resume) player.play();
  }

  function onPointerleave(): void {
    if (drag.value === null) hover.value = null;
  }

  // A browser takes a wheel for its own zoom or scrolling unless it is told at once, which Vue's listeners do not.
  useEventListener(
    track,
    'wheel',
    (event) => {
      event.preventDefault();
      const bounds = track.value?.getBoundingClientRect();
      if (bounds === undefined || bounds.width === 0) return;
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const [across, down] = [event.deltaX * pixels, event.deltaY * pixels];
      const sideways = event.shiftKey && across === 0 ? down : across;
      if (!event.ctrlKey && Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : down)) {
        move((sideways / bounds.width) * spanOfView());
      } else {
        const anchor = timeFromX(view.value, bounds.width, event.clientX - bounds.left);
        zoom(anchor, Math.exp(-down * (event.ctrlKey ? pinchZoom : wheelZoom)));
      }
    },
    { passive: false },
  );

  return { hover, cursor, onPointerdown, onPointermove, onPointerup, onPointerleave };
}
