/** The persons of one frame: how many, in what posture, how near to each other. */
import { boxGap, boxIoU } from '../box.ts';
import type { MotionObservation } from '../motion.ts';
import { cellsOf, shareMoving } from './body-motion.ts';
import { type Figure, pointOf } from './figures.ts';
import type { Measurement } from './quantities.ts';

/** A trunk that leans by more than 30° leans, half turns. */
const leaning = 1 / 6;
/** Persons whose sizes differ by more than this factor stand at different distances from the camera. */
const sameDistance = 1.7;
/** Shoulder and wrist of either side. */
const arms = [
  [5, 9],
  [6, 10],
] as const;
const ankles = [15, 16] as const;

/** What the persons of a frame tell, `aspect` being the picture's width over height. Of an empty frame: that it is empty. */
export function bodyForm(figures: readonly Figure[], motion: MotionObservation, aspect: number): Measurement[] {
  return [['count', figures.length], ...figures.flatMap(postureOf), ...pairsOf(figures, motion, aspect)];
}

function postureOf({ score, size, width, height, trunkAngle, keypoints }: Figure): Measurement[] {
  const measured: Measurement[] = [
    ['pose-score', score],
    ['size', size],
    ['width', width / (width + height)],
  ];
  if (trunkAngle !== null) measured.push(['trunk-angle', trunkAngle], ['leaning', trunkAngle > leaning ? 1 : 0]);
  if (keypoints === null) return measured;
  let sure = 0;
  for (let index = 2; index < keypoints.length; index += 3)
    sure += (keypoints[index] as number) / (keypoints.length / 3);
  measured.push(['keypoint-score', sure]);
  for (const [shoulderIndex, wristIndex] of arms) {
    const [shoulder, wrist] = [pointOf(keypoints, shoulderIndex), pointOf(keypoints, wristIndex)];
    if (shoulder === null || wrist === null) continue;
    measured.push(
      ['wrist-height', 0.5 + (shoulder[1] - wrist[1]) / size],
      ['wrist-reach', Math.abs(wrist[0] - shoulder[0]) / size],
    );
  }
  const [left, right] = [pointOf(keypoints, ankles[0]), pointOf(keypoints, ankles[1])];
  if (left !== null && right !== null) {
    measured.push(['stride', Math.hypot(left[0] - right[0], left[1] - right[1]) / size]);
  }
  return measured;
}

/** Of pairs at about the same distance from the camera. */
function pairsOf(figures: readonly Figure[], motion: MotionObservation, aspect: number): Measurement[] {
  let [nearest, overlap, touching, energy] = [Infinity, 0, 0, 0];
  for (const [index, one] of figures.entries()) {
    for (const other of figures.slice(index + 1)) {
      if (one.size > sameDistance * other.size || other.size > sameDistance * one.size) continue;
      const distance = Math.hypot(one.x - other.x, one.y - other.y) / Math.sqrt(one.size * other.size);
      nearest = Math.min(nearest, distance);
      overlap = Math.max(overlap, boxIoU(one.box, other.box));
      if (boxGap(one.box, other.box, aspect) > 0) continue;
      touching++;
      energy = Math.max(energy, shareMoving(motion, new Set([...cellsOf(one.box), ...cellsOf(other.box)])));
    }
  }
  return [
    ...(nearest < Infinity ? [['pair-distance', nearest] as const] : []),
    ['pair-overlap', overlap],
    ['touching', touching],
    ['pair-energy', energy],
  ];
}
