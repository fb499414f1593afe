/** From a pose to joints in the world: forward kinematics for trunk and arms, inverse kinematics for legs. */
import type { Pose } from './pose.ts';
import {
  add,
  along,
  frameFacing,
  length,
  normalized,
  perpendicularTo,
  pitched,
  rolled,
  scale,
  subtract,
  yawed,
  type Frame,
  type GroundPoint,
  type Vector3,
} from '../geometry/vector.ts';

/** Segment lengths in statures. Source: Drillis & Contini 1966, as tabulated by Winter 2009, figure 4.1. */
const segments = {
  thigh: 0.245,
  shank: 0.246,
  hipHalf: 0.052,
  trunk: 0.288,
  shoulderHalf: 0.108,
  upperArm: 0.172,
  forearm: 0.146,
  neck: 0.052,
  headHalf: 0.066,
} as const;

export interface Limb {
  /** Shoulder, elbow, wrist or hip, knee, ankle. */
  readonly root: Vector3;
  readonly middle: Vector3;
  readonly end: Vector3;
}

export interface Skeleton {
  readonly stature: number;
  readonly pelvis: Vector3;
  readonly pelvisFrame: Frame;
  /** Between the shoulders. */
  readonly chest: Vector3;
  readonly chestFrame: Frame;
  readonly head: Vector3;
  readonly headFrame: Frame;
  readonly leftArm: Limb;
  readonly rightArm: Limb;
  readonly leftLeg: Limb;
  readonly rightLeg: Limb;
  /** Unit vectors from heel to toe. */
  readonly leftToe: Vector3;
  readonly rightToe: Vector3;
}

/** Where a person stands on the ground and faces; `lift` raises all of it (on a fence, say). */
export interface Footing extends GroundPoint {
  readonly heading: number;
  readonly lift: number;
}

/** A leg that reaches from `hip` for `target`, its knee bent towards `forward`. */
function legBetween(hip: Vector3, target: Vector3, forward: Vector3, stature: number): Limb {
  const [thigh, shank] = [segments.thigh * stature, segments.shank * stature];
  const offset = subtract(target, hip);
  const distance = Math.min((thigh + shank) * 0.999, Math.max(0.25 * thigh, length(offset)));
  const direction = normalized(offset, { x: 0, y: -1, z: 0 });
  const pole = perpendicularTo(direction, forward, { x: 0, y: 1, z: 0 });
  const cos = (thigh * thigh + distance * distance - shank * shank) / (2 * thigh * distance);
  const sin = Math.sqrt(Math.max(0, 1 - cos * cos));
  const knee = along(along(hip, direction, thigh * cos), pole, thigh * sin);
  return { root: hip, middle: knee, end: along(hip, direction, distance) };
}

/** An arm from its angles in the frame of the chest; `side` is -1 for the left and 1 for the right. */
function armFrom(
  shoulder: Vector3,
  frame: Frame,
  side: number,
  angles: { swing: number; spread: number; elbow: number; inward: number },
  stature: number,
): Limb {
  const { swing, spread, elbow, inward } = angles;
  const out = scale(frame.right, side);
  const hanging = add(scale(frame.up, -Math.cos(swing)), scale(frame.forward, Math.sin(swing)));
  const upper = normalized(add(scale(hanging, Math.cos(spread)), scale(out, Math.sin(spread))));
  const flexing = add(scale(frame.forward, Math.cos(swing)), scale(frame.up, Math.sin(swing)));
  const pole = perpendicularTo(
    upper,
    add(scale(flexing, Math.cos(inward)), scale(out, -Math.sin(inward))),
    frame.forward,
  );
  const middle = along(shoulder, upper, segments.upperArm * stature);
  const lower = add(scale(upper, Math.cos(elbow)), scale(pole, Math.sin(elbow)));
  return { root: shoulder, middle, end: along(middle, lower, segments.forearm * stature) };
}

/** The joints of a person of `stature` metres in `pose` at `footing`. */
export function skeletonFrom(pose: Pose, footing: Footing, stature: number): Skeleton {
  const ground = frameFacing(footing.heading);
  const root: Vector3 = { x: footing.x, y: footing.lift, z: footing.z };
  const placed = (forward: number, side: number, up: number): Vector3 =>
    along(along(along(root, ground.forward, forward * stature), ground.right, side * stature), ground.up, up * stature);

  const pelvis = placed(pose.pelvisForward, pose.pelvisSide, pose.pelvisHeight);
  const pelvisFrame = rolled(pitched(yawed(ground, pose.turn), pose.lean), pose.tilt);
  const chestFrame = yawed(rolled(pitched(pelvisFrame, pose.bend), pose.sway), pose.twist);
  const waist = along(pelvis, pelvisFrame.up, 0.35 * segments.trunk * stature);
  const chest = along(waist, chestFrame.up, 0.65 * segments.trunk * stature);
  const headFrame = yawed(pitched(chestFrame, pose.nod), pose.look);
  const head = along(
    along(chest, headFrame.up, (segments.neck + segments.headHalf) * stature),
    headFrame.forward,
    0.012 * stature,
  );

  const leg = (side: number, forward: number, across: number, up: number): Limb =>
    legBetween(
      along(pelvis, pelvisFrame.right, side * segments.hipHalf * stature),
      placed(forward, across, up),
      pelvisFrame.forward,
      stature,
    );
  const arm = (side: number, swing: number, spread: number, elbow: number, inward: number): Limb =>
    armFrom(
      along(along(chest, chestFrame.right, side * segments.shoulderHalf * stature), chestFrame.up, -0.012 * stature),
      chestFrame,
      side,
      { swing, spread, elbow, inward },
      stature,
    );
  // A foot points where the shank leaves it room to: forward when standing, away from the shin when lying.
  const toe = (limb: Limb, footPitch: number, turn: number): Vector3 => {
    const shin = normalized(subtract(limb.end, limb.middle));
    const upright = Math.max(0, -shin.y);
    const flat = pitched(yawed(ground, turn), footPitch).forward;
    const fromShin = perpendicularTo(shin, pelvisFrame.forward, flat);
    return normalized(
      add(scale(flat, upright), scale(normalized(add(fromShin, scale(shin, 0.6))), 1 - upright)),
      fromShin,
    );
  };
  const leftLeg = leg(-1, pose.leftFootForward, pose.leftFootSide, pose.leftFootUp);
  const rightLeg = leg(1, pose.rightFootForward, pose.rightFootSide, pose.rightFootUp);
  return {
    stature,
    pelvis,
    pelvisFrame,
    chest,
    chestFrame,
    head,
    headFrame,
    leftArm: arm(-1, pose.leftSwing, pose.leftSpread, pose.leftElbow, pose.leftInward),
    rightArm: arm(1, pose.rightSwing, pose.rightSpread, pose.rightElbow, pose.rightInward),
    leftLeg,
    rightLeg,
    leftToe: toe(leftLeg, pose.leftFootPitch, -0.12),
    rightToe: toe(rightLeg, pose.rightFootPitch, 0.12),
  };
}
