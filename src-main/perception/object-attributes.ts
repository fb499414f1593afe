/** Attributes of a look's vehicles, animals and bags: how many, what is near what, and what was left behind. */
import type { Attribute } from './attributes.ts';
import { bodiesOf } from './bodies.ts';
import { boxAround, boxGap, overlapOfSmaller } from './box.ts';
import { riddenClasses } from './coco.ts';
import type { Box } from './detection.ts';
import type { FrameObservation } from './frame-observation.ts';
import { leftBehind } from './left-behind.ts';
import { energyIn } from './motion-attributes.ts';
import { attributeFrom, largest, type Sample, smallest } from './sample.ts';
import { objectSightings } from './tracks/sightings.ts';
import type { Track } from './tracks/track-objects.ts';
import { movingShare, vehicleMovementAttributes } from './vehicle-movement.ts';
import { pairs } from './walk.ts';

export interface Vehicle {
  readonly class: number;
  readonly box: Box;
  /** Centre and diagonal in picture heights. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly moving: boolean;
}

interface Scene {
  readonly frame: FrameObservation;
  readonly time: number;
  readonly vehicles: readonly Vehicle[];
}

/** Of `frames` in order of time, with the tracks in them. */
export function objectAttributes(frames: readonly FrameObservation[], tracks: readonly Track[]): Attribute[] {
  const scenes = frames.flatMap((frame): Scene[] =>
    frame.objects === null ? [] : [{ frame, time: frame.time, vehicles: vehiclesOf(frame) }],
  );
  if (scenes.length === 0) return [];
  const counted = (kind: 'animal' | 'bag') =>
    largest(
      scenes.map(({ frame, time }) =>
        countSample(
          time,
          objectSightings(frame, kind).filter(({ sure }) => sure),
        ),
      ),
    );
  return [
    ...attributeFrom('vehicles', largest(scenes.map(({ time, vehicles }) => countSample(time, vehicles)))),
    ...attributeFrom('animals', counted('animal')),
    ...attributeFrom('bags', counted('bag')),
    ...vehicleMovementAttributes(
      scenes.map(({ frame }) => frame),
      tracks,
    ),
    ...attributeFrom('vehicle-overlap', largest(scenes.flatMap(overlaps))),
    ...attributeFrom('person-vehicle-gap', smallest(scenes.flatMap(personGaps))),
    ...attributeFrom('left-behind', leftBehind(frames, tracks)),
  ];
}

const countSample = (time: number, items: readonly { readonly box: Box }[]): Sample => ({
  value: items.length,
  times: [time],
  place: items.length > 0 ? boxAround(items.map(({ box }) => box)) : null,
});

/** The vehicles of one frame, each once; none where the object net did not look. */
export function vehiclesOf(frame: FrameObservation): Vehicle[] {
  return objectSightings(frame, 'vehicle')
    .filter(({ sure }) => sure)
    .map(({ class: kind, box }) => ({
      class: kind,
      box,
      x: (box.x + box.width / 2) * frame.aspect,
      y: box.y + box.height / 2,
      size: Math.hypot(box.width * frame.aspect, box.height),
      moving: energyIn(frame, box) >= movingShare,
    }))
    .filter(({ size }) => size > 0);
}

/** Only vehicles at about the same distance: alike in size, standing on about the same line; traffic hides traffic. */
function overlaps({ time, vehicles }: Scene): Sample[] {
  return pairs(vehicles)
    .filter(([a, b]) => (a.moving || b.moving) && a.size <= 2 * b.size && b.size <= 2 * a.size)
    .filter(([a, b]) => Math.abs(bottomOf(a) - bottomOf(b)) <= 0.25 * Math.min(a.box.height, b.box.height))
    .map(([a, b]) => ({
      value: overlapOfSmaller(a.box, b.box),
      times: [time],
      place: boxAround([a.box, b.box]),
    }));
}

const bottomOf = ({ box }: Vehicle) => box.y + box.height;

/** A person on a cycle belongs to it, one inside a car's box and much smaller sits in it or stands behind it. */
function personGaps({ frame, time, vehicles }: Scene): Sample[] {
  return (bodiesOf(frame) ?? []).flatMap((body) =>
    vehicles
      .filter(({ moving }) => moving)
      .filter((vehicle) => {
        const shared = overlapOfSmaller(body.box, vehicle.box);
        return riddenClasses.has(vehicle.class) ? shared < 0.3 : shared < 0.9 || body.size > 0.7 * vehicle.box.height;
      })
      .map((vehicle) => ({
        value: boxGap(body.box, vehicle.box, frame.aspect) / body.size,
        times: [time],
        place: boxAround([body.box, vehicle.box]),
      })),
  );
}
