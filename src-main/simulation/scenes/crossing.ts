/** A junction of two streets seen from a pole: cars keep to their lanes, people to the pavement; one day two cars collide. */
import type { Random } from '../../math/random.ts';
import { pathThrough, type TravelKey } from '../geometry/path.ts';
import type { Colour, IncidentPlan, PersonPlan, Scene, VehicleKind, VehiclePlan } from '../scene.ts';
import { Script } from '../people/script.ts';
import type { GroundPoint } from '../geometry/vector.ts';
import { passersBy, someone } from './people.ts';
import { lanes, lightFor, place, view } from './crossing-place.ts';
import type { SceneRequest } from './request.ts';

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
/** Out of a street that runs along x far behind, round the corner and down the side street. */
const approach: readonly GroundPoint[] = [
  { x: 26, z: 66.5 },
  { x: 8, z: 66.5 },
  { x: 0, z: 65 },
  { x: lanes.south, z: 58 },
  { x: lanes.south, z: 40 },
];
/** To the line before the main street, and from there to the right (towards -x). */
const toLine: readonly GroundPoint[] = [...approach, { x: lanes.south, z: 21.6 }];
const turning: readonly GroundPoint[] = [
  ...toLine,
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
  const line = pathThrough(toLine).length;
  const travel: TravelKey[] = [
    { time, distance: 0 },
    { time: time + 6, distance: line - 20 },
    { time: time + 9.4, distance: line - 0.2 },
    { time: time + 11.8, distance: line },
    { time: time + 15.3, distance: line + 10.6 },
    { time: time + 18.8, distance: line + 34 },
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
  // Its nose (2.1 m before its middle) meets the other's side (.9 m from the middle of the lane).
  const ahead = [...approach, { x: lanes.south + 0.4, z: 22 }, { x: lanes.south + 0.6, z: lanes.east + 0.9 + 2.1 }];
  const striking: VehiclePlan = {
    id: 'vehicle-b',
    kind: 'car',
    colour: [0.36, 0.03, 0.03],
    points: ahead,
    travel: [
      { time: time - 9, distance: 0 },
      { time, distance: pathThrough(ahead).length },
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
    { x: -5, z: 25 },
    { x: -4.9, z: 31 },
    { x: -8.5, z: 33 },
  ],
  [
    { x: 22, z: 20.8 },
    { x: 9, z: 21 },
    { x: 4.6, z: 25 },
    { x: 4.6, z: 34 },
    { x: 8.5, z: 36 },
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
      : traffic(random.fork('traffic'), seconds, [seconds * 0.3 + 9.5, seconds * 0.3 + 19.5]);
  const calm = crash === null ? [waiting(random.fork('waiting'), seconds * 0.3)] : [];
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
