/** Walking and running: the pose at a phase of the stride, with feet that stay where they were put down. */
import { ankleHeight, standing, type Pose } from './pose.ts';
import { smoothstep } from '../geometry/vector.ts';

export type Gait = 'walk' | 'run';

/**
 * Metres covered by one stride (two steps) at `speed` m/s for a person of `stature` metres.
 * Fitted to what people prefer: .8 statures at 1.35 m/s walking, 1.6 at 4 m/s running (Alexander 1989, figure 4).
 */
export function strideLength(gait: Gait, speed: number, stature: number): number {
  return stature * (gait === 'walk' ? 0.42 + 0.28 * speed : 0.35 + 0.32 * speed);
}

/** Share of the stride that a foot stands, where it is put down before the body (in strides), how high it swings, arms. */
const gaits = {
  walk: { stance: 0.6, lead: 0.24, lift: 0.045, swing: 0.42, elbow: 0.35, elbowPulse: 0.25, lean: 0.03 },
  run: { stance: 0.36, lead: 0.11, lift: 0.17, swing: 0.75, elbow: 1.55, elbowPulse: 0.25, lean: 0.16 },
} as const;

/** Leg from hip to ankle at full stretch, in statures (Drillis & Contini 1966: thigh .245, shank .246). */
const legLength = 0.491;

interface FootPlace {
  readonly forward: number;
  readonly up: number;
  readonly pitch: number;
}

/** The ankle at `phase` of its own stride: standing from 0 to `stance`, then swinging forward. */
function footAt(gait: Gait, phase: number, stride: number): FootPlace {
  const { stance, lead, lift } = gaits[gait];
  if (phase < stance) {
    const through = phase / stance;
    const heelUp = smoothstep(0.62, 1, through) * (gait === 'walk' ? 0.75 : 0.8);
    const toeUp = gait === 'walk' ? 0.3 * (1 - smoothstep(0, 0.16, through)) : 0;
    return {
      // The foot pivots on its ball, 0.1 statures before the ankle, while the heel rises.
      forward: stride * (lead - phase) + 0.1 * (1 - Math.cos(heelUp)),
      up: ankleHeight + 0.1 * Math.sin(heelUp),
      pitch: heelUp - toeUp,
    };
  }
  const through = (phase - stance) / (1 - stance);
  const from = footAt(gait, stance - 1e-6, stride);
  const eased = 0.55 * smoothstep(0, 1, through) + 0.45 * through;
  const arc = Math.sin(Math.PI * through ** 0.75);
  return {
    forward: from.forward + (stride * lead - from.forward) * eased,
    up: ankleHeight + (from.up - ankleHeight) * (1 - smoothstep(0, 0.7, through)) + lift * arc,
    pitch:
      from.pitch * (1 - smoothstep(0.1, 0.75, through)) +
      (gait === 'run' ? 0.5 : 0.15) * arc -
      (gait === 'walk' ? 0.3 : 0) * smoothstep(0.6, 1, through),
  };
}

/** Pelvis height from which a foot `forward` statures ahead on the ground is just reached. */
const reachOf = (forward: number): number =>
  ankleHeight + Math.sqrt((legLength * 0.995) ** 2 - Math.min(0.9 * legLength, forward) ** 2);

/**
 * A walker is highest over the standing leg and lowest while both feet stand, a runner the other way round. Twice per
 * stride, so that the leg put down ahead is (nearly) stretched.
 */
function pelvisHeight(gait: Gait, phase: number, stride: number): number {
  const { lead, stance } = gaits[gait];
  if (gait === 'run') return 0.477 - 0.02 * Math.cos(4 * Math.PI * (phase - stance / 2));
  const lowest = Math.min(0.505, reachOf(stride * (lead - 0.04)));
  const highest = 0.517;
  return (lowest + highest) / 2 - ((highest - lowest) / 2) * Math.cos(4 * Math.PI * (phase - 0.05));
}

/**
 * The pose at `phase` strides (any real number; the fraction counts) for strides of `stride` statures.
 * Periodic in `phase` with period 1; the left leg is half a stride behind the right.
 */
export function gaitPose(gait: Gait, phase: number, stride: number): Pose {
  const { swing, elbow, elbowPulse, lean } = gaits[gait];
  const right = ((phase % 1) + 1) % 1;
  const left = (right + 0.5) % 1;
  const [rightFoot, leftFoot] = [footAt(gait, right, stride), footAt(gait, left, stride)];
  // Cosine of the leg's swing: +1 with the right foot foremost.
  const wave = Math.cos(2 * Math.PI * (right - 0.02));
  const strength = Math.min(1.2, stride / (gait === 'walk' ? 0.8 : 1.5));
  const pulse = (sign: number) => elbow + elbowPulse * (1 - sign * wave) * 0.5;
  return {
    ...standing,
    pelvisHeight: pelvisHeight(gait, right, stride),
    pelvisSide: 0.012 * Math.sin(2 * Math.PI * (right - 0.05)),
    lean,
    tilt: 0.03 * Math.sin(2 * Math.PI * right),
    turn: -0.09 * wave * strength,
    twist: 0.2 * wave * strength,
    bend: 0.03,
    nod: 0.02 - lean * 0.8,
    leftFootForward: leftFoot.forward,
    leftFootSide: -0.045,
    leftFootUp: leftFoot.up,
    leftFootPitch: leftFoot.pitch,
    rightFootForward: rightFoot.forward,
    rightFootSide: 0.045,
    rightFootUp: rightFoot.up,
    rightFootPitch: rightFoot.pitch,
    leftSwing: swing * strength * wave + 0.02,
    leftSpread: 0.13,
    leftElbow: pulse(-1),
    leftInward: 0.25,
    rightSwing: -swing * strength * wave + 0.02,
    rightSpread: 0.13,
    rightElbow: pulse(1),
    rightInward: 0.25,
  };
}
