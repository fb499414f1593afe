/** What normality takes from a frame: what moves in each cell, what the object net calls things, how persons hold themselves. */
import type { Box, Detection, Person } from '../detection.ts';
import type { FrameObservation } from '../frame-observation.ts';
import { motionColumns, motionRows } from '../motion.ts';

/** Cells of the energy grid, and of everything here that has a place. */
export const cellCount = motionColumns * motionRows;
/** A cell of which less moves holds noise. */
const smallestMass = 0.01;
/** Classes of the object net. */
export const classCount = 80;

/** Bounds of posture: how high a person's box is over its width, and how far the trunk leans, degrees from upright. */
const shapeBounds = [0.6, 1, 1.5, 2.2, 3.2] as const;
const leanBounds = [15, 30, 50, 75] as const;
const leans = leanBounds.length + 1;
/** Kinds of posture: a shape and a lean. */
export const postureCount = (shapeBounds.length + 1) * leans;
/** A joint with a lower score is a guess. */
const surestJoint = 0.25;
/** A posture is read from two shoulders and two hips, or not at all, and from a person that the pose net is sure of. */
const postureScore = 0.4;
/** Lower persons than this share of the picture, 50 pixels of what the net sees, have joints a few pixels apart. */
const lowestPerson = 1 / 6;

interface CellMotion {
  readonly cell: number;
  /** Share of the cell that moves, (0, 1]. */
  readonly mass: number;
  /** Mean speed of it, picture heights per second; 0 where it is not known. */
  readonly speed: number;
}

export interface FrameFeatures {
  /** Cells in which anything moves, ascending. Empty where the picture was cut or the camera was moved. */
  readonly cells: readonly CellMotion[];
  /** The most certain detection of each class other than a person, by class; null without the object net. */
  readonly objects: readonly Detection[] | null;
  /** Null without the pose net. */
  readonly postures: readonly { readonly posture: number; readonly box: Box }[] | null;
}

/** A tremble of the camera is taken out well; a pan is not what the camera usually shows. Share of the picture's width. */
const largestShift = 0.02;

export function featuresOf(frame: FrameObservation): FrameFeatures {
  const { motion, objects, persons, aspect } = frame;
  const { cut, shiftX, shiftY } = motion.global;
  const steady = !cut && Math.hypot(shiftX, shiftY) <= largestShift;
  return {
    cells: steady ? movingCells(motion) : [],
    objects: objects === null ? null : bestOfClass(objects),
    postures: persons === null ? null : persons.flatMap((person) => postureOf(person, aspect)),
  };
}

function movingCells({ grid, speed }: FrameObservation['motion']): CellMotion[] {
  return Array.from(grid.entries()).flatMap(([cell, mass]) =>
    mass >= smallestMass ? [{ cell, mass, speed: speed[cell] ?? 0 }] : [],
  );
}

/** Persons are left out: they are everywhere, and the pose net knows more of them. */
function bestOfClass(objects: readonly Detection[]): Detection[] {
  const best = new Map<number, Detection>();
  for (const object of objects) {
    if (object.class === 0 || object.class >= classCount) continue;
    if (object.score > (best.get(object.class)?.score ?? 0)) best.set(object.class, object);
  }
  return [...best.values()].sort((a, b) => a.class - b.class);
}

/** Its posture, an index below `postureCount`; none where it cannot be read. `aspect` turns shares into lengths. */
function postureOf({ box, score, keypoints }: Person, aspect: number): { posture: number; box: Box }[] {
  const shoulders = middleOf(keypoints, 5, 6);
  const hips = middleOf(keypoints, 11, 12);
  if (score < postureScore || box.height < lowestPerson || shoulders === null || hips === null) return [];
  const shape = binOf(shapeBounds, box.height / Math.max(1e-6, box.width * aspect));
  const lean = Math.atan2(Math.abs(shoulders.x - hips.x) * aspect, hips.y - shoulders.y);
  return [{ posture: shape * leans + binOf(leanBounds, (180 / Math.PI) * lean), box }];
}

function middleOf(keypoints: Float32Array, left: number, right: number): { x: number; y: number } | null {
  const value = (joint: number, offset: number) => keypoints[3 * joint + offset] ?? 0;
  if (value(left, 2) < surestJoint || value(right, 2) < surestJoint) return null;
  return { x: (value(left, 0) + value(right, 0)) / 2, y: (value(left, 1) + value(right, 1)) / 2 };
}

/** Number of `bounds` (ascending) that `value` reaches. */
const binOf = (bounds: readonly number[], value: number) => bounds.filter((bound) => value >= bound).length;
