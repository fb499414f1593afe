/** Attributes of a look's vehicles, animals and bags: how many, how fast, what stops suddenly, what runs into what. */
import { link, speedOf } from './association.ts';
import type { Attribute } from './attributes.ts';
import { bodiesOf } from './bodies.ts';
import { boxAround, boxGap, boxIoU, overlapOfSmaller } from './box.ts';
import { animalClasses, bagClasses, riddenClasses, vehicleClasses } from './coco.ts';
import type { Box, Detection } from './detection.ts';
import type { FrameObservation } from './frame-observation.ts';
import { energyIn } from './motion-attributes.ts';
import { attributeFrom, largest, ninthDecile, type Sample, smallest } from './sample.ts';

/** Class labels of small objects are weak evidence: below this an object does not count. */
const objectSeen = 0.4;
/** Two boxes this alike, or one this far inside the other, are the same thing under two classes or in two parts. */
const sameObject = 0.6;
const insideObject = 0.8;
/** A vehicle moves where this share of its cells moves. */
const movingShare = 0.1;
/** Box diagonals per second that nothing on a street exceeds, in the view of a camera that shows streets. */
const topSpeed = 3;
/** What boxes jitter by between two frames, in box diagonals. */
const slack = 0.05;

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

export function objectAttributes(frames: readonly FrameObservation[]): Attribute[] {
  const scenes = frames.flatMap((frame): Scene[] =>
    frame.objects === null ? [] : [{ frame, time: frame.time, vehicles: vehiclesOf(frame) }],
  );
  if (scenes.length === 0) return [];
  const counted = (classes: ReadonlySet<number>) =>
    largest(scenes.map(({ frame, time }) => countSample(time, distinct(frame.objects ?? [], classes))));
  const links = linkedVehicles(scenes);
  return [
    ...attributeFrom('vehicles', largest(scenes.map(({ time, vehicles }) => countSample(time, vehicles)))),
    ...attributeFrom('animals', counted(animalClasses)),
    ...attributeFrom('bags', counted(bagClasses)),
    ...attributeFrom('vehicle-speed', ninthDecile(links)),
    ...attributeFrom('vehicle-stop', largest(stops(links))),
    ...attributeFrom('vehicle-overlap', largest(scenes.flatMap(overlaps))),
    ...attributeFrom('person-vehicle-gap', smallest(scenes.flatMap(personGaps))),
  ];
}

const countSample = (time: number, items: readonly { readonly box: Box }[]): Sample => ({
  value: items.length,
  times: [time],
  place: items.length > 0 ? boxAround(items.map(({ box }) => box)) : null,
});

/** The objects of these classes, surest first, without those that are the same thing under another class. */
function distinct(objects: readonly Detection[], classes: ReadonlySet<number>): Detection[] {
  const kept: Detection[] = [];
  for (const object of objects.toSorted((a, b) => b.score - a.score)) {
    if (!classes.has(object.class) || object.score < objectSeen) continue;
    const isNew = kept.every(
      ({ box }) => boxIoU(box, object.box) < sameObject && overlapOfSmaller(box, object.box) < insideObject,
    );
    if (isNew) kept.push(object);
  }
  return kept;
}

/** The vehicles of one frame, each once; none where the object net did not look. */
export function vehiclesOf(frame: FrameObservation): Vehicle[] {
  return distinct(frame.objects ?? [], vehicleClasses)
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

interface SpeedSample extends Sample {
  readonly before: Vehicle;
  readonly after: Vehicle;
}

function linkedVehicles(scenes: readonly Scene[]): SpeedSample[] {
  return scenes.slice(1).flatMap((scene, index) => {
    const previous = scenes[index] as Scene;
    const seconds = scene.time - previous.time;
    return link(previous.vehicles, scene.vehicles, seconds, topSpeed).map(([before, after]): SpeedSample => ({
      // Boxes that wander over a picture that stands still are mistakes of the net.
      value: before.moving || after.moving ? speedOf(before, after, seconds, slack) : 0,
      times: [previous.time, scene.time],
      place: boxAround([before.box, after.box]),
      before,
      after,
    }));
  });
}

/**
 * Speed before less speed after, for each vehicle that was followed over four frames: the first two speeds must agree
 * on it being fast, because a single wrong link would be a stop too.
 */
function stops(links: readonly SpeedSample[]): Sample[] {
  const from = new Map(links.map((sample) => [sample.before, sample]));
  return links.flatMap((first): Sample[] => {
    const second = from.get(first.after);
    const third = second === undefined ? undefined : from.get(second.after);
    if (second === undefined || third === undefined) return [];
    return [
      {
        value: Math.max(0, Math.min(first.value, second.value) - third.value),
        times: [...first.times, ...third.times],
        place: boxAround([second.after.box, third.after.box]),
      },
    ];
  });
}

/** Only vehicles at about the same distance: alike in size, standing on about the same line; traffic hides traffic. */
function overlaps({ time, vehicles }: Scene): Sample[] {
  return vehicles.flatMap((a, index) =>
    vehicles
      .slice(index + 1)
      .filter((b) => (a.moving || b.moving) && a.size <= 2 * b.size && b.size <= 2 * a.size)
      .filter((b) => Math.abs(bottomOf(a) - bottomOf(b)) <= 0.25 * Math.min(a.box.height, b.box.height))
      .map((b) => ({
        value: overlapOfSmaller(a.box, b.box),
        times: [time],
        place: boxAround([a.box, b.box]),
      })),
  );
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
