/** The state of a scene at a moment, a pure function of both: who and what is where. */
import { distanceAt, pathThrough, type Path } from './geometry/path.ts';
import { personAt } from './people/person-motion.ts';
import type { BagPlan, BagStay, Drive, PersonPlan, Scene, VehiclePlan } from './scene.ts';
import type { ThingPlan } from './scene-effects.ts';
import type { Skeleton } from './people/skeleton.ts';
import {
  along,
  frameFacing,
  mixVectors,
  pitched,
  smoothstep,
  type Frame,
  type GroundPoint,
  type Vector3,
} from './geometry/vector.ts';

export interface VehiclePose extends GroundPoint {
  readonly heading: number;
  /** Radians that the wheels have rolled. */
  readonly rolled: number;
  readonly lights: boolean;
  readonly braking: boolean;
}

/** Half extents to the right, up and forward, metres. */
export const bagSizes = {
  holdall: { x: 0.13, y: 0.14, z: 0.27 },
  suitcase: { x: 0.21, y: 0.31, z: 0.12 },
  backpack: { x: 0.15, y: 0.23, z: 0.1 },
} as const;

export interface PersonState {
  readonly plan: PersonPlan;
  readonly body: Skeleton;
}

export interface VehicleState {
  readonly plan: VehiclePlan;
  readonly pose: VehiclePose;
  /** m/s along the path. */
  readonly speed: number;
}

export interface BagState {
  readonly plan: BagPlan;
  readonly centre: Vector3;
  readonly frame: Frame;
  readonly carried: boolean;
}

export interface ThingState {
  readonly plan: ThingPlan;
  /** Upright, or leaning more and more until it lies. */
  readonly frame: Frame;
}

export interface WorldState {
  readonly time: number;
  readonly persons: readonly PersonState[];
  readonly vehicles: readonly VehicleState[];
  readonly bags: readonly BagState[];
  readonly things: readonly ThingState[];
}

const paths = new WeakMap<Drive, Path>();

function pathOf(drive: Drive): Path {
  let path = paths.get(drive);
  if (path === undefined) {
    path = pathThrough(drive.points);
    paths.set(drive, path);
  }
  return path;
}

/** Seconds of standing still before and after, from which on a vehicle counts as parked: without lights. */
const parkedSeconds = 4;

function vehicleAt(plan: VehiclePlan, time: number, lights: boolean): VehicleState | null {
  const { onward } = plan;
  const drive: Drive = onward !== undefined && time >= onward.time ? onward : plan;
  const { travel } = drive;
  const path = pathOf(drive);
  const { crash } = plan;
  const driven = crash === null ? time : Math.min(time, crash.time);
  const distance = distanceAt(travel, driven);
  if (distance < 0 || distance > path.length) return null;
  const place = path.at(distance);
  const speed = (distanceAt(travel, driven + 0.05) - distanceAt(travel, driven - 0.05)) / 0.1;
  const slowing = speed - (distanceAt(travel, driven - 0.35) - distanceAt(travel, driven - 0.45)) / 0.1 < -0.5;
  // Who has stood for a while and will has parked.
  const parked = [-parkedSeconds, parkedSeconds].every(
    (by) => Math.abs(distanceAt(travel, time + by) - distanceAt(travel, time)) < 0.01,
  );
  // After a crash the push dies out exponentially, as by friction.
  const pushed = crash === null || time <= crash.time ? 0 : 1 - Math.exp(-3.2 * (time - crash.time));
  return {
    plan,
    speed: pushed > 0 ? 0 : speed,
    pose: {
      x: place.x + (crash?.push.x ?? 0) * pushed,
      z: place.z + (crash?.push.z ?? 0) * pushed,
      heading: place.heading + (crash?.spin ?? 0) * pushed,
      rolled: -distance / 0.31,
      lights: lights && !parked,
      braking: !parked && (slowing || pushed > 0 || Math.abs(speed) < 0.05),
    },
  };
}

/** Seconds in which a bag goes from hand to hand, or from the ground into a hand. */
const handOverSeconds = 0.4;

function bagAt(plan: BagPlan, persons: readonly PersonState[], time: number): BagState | null {
  const index = Math.max(
    0,
    plan.stays.findLastIndex(({ from }) => from <= time),
  );
  const [stay, before] = [plan.stays[index], plan.stays[index - 1]];
  if (stay === undefined) return null;
  const now = bagDuring(plan, stay, persons);
  const weight = smoothstep(0, handOverSeconds, time - stay.from);
  if (now === null || before === undefined || !('carrier' in stay) || weight >= 1) return now;
  const last = bagDuring(plan, before, persons);
  return last === null ? now : { ...now, centre: mixVectors(last.centre, now.centre, weight) };
}

function bagDuring(plan: BagPlan, stay: BagStay, persons: readonly PersonState[]): BagState | null {
  if ('at' in stay) {
    const { x, z } = stay.at;
    return { plan, centre: { x, y: bagSizes[plan.kind].y, z }, frame: frameFacing(0.4), carried: false };
  }
  const carrier = persons.find((person) => person.plan.id === stay.carrier)?.body;
  if (carrier === undefined) return null;
  const heading = Math.atan2(carrier.pelvisFrame.forward.x, carrier.pelvisFrame.forward.z);
  const level = frameFacing(heading);
  if (plan.kind === 'backpack') {
    const back = along(
      along(carrier.chest, carrier.chestFrame.forward, -0.13 * carrier.stature),
      carrier.chestFrame.up,
      -0.11 * carrier.stature,
    );
    return { plan, centre: back, frame: carrier.chestFrame, carried: true };
  }
  if (plan.kind === 'suitcase') {
    const behind = along(
      along({ x: carrier.pelvis.x, y: 0.36, z: carrier.pelvis.z }, level.forward, -0.5),
      level.right,
      0.3,
    );
    return { plan, centre: behind, frame: pitched(level, 0.5), carried: true };
  }
  // Held in the hand, it touches the ground where the hand goes that low.
  const hand = carrier.rightArm.end;
  const centre = { x: hand.x, y: Math.max(bagSizes[plan.kind].y, hand.y - 0.33), z: hand.z };
  return { plan, centre, frame: level, carried: true };
}

function thingAt(plan: ThingPlan, time: number): ThingState {
  const { toppled } = plan;
  const fallen = toppled === null ? 0 : Math.min(1, Math.max(0, (time - toppled.time) / 0.5)) ** 2;
  return { plan, frame: pitched(frameFacing(toppled?.heading ?? 0), 1.5 * fallen) };
}

/** Everything that moves in `scene` at `time` seconds. */
export function worldAt(scene: Scene, time: number): WorldState {
  const persons = scene.persons.flatMap((plan) => {
    const body = personAt(plan, time);
    return body === null ? [] : [{ plan, body }];
  });
  const lights = scene.light.kind === 'dusk' || scene.light.kind === 'night';
  return {
    time,
    persons,
    vehicles: scene.vehicles.flatMap((plan) => vehicleAt(plan, time, lights) ?? []),
    bags: scene.bags.flatMap((plan) => bagAt(plan, persons, time) ?? []),
    things: (scene.things ?? []).map((plan) => thingAt(plan, time)),
  };
}
