/** What a person's plan amounts to at a moment: where they stand, how they hold themselves, and the joints. */
import { climbClip, fallClip, reachDownClip, riseClip } from './clips.ts';
import { fightingStance, strikingPose, type Stance } from './fighting.ts';
import { gaitPose, strideLength } from './gait.ts';
import { pathThrough, type Path } from '../geometry/path.ts';
import { mannerPoses } from './postures.ts';
import { addToPose, mixPoses, poseInClip, type Pose } from './pose.ts';
import type { Act, PersonPlan } from '../scene.ts';
import { skeletonFrom, type Footing, type Skeleton } from './skeleton.ts';
import { headingTowards, mixHeadings, smoothstep } from '../geometry/vector.ts';

/** Seconds over which the end of an act flows into the next one. */
const blendSeconds = 0.45;
/** Seconds from losing balance to lying: free fall from hip height takes .45 s, arms and knees brake it a little. */
export const fallSeconds = 0.65;

const paths = new WeakMap<Act, Path>();

/** The path of a `move`, made once: a value that only depends on the act. */
function pathOf(act: Extract<Act, { kind: 'move' }>): Path {
  let path = paths.get(act);
  if (path === undefined) {
    path = pathThrough(act.points);
    paths.set(act, path);
  }
  return path;
}

/** Small movements that keep anyone who stays in place alive: breath, shifting weight, gestures, a look around. */
function withLife(pose: Pose, manner: string, time: number, individual: number): Pose {
  const wave = (seconds: number, shift: number) => Math.sin((2 * Math.PI * time) / seconds + individual * shift);
  if (manner === 'lie') return addToPose(pose, { bend: 0.02, rightElbow: 0.2, leftFootForward: 0.03 }, wave(5, 3));
  if (manner === 'spray') {
    const sweep = addToPose(pose, { rightSwing: 0.3, rightSpread: 0.22, rightInward: 0.3, twist: 0.12 }, wave(1.7, 0));
    return addToPose(sweep, { rightSwing: 0.2, rightElbow: 0.25, pelvisSide: 0.02 }, wave(0.9, 2));
  }
  const calm = addToPose(
    pose,
    { pelvisSide: 0.012, tilt: 0.015, bend: 0.012, look: 0.25, leftSpread: 0.015, rightSpread: 0.015 },
    0.6 * wave(5.3, 7) + 0.4 * wave(2.9, 11),
  );
  if (manner !== 'talk') return calm;
  const gesture = Math.max(0, wave(6.1, 5)) * (0.6 + 0.4 * wave(0.9, 2));
  return addToPose(
    calm,
    { rightSwing: 0.45, rightElbow: 0.35, rightSpread: 0.25, nod: 0.12, leftSwing: 0.2, leftElbow: 0.5 },
    gesture,
  );
}

/** A root that climbs over a fence of `height`: up on this side, across, down on the other. */
function climbRoot(act: Extract<Act, { kind: 'climb' }>, time: number): Footing {
  const through = (time - act.start) / (act.end - act.start);
  const across =
    0.3 * smoothstep(0, 0.4, through) + 0.4 * smoothstep(0.46, 0.72, through) + 0.3 * smoothstep(0.8, 1, through);
  const up = 0.35 * smoothstep(0.16, 0.3, through) + 0.65 * smoothstep(0.34, 0.56, through);
  const down = smoothstep(0.68, 0.86, through);
  return {
    x: act.from.x + (act.to.x - act.from.x) * across,
    z: act.from.z + (act.to.z - act.from.z) * across,
    heading: headingTowards(act.from, act.to),
    lift: Math.max(0, (act.height - 0.45) * (up - down)),
  };
}

/** Footing and pose of `act` at `time`, which may lie a little outside of it. */
function stanceIn(act: Act, time: number, stature: number, individual: number): Stance {
  switch (act.kind) {
    case 'move': {
      const path = pathOf(act);
      const speed = path.length / Math.max(1e-3, act.end - act.start);
      const distance = Math.min(path.length, Math.max(0, time - act.start) * speed);
      const stride = strideLength(act.gait, speed, stature);
      const place = path.at(distance);
      // Looking ahead along the path, the body turns into a bend as people do.
      const ahead = path.at(distance + 0.3).heading;
      const pose = gaitPose(act.gait, distance / stride + individual, stride / stature);
      return {
        footing: { ...place, lift: 0 },
        pose: addToPose(pose, { look: 1 }, 0.6 * (mixHeadings(place.heading, ahead, 1) - place.heading)),
      };
    }
    case 'hold':
      return {
        footing: { ...act.at, heading: act.heading, lift: 0 },
        pose: withLife(mannerPoses[act.manner], act.manner, time, individual),
      };
    case 'fight':
      return fightingStance(act, time, individual);
    case 'fall': {
      const through = Math.max(0, time - act.start);
      const slide = act.speed * fallSeconds * 0.45 * (1 - (1 - Math.min(1, through / fallSeconds)) ** 2);
      const from = act.backwards ? mannerPoses.guard : gaitPose('walk', 0.05, 0.75);
      const pose = poseInClip(fallClip(from, act.backwards, fallSeconds), through);
      const direction = act.backwards ? -1 : 1;
      return {
        footing: {
          x: act.at.x + Math.sin(act.heading) * slide * direction,
          z: act.at.z + Math.cos(act.heading) * slide * direction,
          heading: act.heading,
          lift: 0,
        },
        pose: through > fallSeconds ? withLife(pose, 'lie', time, individual) : pose,
      };
    }
    case 'strike':
      return {
        footing: { ...act.at, heading: act.heading, lift: 0 },
        pose: strikingPose(act, time, withLife(mannerPoses.stand, 'stand', time, individual)),
      };
    case 'rise':
      return {
        footing: { ...act.at, heading: act.heading, lift: 0 },
        pose: poseInClip(riseClip(act.backwards, act.end - act.start), time - act.start),
      };
    case 'reach-down':
      return {
        footing: { ...act.at, heading: act.heading, lift: 0 },
        pose: poseInClip(reachDownClip(act.end - act.start), time - act.start),
      };
    case 'climb':
      return { footing: climbRoot(act, time), pose: poseInClip(climbClip(act.end - act.start), time - act.start) };
    default:
      return act satisfies never;
  }
}

/** A number in [0, 1) that belongs to `id`, so that no two people move in step. */
function individualOf(id: string): number {
  let sum = 0;
  for (let index = 0; index < id.length; index++) sum = (sum * 31 + id.charCodeAt(index)) % 997;
  return sum / 997;
}

/** Where the person stands and how, or null before their first and after their last act. */
function stanceAt(plan: PersonPlan, time: number): Stance | null {
  // Most people of a long recording are not there yet or no longer.
  if (time < (plan.acts[0]?.start ?? Infinity) || time >= (plan.acts.at(-1)?.end ?? -Infinity)) return null;
  const index = plan.acts.findIndex((act) => time >= act.start && time < act.end);
  const act = plan.acts[index];
  if (act === undefined) return null;
  const individual = individualOf(plan.id);
  const stature = plan.appearance.stature;
  const now = stanceIn(act, time, stature, individual);
  const before = plan.acts[index - 1];
  const weight = smoothstep(0, blendSeconds, time - act.start);
  if (before === undefined || weight >= 1) return now;
  const last = stanceIn(before, before.end, stature, individual);
  // Where the acts do not quite meet, the gap closes while one flows into the other.
  const first = stanceIn(act, act.start, stature, individual).footing;
  const left = 1 - weight;
  const footing: Footing = {
    x: now.footing.x + (last.footing.x - first.x) * left,
    z: now.footing.z + (last.footing.z - first.z) * left,
    lift: now.footing.lift + (last.footing.lift - first.lift) * left,
    heading: mixHeadings(last.footing.heading, now.footing.heading, weight),
  };
  return { footing, pose: mixPoses(last.pose, now.pose, weight) };
}

/** Where the person stands at `time`, or null where they have not come yet or have gone. */
export const footingAt = (plan: PersonPlan, time: number): Footing | null => stanceAt(plan, time)?.footing ?? null;

/** The joints of the person at `time` seconds, or null where they have not come yet or have gone. */
export function personAt(plan: PersonPlan, time: number): Skeleton | null {
  const stance = stanceAt(plan, time);
  return stance === null ? null : skeletonFrom(stance.pose, stance.footing, plan.appearance.stature);
}

/** Where the person's root is after all their acts. */
export function placeAfter(acts: readonly Act[], stature: number): Footing | null {
  const last = acts.at(-1);
  return last === undefined ? null : stanceIn(last, last.end, stature, 0).footing;
}
