/** What might be followed from frame to frame: persons of both nets as one, vehicles, animals and bags, faint ones too. */
import { assign } from '../../math/assignment.ts';
import { boxIoU, overlapOfSmaller } from '../box.ts';
import { animalClasses, bagClasses, personClass, vehicleClasses } from '../coco.ts';
import type { Box } from '../detection.ts';
import type { FrameObservation } from '../frame-observation.ts';

export type TrackKind = 'person' | 'vehicle' | 'animal' | 'bag';

/** One thing that one or both nets see in one frame. */
export interface Sighting {
  readonly kind: TrackKind;
  readonly box: Box;
  /** COCO's class. */
  readonly class: number;
  /** [0, 1]; of a person whom both nets see, the pose's. */
  readonly score: number;
  /** `[17, 3]`; null without a pose. */
  readonly keypoints: Float32Array | null;
  /** Whether both nets see it. */
  readonly agreed: boolean;
  /** Whether it counts by itself. What is not sure may only carry on what is already followed. */
  readonly sure: boolean;
}

/** One net alone must be this sure of a person; two that agree need not be. */
const poseAlone = 0.3;
const objectAlone = 0.45;
const agreement = 0.4;
/** Class labels of small objects are weak evidence: below this an object does not count by itself. */
const objectSeen = 0.4;
/** Two boxes this alike, or one this far inside the other, are the same thing under two classes or in two parts. */
const sameObject = 0.6;
const insideObject = 0.8;

/** Everything in `frame` that can be followed; empty where no net looked. */
export function sightingsOf(frame: FrameObservation): Sighting[] {
  return [
    ...personSightings(frame),
    ...objectSightings(frame, 'vehicle'),
    ...objectSightings(frame, 'animal'),
    ...objectSightings(frame, 'bag'),
  ];
}

/** Persons, each once: poses first, with the pose's box where both nets see someone. */
export function personSightings({ objects: found, persons }: FrameObservation): Sighting[] {
  const [objects, poses] = [found ?? [], persons ?? []];
  const vehicles = objects.filter(({ class: coco, score }) => vehicleClasses.has(coco) && score >= objectSeen);
  const seen = objects.filter((object) => object.class === personClass);
  const alike = poses.map((pose) => seen.map((object) => boxIoU(pose.box, object.box)));
  const partners = assign(alike.map((row) => row.map((iou) => (iou >= agreement ? 1 - iou : Infinity))));
  const others = seen.filter((_, index) => alike.every((row) => (row[index] ?? 0) < agreement));
  return [
    ...poses.flatMap(({ box, score, keypoints }, index): Sighting[] => {
      const agreed = (partners[index] ?? -1) >= 0;
      // The pose net finds limbs in parked cars; whoever stands at one does not have its outline.
      if (!agreed && vehicles.some((vehicle) => boxIoU(vehicle.box, box) >= sameObject)) return [];
      return [
        { kind: 'person', class: personClass, box, score, keypoints, agreed, sure: agreed || score >= poseAlone },
      ];
    }),
    ...others.map(({ box, score }): Sighting => {
      const sure = score >= objectAlone;
      return { kind: 'person', class: personClass, box, score, keypoints: null, agreed: false, sure };
    }),
  ];
}

const classesOf = { vehicle: vehicleClasses, animal: animalClasses, bag: bagClasses } as const;

/** The objects of one kind, surest first, without those that are the same thing under another class. */
export function objectSightings({ objects }: FrameObservation, kind: keyof typeof classesOf): Sighting[] {
  const kept: Sighting[] = [];
  for (const { class: coco, box, score } of (objects ?? []).toSorted((a, b) => b.score - a.score)) {
    if (!classesOf[kind].has(coco)) continue;
    const isNew = kept.every(
      (other) => boxIoU(other.box, box) < sameObject && overlapOfSmaller(other.box, box) < insideObject,
    );
    if (!isNew) continue;
    kept.push({ kind, class: coco, box, score, keypoints: null, agreed: false, sure: score >= objectSeen });
  }
  return kept;
}
