import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { length, subtract } from '../geometry/vector.ts';
import { mannerPoses } from './postures.ts';
import { mixPoses, poseFields, standing, type Pose, type PoseField } from './pose.ts';
import { skeletonFrom, type Limb } from './skeleton.ts';

const footing = { x: 2, z: -3, heading: 0.7, lift: 0 };
/** Any pose near standing, possible or not. */
const anyPose = fc
  .array(fc.double({ min: -0.6, max: 0.6, noNaN: true }), {
    minLength: poseFields.length,
    maxLength: poseFields.length,
  })
  .map((changes): Pose => {
    const pose: Record<PoseField, number> = { ...standing };
    poseFields.forEach((field, index) => (pose[field] += changes[index] ?? 0));
    return pose;
  });

const bones = (limb: Limb) => [length(subtract(limb.middle, limb.root)), length(subtract(limb.end, limb.middle))];

describe('skeletonFrom', () => {
  it('keeps the length of every arm bone and never stretches a leg', () => {
    fc.assert(
      fc.property(anyPose, fc.double({ min: 1.5, max: 2, noNaN: true }), (pose, stature) => {
        const body = skeletonFrom(pose, footing, stature);
        for (const arm of [body.leftArm, body.rightArm]) {
          const [upper = 0, lower = 0] = bones(arm);
          expect(upper).toBeCloseTo(0.172 * stature, 9);
          expect(lower).toBeCloseTo(0.146 * stature, 9);
        }
        for (const leg of [body.leftLeg, body.rightLeg]) {
          const [thigh = 0, shank = 0] = bones(leg);
          expect(thigh).toBeCloseTo(0.245 * stature, 6);
          expect(shank).toBeCloseTo(0.246 * stature, 6);
        }
      }),
    );
  });

  it('stands as tall as the stature says, on its feet', () => {
    const body = skeletonFrom(standing, footing, 1.8);
    expect(body.head.y + 0.066 * 1.8).toBeGreaterThan(1.74);
    expect(body.head.y + 0.066 * 1.8).toBeLessThan(1.84);
    expect(body.leftLeg.end.y).toBeCloseTo(0.039 * 1.8, 2);
  });

  it('has its left hand on its left', () => {
    const body = skeletonFrom(standing, { x: 0, z: 0, heading: 0, lift: 0 }, 1.8);
    expect(body.leftArm.end.x).toBeLessThan(0);
    expect(body.rightArm.end.x).toBeGreaterThan(0);
  });

  it('lies flat when it lies', () => {
    const body = skeletonFrom(mannerPoses.lie, footing, 1.8);
    for (const joint of [body.head, body.chest, body.pelvis, body.leftLeg.middle]) expect(joint.y).toBeLessThan(0.4);
  });

  it('mixes poses without jumps', () => {
    fc.assert(
      fc.property(anyPose, anyPose, fc.double({ min: 0, max: 0.99, noNaN: true }), (a, b, weight) => {
        const [now, next] = [mixPoses(a, b, weight), mixPoses(a, b, weight + 0.01)];
        for (const field of poseFields) expect(Math.abs(next[field] - now[field])).toBeLessThan(0.02);
      }),
    );
  });
});
