/** How two who fight move: guard and footwork, blows and what they do to the other, wrestling, driving each other about. */
import { addToPose, mixPoses, type Pose } from './pose.ts';
import { mannerPoses } from './postures.ts';
import type { Act, Blow } from '../scene.ts';
import type { Footing } from './skeleton.ts';
import { smoothstep } from '../geometry/vector.ts';

/** Where someone stands and how. */
export interface Stance {
  readonly footing: Footing;
  readonly pose: Pose;
}

type Fight = Extract<Act, { kind: 'fight' }>;

/** What a blow adds to the guard at its height; the elbow goes from bent to straight. */
const blowChanges: Readonly<Record<Blow, Partial<Pose>>> = {
  jab: { leftSwing: 0.8, leftElbow: -1.7, leftInward: 0.3, twist: 0.6, pelvisForward: 0.07, lean: 0.22 },
  hook: {
    rightSwing: 1.05,
    rightElbow: -1.3,
    rightSpread: 0.6,
    rightInward: 0.6,
    leftSwing: -0.4,
    twist: -1,
    turn: -0.4,
    pelvisForward: 0.08,
    lean: 0.25,
  },
  kick: {
    rightFootForward: 0.6,
    rightFootUp: 0.38,
    rightFootPitch: -0.5,
    lean: -0.35,
    pelvisHeight: 0.015,
    leftSwing: -0.4,
    leftSpread: 0.5,
    rightSwing: -0.9,
    rightSpread: 0.4,
  },
  shove: {
    leftSwing: 0.7,
    leftElbow: -1.6,
    rightSwing: 0.85,
    rightElbow: -1.8,
    pelvisForward: 0.14,
    lean: 0.35,
    bend: 0.12,
  },
};

/** What being struck adds. */
const hitChange: Partial<Pose> = {
  lean: -0.34,
  bend: -0.22,
  nod: -0.4,
  twist: 0.45,
  pelvisForward: -0.1,
  leftSwing: -0.3,
  rightSwing: -0.5,
  rightElbow: -0.7,
  leftElbow: -0.6,
  leftSpread: 0.6,
  rightSpread: 0.7,
  leftFootForward: -0.1,
  rightFootForward: -0.12,
};

/** Both hands on the other's shoulders, head down, legs far apart. */
const wrestling: Pose = {
  ...mannerPoses.guard,
  pelvisHeight: 0.45,
  pelvisForward: -0.06,
  lean: 0.55,
  bend: 0.2,
  nod: -0.2,
  look: 0,
  turn: 0,
  leftSwing: 1.75,
  leftElbow: 0.5,
  leftSpread: 0.2,
  rightSwing: 1.6,
  rightElbow: 0.6,
  rightSpread: 0.25,
  leftFootForward: 0.12,
  rightFootForward: -0.26,
  rightFootPitch: 0.5,
  rightFootUp: 0.07,
};

/** 0, rising to 1 at `peak` seconds and gone after `peak + decay`. */
const pulse = (time: number, peak: number, decay: number): number =>
  time <= 0 ? 0 : time < peak ? smoothstep(0, peak, time) : 1 - smoothstep(peak, peak + decay, time);

/** How far `time` lies inside of `intervals`, with a third of a second of transition on either side. */
const within = (intervals: Fight['grapples'], time: number): number =>
  intervals.reduce(
    (most, { start, end }) => Math.max(most, smoothstep(start, start + 0.3, time) - smoothstep(end - 0.3, end, time)),
    0,
  );

/**
 * Source of the times: a boxer's fist takes about .1 to .15 s to its target at 6 to 9 m/s (Walilko, Viano & Bir 2005);
 * the arm is drawn back before and comes back more slowly.
 */
const blowRise = 0.15;
const blowReturn = 0.26;
/** Seconds in which a blow bends whom it hits, and in which they straighten up. */
const [hitRise, hitReturn] = [0.2, 0.45] as const;

/** Someone who fights, at `time` seconds, which may lie a little outside of the act. */
export function fightingStance(act: Fight, time: number, individual: number): Stance {
  const through = time - act.start;
  const held = within(act.grapples, time);
  const wave = (perSecond: number, phase = 0) => Math.sin(2 * Math.PI * perSecond * through + 6 * individual + phase);

  let pose = addToPose(
    mannerPoses.guard,
    { pelvisHeight: -0.02, pelvisSide: 0.03, bend: 0.08, sway: 0.1, twist: 0.15, leftSwing: 0.2, rightSwing: -0.2 },
    wave(1.3),
  );
  // Two blows in a row do not bend anyone twice as far, and who is being struck strikes badly.
  const struck = Math.max(0, ...act.hits.map((at) => pulse(time - at, hitRise, hitReturn)));
  let advance = -0.24 * Math.max(0, ...act.hits.map((at) => pulse(time - at, 0.34, 0.7)));
  for (const { time: at, blow } of act.blows) {
    const drawn = pulse(time - at + 0.42, 0.2, 0.2);
    const landed = pulse(time - at + blowRise, blowRise, blowReturn);
    const strength = (landed - 0.25 * drawn * (1 - landed)) * (1 - 0.8 * struck);
    if (strength !== 0) pose = addToPose(pose, blowChanges[blow], strength);
    // With the blow goes a step towards the other, and a quick one back.
    advance += 0.18 * pulse(time - at + 0.3, 0.3, 0.45);
  }
  if (struck > 0) pose = addToPose(pose, hitChange, struck);
  if (held > 0) {
    const tugged = addToPose(
      wrestling,
      { lean: 0.22, sway: 0.25, twist: 0.3, pelvisForward: 0.05, pelvisSide: 0.04, leftElbow: 0.4, rightElbow: -0.4 },
      0.7 * wave(1.1) + 0.3 * wave(2.3, 1),
    );
    pose = mixPoses(pose, tugged, held);
  }
  const centre = { x: act.centre.x, z: act.centre.z };
  let driven = 0;
  for (const { time: at, by } of act.surges) {
    const share = smoothstep(0, 0.8, time - at);
    centre.x += by.x * share;
    centre.z += by.z * share;
    driven = Math.max(driven, pulse(time - at, 0.3, 0.6));
  }
  // Quick small steps: each foot in turn lifts, swings forward and is put down again; longer where one is driven.
  const stepping = wave(2.2);
  const reach = 0.06 + 0.12 * driven;
  pose = addToPose(
    pose,
    {
      leftFootForward: reach * stepping,
      rightFootForward: -reach * stepping,
      leftFootUp: 0.05 * Math.max(0, wave(2.2, Math.PI / 2)),
      rightFootUp: 0.05 * Math.max(0, -wave(2.2, Math.PI / 2)),
    },
    1,
  );
  const bearing = act.bearing + act.spin * through + 0.18 * Math.sin(1.7 * through);
  const distance = Math.max(0.26, act.distance + 0.05 * Math.sin(2.3 * through + individual) - advance - 0.08 * held);
  return {
    footing: {
      x: centre.x + Math.sin(bearing) * distance,
      z: centre.z + Math.cos(bearing) * distance,
      heading: bearing + Math.PI,
      lift: 0,
    },
    pose,
  };
}

/** The pose of someone who strikes or kicks a thing before them at `time`, from the pose `calm` in between. */
export function strikingPose(act: Extract<Act, { kind: 'strike' }>, time: number, calm: Pose): Pose {
  let pose = calm;
  for (const { time: at, blow } of act.blows) {
    const drawn = pulse(time - at + 0.5, 0.24, 0.24);
    const landed = pulse(time - at + blowRise, blowRise, blowReturn);
    const strength = 0.9 * landed - 0.3 * drawn * (1 - landed);
    if (strength !== 0) pose = addToPose(pose, blowChanges[blow], strength);
  }
  return pose;
}
