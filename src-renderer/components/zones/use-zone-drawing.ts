/** A zone that is being drawn: corners set one by one with the pointer or the keyboard, until it is closed. */
import { type Ref, ref, watch } from 'vue';
import { mostCorners, type ZoneKind, type ZonePoint } from '../../../src-main/contract/zone.ts';
import { pointAt } from '../../lib/zone-edit.ts';
import { arrowSteps, isShortcut, stepOf, takeKey } from './zone-keys.ts';

/** A corner set this near to the first one closes the zone. Pixels. */
const closing = 12;

interface ZoneDrawing {
  /** Kind of the zone that is being drawn; null where none is. */
  readonly kind: Ref<ZoneKind | null>;
  /** Distance of two places on the screen, in pixels. */
  distance(a: ZonePoint, b: ZonePoint): number;
  begun(): void;
  drawn(kind: ZoneKind, points: readonly ZonePoint[]): void;
}

export function useZoneDrawing({ kind, distance, begun, drawn }: ZoneDrawing) {
  const corners = ref<readonly ZonePoint[]>([]);
  /** Where the next corner would be. */
  const cursor = ref<ZonePoint>({ x: 0.5, y: 0.5 });
  watch(kind, (now) => {
    corners.value = [];
    cursor.value = { x: 0.5, y: 0.5 };
    if (now !== null) begun();
  });
  const isNear = (a: ZonePoint, b: ZonePoint) => distance(a, b) <= closing;

  function finish(): void {
    if (kind.value === null || corners.value.length < 3) return;
    drawn(kind.value, corners.value);
    kind.value = null;
  }

  function setCorner(point: ZonePoint): void {
    const [first] = corners.value;
    if (first !== undefined && corners.value.length >= 3 && isNear(first, point)) return finish();
    const last = corners.value.at(-1);
    // The second press of a double click is no corner of its own.
    if (last !== undefined && isNear(last, point)) return;
    if (corners.value.length < mostCorners) corners.value = [...corners.value, point];
  }

  function onKey(event: KeyboardEvent): void {
    if (kind.value === null || isShortcut(event)) return;
    const step = arrowSteps[event.key];
    if (step !== undefined) {
      const by = 2 * stepOf(event);
      cursor.value = pointAt(cursor.value.x + by * step[0], cursor.value.y + by * step[1]);
    } else if (event.key === ' ') setCorner(cursor.value);
    else if (event.key === 'Enter') finish();
    else if (event.key === 'Backspace') corners.value = corners.value.slice(0, -1);
    else if (event.key === 'Escape') kind.value = null;
    else return;
    takeKey(event);
  }

  return { corners, cursor, setCorner, onKey };
}
