/** The outlines of persons, vehicles, bags and loose things in the picture: a few points each, and what lies between them. */
import { along, frameFacing, type Vector3 } from '../geometry/vector.ts';
import type { Skeleton } from '../people/skeleton.ts';
import { vehicleSize } from '../picture/vehicle-mesh.ts';
import type { VehicleKind } from '../scene.ts';
import { bagSizes, type BagState, type ThingState, type VehiclePose } from '../world.ts';
import type { PictureSpace } from './picture-space.ts';

/** Points of something in the picture, three numbers each: x and y in picture heights, depth in metres. */
export interface Outline {
  readonly points: Float64Array;
  /** Half the thickness of the body around each point, metres. */
  readonly radii: readonly number[];
}

/** COCO's keypoints in their order, then the soles of both feet and the crown. */
const bodyPoints = 20;
export const keypointCount = 17;

/** Half thicknesses in statures, clothes and hands included. */
const bodyRadii = [
  ...[0.01, 0.02, 0.02, 0.02, 0.02],
  ...[0.035, 0.035, 0.03, 0.03, 0.05, 0.05],
  ...[0.06, 0.06, 0.04, 0.04, 0.035, 0.035],
  ...[0.02, 0.02, 0.012],
];
/** Where parts of a face are from the middle of a head, in statures: forward, up, to the right. */
const face = [
  [0.058, -0.008, 0],
  [0.045, 0.014, -0.017],
  [0.045, 0.014, 0.017],
  [0, 0.004, -0.043],
  [0, 0.004, 0.043],
] as const;
/** From the ankle to the sole of the toes, in statures. */
const footLength = 0.1;
const crown = 0.064;

export function bodyOutline(body: Skeleton, space: PictureSpace): Outline {
  const points = new Float64Array(3 * bodyPoints);
  const { head, headFrame, stature } = body;
  let at = 0;
  const put = (point: Vector3) => {
    space.place(point, points, at);
    at += 3;
  };
  for (const [forward, up, right] of face) {
    put({
      x: head.x + stature * (forward * headFrame.forward.x + up * headFrame.up.x + right * headFrame.right.x),
      y: head.y + stature * (forward * headFrame.forward.y + up * headFrame.up.y + right * headFrame.right.y),
      z: head.z + stature * (forward * headFrame.forward.z + up * headFrame.up.z + right * headFrame.right.z),
    });
  }
  const { leftArm, rightArm, leftLeg, rightLeg } = body;
  for (const part of ['root', 'middle', 'end'] as const) {
    put(leftArm[part]);
    put(rightArm[part]);
  }
  for (const part of ['root', 'middle', 'end'] as const) {
    put(leftLeg[part]);
    put(rightLeg[part]);
  }
  put(along(leftLeg.end, body.leftToe, footLength * stature));
  put(along(rightLeg.end, body.rightToe, footLength * stature));
  put(along(head, headFrame.up, crown * stature));
  return { points, radii: bodyRadii.map((radius) => radius * stature) };
}

/** Corners of a vehicle as shares of half its length, its height and half its width: a hood, a roof, a tail. */
const corners = [-1, 1].flatMap((side) => [
  [-1, 0.05, side * 0.95],
  [1, 0.05, side * 0.95],
  [-1, 0.6, side * 0.95],
  [0.95, 0.5, side * 0.95],
  [-0.45, 0.97, side * 0.72],
  [0.1, 1, side * 0.72],
]);
const vanCorners = [-1, 1].flatMap((side) => [
  [-1, 0.05, side],
  [1, 0.05, side],
  [-1, 1, side * 0.9],
  [0.55, 1, side * 0.9],
  [1, 0.5, side],
  [0, 0.5, side],
]);

export function vehicleOutline(
  kind: VehicleKind,
  { x, z, heading }: Pick<VehiclePose, 'x' | 'z' | 'heading'>,
  space: PictureSpace,
): Outline {
  const { forward, right } = frameFacing(heading);
  const { length, width, height } = vehicleSize(kind);
  const shape = kind === 'van' ? vanCorners : corners;
  const points = new Float64Array(3 * shape.length);
  for (const [index, [ahead = 0, up = 0, aside = 0]] of shape.entries()) {
    const [a, s] = [(ahead * length) / 2, (aside * width) / 2];
    const corner = { x: x + forward.x * a + right.x * s, y: up * height, z: z + forward.z * a + right.z * s };
    space.place(corner, points, 3 * index);
  }
  return { points, radii: shape.map(() => 0) };
}

/** How far handles stand out above a bag, as a share of its half height. */
const handles = 0.75;

export function bagOutline({ plan, centre, frame }: BagState, space: PictureSpace): Outline {
  const { x, y, z } = bagSizes[plan.kind];
  const points = new Float64Array(15);
  space.place(centre, points, 0);
  for (const [index, side] of [-1, 1].entries()) {
    space.place(
      along(along(centre, frame.up, side * y + (side > 0 ? handles * y : 0)), frame.right, side * x),
      points,
      6 * index + 3,
    );
    space.place(along(along(centre, frame.up, side * y), frame.forward, side * z), points, 6 * index + 6);
  }
  return { points, radii: [0, 0, 0, 0, 0] };
}

/** Height and half width of a bin, metres. */
const [binHeight, binRadius] = [0.9, 0.25] as const;

export function thingOutline({ plan, frame }: ThingState, space: PictureSpace): Outline {
  const points = new Float64Array(9);
  const foot = { x: plan.at.x, y: binRadius * (1 - Math.max(0, frame.up.y)) + 0.12, z: plan.at.z };
  for (let index = 0; index < 3; index++) {
    space.place(along(foot, frame.up, (index * (binHeight - 0.25)) / 2), points, 3 * index);
  }
  return { points, radii: [binRadius, binRadius, binRadius] };
}
