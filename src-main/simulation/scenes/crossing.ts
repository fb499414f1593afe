/** A junction of two streets seen from a pole: cars keep to their lanes, people to the pavement; one day two cars collide. */
import type { Random } from '../../math/random.ts';
import type { TravelKey } from '../geometry/path.ts';
import type { Colour, IncidentPlan, Light, PersonPlan, Place, Scene, VehicleKind, VehiclePlan } from '../scene.ts';
import { Script } from '../people/script.ts';
import { vector, type GroundPoint } from '../geometry/vector.ts';
import type { View } from '../geometry/view.ts';
import { passersBy, someone } from './people.ts';
import { bin, box, daylight, dusk, lampPost, postLamp, tree } from './props.ts';
import type { SceneRequest } from './request.ts';

const view: View = { position: vector(-3, 6.2, -1), yaw: 0.06, pitch: 0.3, focal: 0.84 };

/** The main street runs along x between these; the side street along z between those. */
const main = { near: 11.5, far: 18.5 };
const side = { left: -4.2, right: 2.4 };
/** Middles of the lanes: traffic keeps right. */
const lanes = { east: 13.3, west: 16.7, north: 0.8, south: -2.6 };

const rectangle = (left: number, right: number, near: number, far: number): GroundPoint[] => [
  { x: left, z: near },
  { x: right, z: near },
  { x: right, z: far },
  { x: left, z: far },
];

const place: Place = {
  base: 'slabs',
  patches: [
    { kind: 'asphalt', corners: rectangle(-80, 80, main.near, main.far) },
    { kind: 'asphalt', corners: rectangle(side.left, side.right, main.far - 0.1, 120) },
    { kind: 'kerb', corners: rectangle(-80, 80, main.near - 0.2, main.near) },
    { kind: 'kerb', corners: rectangle(-80, side.left, main.far, main.far + 0.2) },
    { kind: 'kerb', corners: rectangle(side.right, 80, main.far, main.far + 0.2) },
    { kind: 'kerb', corners: rectangle(side.left - 0.2, side.left, main.far, 120) },
    { kind: 'kerb', corners: rectangle(side.right, side.right + 0.2, main.far, 120) },
    { kind: 'grass', corners: rectangle(7, 30, 22, 25) },
  ],
  markings: [
    { from: { x: -60, z: 15 }, to: { x: -6, z: 15 }, width: 0.14, dash: 1.6 },
    { from: { x: 5, z: 15 }, to: { x: 60, z: 15 }, width: 0.14, dash: 1.6 },
    { from: { x: -0.9, z: 24 }, to: { x: -0.9, z: 90 }, width: 0.14, dash: 1.6 },
    { from: { x: side.left + 0.2, z: 19.1 }, to: { x: -1, z: 19.1 }, width: 0.35, dash: 0 },
    ...Array.from({ length: 6 }, (_, index) => ({
      from: { x: side.left + 0.5 + index * 1.1, z: 20 },
      to: { x: side.left + 0.5 + index * 1.1, z: 22.6 },
      width: 0.5,
      dash: 0,
    })),
  ],
  props: [
    box(-14.8, 30, vector(18, 3.2, 12), 'shopfront', [0.35, 0.33, 0.3]),
    box(-14.8, 30.1, vector(18, 8, 12), 'facade', [0.44, 0.27, 0.2], 3.2),
    box(17, 33, vector(22, 11, 13), 'facade', [0.4, 0.39, 0.35]),
    box(-1, 75, vector(40, 9, 6), 'facade', [0.36, 0.34, 0.33]),
    ...tree(11.5, 23.5, 6.4, 2),
    ...tree(17.5, 23.4, 5.8, 1.8, [0.085, 0.12, 0.03]),
    ...lampPost(-6.3, 19.6, 6, 1.2),
    ...lampPost(8.4, 19.6, 6, -1.2),
    ...bin(-7.6, 20.4),
    {
      kind: 'cylinder',
      at: { x: side.left - 0.7, z: 19.4 },
      base: 0,
      height: 2.6,
      radius: 0.035,
      material: 'metal',
      colour: [0.3, 0.3, 0.31],
    },
    box(side.left - 0.7, 19.36, vector(0.62, 0.55, 0.03), 'plaster', [0.5, 0.04, 0.03], 2.1),
  ],
  parked: [{ kind: 'estate', colour: [0.05, 0.09, 0.07], at: { x: side.right - 0.6 - 0.4, z: 33 }, heading: 0 }],
};

const lightFor = (hour: SceneRequest['hour']): Light =>
  hour === 'day'
    ? daylight(-2.5, 0.85)
    : dusk([
        postLamp(-5.1, 19.6, 6, 22),
        postLamp(7.2, 19.6, 6, 22),
        postLamp(-14, 10, 6.5, 17),
        postLamp(12, 10, 6.5, 17),
        postLamp(-1, 8, 6.5, 14),
        postLamp(-1, 34, 6, 18),
      ]);

const paints: readonly Colour[] = [
  [0.6, 0.6, 0.6],
  [0.02, 0.022, 0.028],
  [0.3, 0.31, 0.32],
  [0.32, 0.03, 0.03],
  [0.03, 0.07, 0.2],
  [0.13, 0.14, 0.15],
  [0.42, 0.4, 0.33],
];

interface Traffic {
  readonly points: readonly GroundPoint[];
  readonly length: number;
}

const eastward: Traffic = {
  points: [
    { x: -34, z: lanes.east },
    { x: 0, z: lanes.east },
    { x: 34, z: lanes.east },
  ],
  length: 68,
};
const westward: Traffic = {
  points: [
    { x: 34, z: lanes.west },
    { x: 0, z: lanes.west },
    { x: -34, z: lanes.west },
  ],
  length: 68,
};
/** Comes down the side street, stops at the line and turns right (towards -x). */
const turning: readonly GroundPoint[] = [
  { x: lanes.south, z: 60 },
  { x: lanes.south, z: 40 },
  { x: lanes.south, z: 23 },
  { x: lanes.south - 0.3, z: 19.6 },
  { x: -5.2, z: 17.1 },
  { x: -10, z: lanes.west },
  { x: -34, z: lanes.west },
];

function driving(
  id: string,
  random: Random,
  { points, length }: Traffic,
  time: number,
  speed: number,
  kinds: readonly VehicleKind[] = ['car', 'car', 'estate', 'van'],
): VehiclePlan {
  return {
    id,
    kind: random.pick(kinds),
    colour: random.pick(paints),
    points,
    crash: null,
    travel: [
      { time, distance: 0 },
      { time: time + length / speed, distance: length },
    ],
  };
}

/** Cars one after the other at least 4 s apart in each lane, except within `quiet` where the junction stays free. */
function traffic(random: Random, seconds: number, quiet: readonly [number, number] | null): VehiclePlan[] {
  const vehicles: VehiclePlan[] = [];
  for (const [lane, route] of [
    ['e', eastward],
    ['w', westward],
  ] as const) {
    const own = random.fork(lane);
    // All of a lane drive alike, so that nobody runs into the one ahead.
    const speed = own.between(9.5, 11.5);
    let number = 0;
    for (let time = own.between(-6, -2); time < seconds; time += own.between(4.2, 9.5)) {
      const passes = time + route.length / 2 / speed;
      if (quiet !== null && passes > quiet[0] && passes < quiet[1]) continue;
      vehicles.push(driving(`vehicle-${lane}${++number}`, own, route, time, speed));
    }
  }
  return vehicles;
}

/** Waits at the line and turns off when nobody comes. */
function waiting(random: Random, time: number): VehiclePlan {
  const travel: TravelKey[] = [
    { time, distance: 0 },
    { time: time + 4, distance: 26 },
    { time: time + 6.6, distance: 39.2 },
    { time: time + 9, distance: 39.4 },
    { time: time + 12.5, distance: 50 },
    { time: time + 16, distance: 74 },
  ];
  return { id: 'vehicle-turning', kind: 'car', colour: random.pick(paints), points: turning, travel, crash: null };
}

/** A car comes out of the side street without stopping and meets one on the main street. */
function collision(
  random: Random,
  time: number,
  seconds: number,
): { vehicles: VehiclePlan[]; people: PersonPlan[]; incident: IncidentPlan } {
  const speed = 10.5;
  const struck: VehiclePlan = {
    id: 'vehicle-a',
    kind: 'estate',
    colour: [0.5, 0.5, 0.5],
    points: eastward.points,
    // Its middle is at x = -1.4 at the moment of the crash.
    travel: [
      { time: time - 32.6 / speed, distance: 0 },
      { time, distance: 32.6 },
    ],
    crash: { time, push: { x: 3.4, z: -1.1 }, spin: -0.55 },
  };
  const striking: VehiclePlan = {
    id: 'vehicle-b',
    kind: 'car',
    colour: [0.36, 0.03, 0.03],
    points: [
      { x: lanes.south, z: 62 },
      { x: lanes.south, z: 40 },
      { x: lanes.south + 0.4, z: 22 },
      { x: lanes.south + 0.8, z: 10 },
    ],
    // Its nose (2.15 m before its middle) meets the other's side (.9 m from the middle of the lane).
    travel: [
      { time: time - 6.2, distance: 0 },
      { time, distance: 62 - (lanes.east + 0.9 + 2.1) },
    ],
    crash: { time, push: { x: 0.9, z: -0.5 }, spin: 0.3 },
  };
  const witness = (name: string, from: GroundPoint, to: GroundPoint, delay: number): PersonPlan => {
    const own = random.fork(name);
    const towards = { x: -0.5, z: lanes.east };
    const script = new Script(`person-${name}`, { ...someone(own), bottomKind: 'trousers' }, from, -3);
    script.hold('stand', time + 3 + delay, towards).run(3.1, to);
    script.hold(own.pick(['watch', 'phone'] as const), Math.max(2, seconds - script.now + 1), towards);
    return script.plan();
  };
  return {
    vehicles: [struck, striking],
    people: [
      witness('s', { x: -7.4, z: 9.6 }, { x: -3.2, z: 10.6 }, 1.3),
      witness('t', { x: 6.2, z: 9.4 }, { x: 4.6, z: 10.7 }, 1.7),
      witness('u', { x: 5.5, z: 20.3 }, { x: 3.6, z: 18.9 }, 2.2),
    ],
    incident: {
      class: 'collision',
      start: time,
      end: seconds,
      participants: ['vehicle-a', 'vehicle-b'],
    },
  };
}

const routes: readonly (readonly GroundPoint[])[] = [
  [
    { x: -16, z: 9.4 },
    { x: -5, z: 9.2 },
    { x: 5, z: 9.3 },
    { x: 16, z: 9.1 },
  ],
  [
    { x: -20, z: 21.3 },
    { x: -9, z: 21.2 },
    { x: -6, z: 23.8 },
    { x: -5.9, z: 48 },
  ],
  [
    { x: 22, z: 20.8 },
    { x: 9, z: 21 },
    { x: 4.4, z: 24 },
    { x: 4.2, z: 48 },
  ],
];

/** The junction: `theme` 'normal' or 'collision'. */
export function crossingScene(request: SceneRequest, theme: 'normal' | 'collision', random: Random): Scene {
  const { seconds } = request;
  const time = seconds * random.between(0.4, 0.55);
  const crash = theme === 'collision' ? collision(random.fork('collision'), time, seconds) : null;
  const others =
    theme === 'collision'
      ? traffic(random.fork('traffic'), seconds, [time - 5, seconds + 30])
      : traffic(random.fork('traffic'), seconds, [seconds * 0.4 + 7.5, seconds * 0.4 + 17]);
  const calm = crash === null ? [waiting(random.fork('waiting'), seconds * 0.4)] : [];
  const involved = crash?.people ?? [];
  return {
    ...request.frame,
    view,
    place,
    light: lightFor(request.hour),
    seconds,
    persons: [...involved, ...passersBy(random.fork('walkers'), seconds, 9, routes, involved)],
    vehicles: [...(crash?.vehicles ?? []), ...calm, ...others],
    bags: [],
    incidents: crash === null ? [] : [crash.incident],
  };
}
