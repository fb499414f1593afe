/** The tables that normality is counted in: whole numbers in one array, so that sums are exact and have no order. */
import { attributeNames } from '../attributes.ts';
import { cellCount, classCount, type FrameFeatures, postureCount } from './features.ts';

/** Lower bounds of the speed classes, picture heights per second: doublings from what hardly moves to a fast vehicle. */
export const speedBounds = Array.from({ length: 10 }, (_, index) => 0.01 * 2 ** index);
/** Lower bounds of the classes of certainty of a detection: the object net reports nothing below the first. */
export const scoreBounds = [0.3, 0.4, 0.5, 0.65] as const;
/** Seconds between the frames of a look, upper bounds: fast, middling, sparse; the rest are glimpses. */
const spacingBounds = [0.3, 1.2, 5] as const;
export const spacingCount = spacingBounds.length + 1;
/** Classes of an attribute's strength in [0, 1]. */
export const strengthBins = 24;

/** Where each table begins; the last one ends at `countsLength`. Those from `attributes` on are kept for all hours only. */
export const table = (() => {
  let next = 0;
  const take = (length: number) => {
    next += length;
    return next - length;
  };
  return {
    /** Frames learned. */
    frames: take(1),
    /** Frames that the object net looked at. */
    looked: take(1),
    /** Persons with a posture. */
    persons: take(1),
    /** `[cells]`: frames in which something moves there. */
    presence: take(cellCount),
    /** `[cells, speeds]`: moving mass, 255ths of a cell. */
    motion: take(cellCount * speedBounds.length),
    /** `[classes, scores]`: frames, by their most certain detection of a class. */
    objects: take(classCount * scoreBounds.length),
    /** `[postures]`: persons. */
    postures: take(postureCount),
    attributes: take(0),
    /** `[cells, 2]`: velocity times mass, 255 · 256ths. */
    drift: take(cellCount * 2),
    /** `[attributes, spacings, strengths]`: looks. */
    strengths: take(attributeNames.length * spacingCount * strengthBins),
    end: take(0),
  } as const;
})();

/** Values of what is kept for each hour, and of everything. */
export const hourlyLength = table.attributes;
export const countsLength = table.end;

/** Adds a frame to `counts`, which has `countsLength` values; `velocity` is that of its motion. */
export function countFrame(
  counts: Float64Array,
  { cells, objects, postures }: FrameFeatures,
  velocity: Float32Array,
): void {
  const add = (at: number, value: number) => {
    counts[at] = (counts[at] as number) + value;
  };
  add(table.frames, 1);
  for (const { cell, mass, speed } of cells) {
    add(table.presence + cell, 1);
    if (speed <= 0) continue;
    const units = Math.round(255 * mass);
    add(table.motion + cell * speedBounds.length + speedClass(speed), units);
    for (const axis of [2 * cell, 2 * cell + 1]) {
      add(table.drift + axis, Math.round(units * 256 * (velocity[axis] ?? 0)));
    }
  }
  if (objects !== null) {
    add(table.looked, 1);
    for (const object of objects) {
      add(table.objects + object.class * scoreBounds.length + lastReached(scoreBounds, object.score), 1);
    }
  }
  for (const { posture } of postures ?? []) {
    add(table.persons, 1);
    add(table.postures + posture, 1);
  }
}

const speedClass = (speed: number) => lastReached(speedBounds, speed);

export const spacingClass = (interval: number) => spacingBounds.filter((bound) => interval > bound).length;

/** Index of the last of the ascending `bounds` that `value` reaches; 0 where it reaches none. */
function lastReached(bounds: readonly number[], value: number): number {
  let index = 0;
  while (index + 1 < bounds.length && value >= (bounds[index + 1] as number)) index++;
  return index;
}
