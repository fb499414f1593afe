/** Short sequences of poses: falling, rising, bending down, climbing. */
import { ankleHeight, standing, type Pose, type PoseKey } from './pose.ts';
import { crouching, diving, kneeling, prone, sitting, stumbling, supine, tippingBack } from './postures.ts';

/** Falling from `from`, over `seconds`. */
export function fallClip(from: Pose, backwards: boolean, seconds: number): readonly PoseKey[] {
  return backwards
    ? [
        { time: 0, pose: from },
        { time: 0.35 * seconds, pose: tippingBack },
        { time: 0.75 * seconds, pose: sitting },
        { time: seconds, pose: supine },
      ]
    : [
        { time: 0, pose: from },
        { time: 0.3 * seconds, pose: stumbling },
        { time: 0.68 * seconds, pose: diving },
        { time: seconds, pose: prone },
      ];
}

/** Getting up again over `seconds`. */
export function riseClip(backwards: boolean, seconds: number): readonly PoseKey[] {
  return [
    { time: 0, pose: backwards ? supine : prone },
    {
      time: 0.35 * seconds,
      pose: backwards ? sitting : { ...diving, pelvisHeight: 0.3, rightFootForward: -0.3, rightFootUp: 0.06 },
    },
    { time: 0.7 * seconds, pose: kneeling },
    { time: seconds, pose: standing },
  ];
}

/** Bending down with the right hand to the ground and up again over `seconds`. */
export function reachDownClip(seconds: number): readonly PoseKey[] {
  const down: Pose = {
    ...crouching,
    pelvisHeight: 0.33,
    lean: 0.75,
    bend: 0.45,
    sway: 0.15,
    nod: -0.2,
    rightSwing: 1.0,
    rightElbow: 0.1,
    leftSwing: 0.8,
    leftElbow: 1.1,
  };
  return [
    { time: 0, pose: standing },
    { time: 0.42 * seconds, pose: down },
    { time: 0.58 * seconds, pose: down },
    { time: seconds, pose: standing },
  ];
}

/** Over a fence in `seconds`: reach up, pull up, swing over, let down, land. The root moves apart (see `climbRoot`). */
export function climbClip(seconds: number): readonly PoseKey[] {
  const reaching: Pose = { ...standing, leftSwing: 2.7, leftElbow: 0.2, rightSwing: 2.8, rightElbow: 0.2, nod: -0.5 };
  const pulling: Pose = {
    ...reaching,
    leftSwing: 1.9,
    leftElbow: 1.5,
    rightSwing: 1.9,
    rightElbow: 1.4,
    lean: 0.15,
    leftFootForward: 0.1,
    leftFootUp: 0.2,
    leftFootPitch: 0.5,
    rightFootForward: 0.08,
    rightFootUp: 0.02,
    rightFootPitch: 0.8,
  };
  const pushing: Pose = {
    ...pulling,
    rightFootUp: 0.24,
    leftFootUp: 0.05,
    leftSwing: 1.2,
    rightSwing: 1.1,
    lean: 0.35,
  };
  const astride: Pose = {
    ...crouching,
    pelvisHeight: 0.4,
    lean: 0.9,
    bend: 0.3,
    nod: -0.6,
    leftSwing: 1.0,
    leftElbow: 0.3,
    rightSwing: 0.9,
    rightElbow: 0.4,
    leftFootForward: -0.2,
    leftFootSide: -0.16,
    leftFootUp: 0.22,
    rightFootForward: 0.18,
    rightFootSide: 0.12,
    rightFootUp: 0.3,
  };
  const dropping: Pose = {
    ...standing,
    leftSwing: 2.0,
    leftSpread: 0.4,
    rightSwing: 1.8,
    rightSpread: 0.4,
    leftFootPitch: 0.6,
    rightFootPitch: 0.6,
  };
  const landing: Pose = {
    ...crouching,
    rightFootPitch: 0.2,
    rightFootUp: ankleHeight,
    leftSwing: 0.9,
    rightSwing: 0.8,
  };
  return [
    { time: 0, pose: standing },
    { time: 0.12 * seconds, pose: reaching },
    { time: 0.28 * seconds, pose: pulling },
    { time: 0.42 * seconds, pose: pushing },
    { time: 0.56 * seconds, pose: astride },
    { time: 0.68 * seconds, pose: astride },
    { time: 0.78 * seconds, pose: dropping },
    { time: 0.87 * seconds, pose: landing },
    { time: seconds, pose: standing },
  ];
}
