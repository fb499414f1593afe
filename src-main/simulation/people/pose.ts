/** A human pose as few numbers that mix well: lengths in statures, angles in radians, feet by place and arms by angle. */

export const poseFields = [
  // Pelvis: height above the ground, offset from the root along and across the heading, lean forward, lean right, turn right.
  'pelvisHeight',
  'pelvisForward',
  'pelvisSide',
  'lean',
  'tilt',
  'turn',
  // Chest against the pelvis and head against the chest.
  'bend',
  'sway',
  'twist',
  'nod',
  'look',
  // Ankles from the root on the ground, in the heading's frame; pitch is positive with the heel up.
  'leftFootForward',
  'leftFootSide',
  'leftFootUp',
  'leftFootPitch',
  'rightFootForward',
  'rightFootSide',
  'rightFootUp',
  'rightFootPitch',
  // Upper arms from hanging: forward, away from the body; elbow bend, and how far the bend points inward.
  'leftSwing',
  'leftSpread',
  'leftElbow',
  'leftInward',
  'rightSwing',
  'rightSpread',
  'rightElbow',
  'rightInward',
] as const;

export type PoseField = (typeof poseFields)[number];
export type Pose = Readonly<Record<PoseField, number>>;

/** Height of the ankle above the sole. */
export const ankleHeight = 0.039;

export const standing: Pose = {
  pelvisHeight: 0.525,
  pelvisForward: 0,
  pelvisSide: 0,
  lean: 0,
  tilt: 0,
  turn: 0,
  bend: 0.03,
  sway: 0,
  twist: 0,
  nod: 0.05,
  look: 0,
  leftFootForward: 0.01,
  leftFootSide: -0.06,
  leftFootUp: ankleHeight,
  leftFootPitch: 0,
  rightFootForward: -0.01,
  rightFootSide: 0.06,
  rightFootUp: ankleHeight,
  rightFootPitch: 0,
  leftSwing: 0.04,
  leftSpread: 0.12,
  leftElbow: 0.2,
  leftInward: 0.3,
  rightSwing: 0.04,
  rightSpread: 0.12,
  rightElbow: 0.2,
  rightInward: 0.3,
};

/** `a` at weight 0, `b` at weight 1. */
export function mixPoses(a: Pose, b: Pose, weight: number): Pose {
  if (weight <= 0) return a;
  if (weight >= 1) return b;
  const mixed: Record<PoseField, number> = { ...a };
  for (const field of poseFields) mixed[field] += (b[field] - a[field]) * weight;
  return mixed;
}

/** `pose` with `weight` times each number of `change` added. */
export function addToPose(pose: Pose, change: Partial<Pose>, weight: number): Pose {
  const changed: Record<PoseField, number> = { ...pose };
  for (const field of poseFields) changed[field] += (change[field] ?? 0) * weight;
  return changed;
}

/** A pose to have reached at `time` seconds of a clip. */
export interface PoseKey {
  readonly time: number;
  readonly pose: Pose;
}

/** The pose at `time` of a clip, eased from key to key; the outermost poses hold beyond the ends. */
export function poseInClip(keys: readonly PoseKey[], time: number): Pose {
  let before: PoseKey | undefined;
  for (const key of keys) {
    if (key.time > time) {
      if (before === undefined) return key.pose;
      const t = (time - before.time) / (key.time - before.time);
      return mixPoses(before.pose, key.pose, t * t * (3 - 2 * t));
    }
    before = key;
  }
  return before?.pose ?? standing;
}
