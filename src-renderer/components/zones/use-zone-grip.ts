/** A zone that is being changed: a corner, a new one on a side, or the whole of it, with the pointer or the keyboard. */
import { type Ref, shallowRef } from 'vue';
import type { Zone, ZonePoint } from '../../../src-main/contract/zone.ts';
import { moved, withCornerAfter, withoutPoint, withPoint } from '../../lib/zone-edit.ts';
import { arrowSteps, isShortcut, stepOf, takeKey } from './zone-keys.ts';

/** What the pointer holds: a corner, or the zone as it was at the place where it was taken. */
type Grip = { readonly corner: number } | { readonly from: ZonePoint; readonly zone: Zone };

interface ZoneChange {
  readonly zone: Readonly<Ref<Zone | null>>;
  /** `joined`: a further step of a drag or a held key that is under way. */
  put(changed: Zone, joined: boolean): void;
  /** Keeps the pointer's movements coming when it leaves the picture. */
  capture(event: PointerEvent): void;
  focusCorner(index: number): Promise<void>;
}

export function useZoneGrip({ zone, put, capture, focusCorner }: ZoneChange) {
  const grip = shallowRef<Grip | null>(null);
  /** The first move of a drag is a step of its own, the others go on with it. */
  let hasMoved = false;

  function hold(event: PointerEvent, next: Grip): void {
    if (event.button !== 0) return;
    capture(event);
    grip.value = next;
    hasMoved = false;
    event.stopPropagation();
  }

  function splitAndHold(event: PointerEvent, side: number): void {
    const split = zone.value === null ? null : withCornerAfter(zone.value, side);
    if (split === null) return;
    put(split, false);
    hold(event, { corner: side + 1 });
    hasMoved = true;
  }

  function move(place: ZonePoint): void {
    const { value: held } = grip;
    if (held === null || zone.value === null) return;
    const changed =
      'corner' in held
        ? withPoint(zone.value, held.corner, place)
        : moved(held.zone, place.x - held.from.x, place.y - held.from.y);
    put(changed, hasMoved);
    hasMoved = true;
  }

  function onKey(event: KeyboardEvent, index: number): void {
    const held = zone.value;
    if (held === null || isShortcut(event)) return;
    const step = arrowSteps[event.key];
    const point = held.points[index];
    if (step !== undefined && point !== undefined) {
      const by = stepOf(event);
      put(withPoint(held, index, { x: point.x + by * step[0], y: point.y + by * step[1] }), event.repeat);
    } else if (event.key === 'Insert' || event.key === '+') {
      const split = withCornerAfter(held, index);
      if (split !== null) put(split, false);
      void focusCorner(index + 1);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      const less = withoutPoint(held, index);
      if (less !== null) put(less, false);
      void focusCorner(Math.max(0, index - 1));
    } else return;
    takeKey(event);
  }

  const release = () => (grip.value = null);
  return { hold, splitAndHold, move, release, onKey };
}
