/** A junction of two streets seen from a pole: cars keep to their lanes, people to the pavement; one day two cars collide. */
import type { Random } from '../../math/random.ts';
import { pathThrough, type TravelKey } from '../geometry/path.ts';
import type { IncidentPlan, PersonPlan, Scene, VehicleKind, VehiclePlan } from '../scene.ts';
import { Script } from '../people/script.ts';
import type { GroundPoint } from '../geometry/vector.ts';
import { passersBy, someone } from './people.ts';
import { lanes, lighting, place, routes, view } from './crossing-place.ts';
import { lightFor } from './lighting.ts';
import type { SceneRequest } from './request.ts';
import { paints } from './traffic.ts';

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
  kinds: readonly VehicleKind[] = ['car', 'car', 'estate'],
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

/** Seconds between two cars at the middle of the junction, whichever way they go: a street with little traffic. */
const headway = 3.2;

/** Cars one after the other, at least 5 s apart in each lane, except within `quiet` where the junction stays free. */
function traffic(random: Random, seconds: number, quiet: readonly [number, number]): VehiclePlan[] {
  const vehicles: VehiclePlan[] = [];
  const passing: number[] = [];
  for (const [lane, route] of [
    ['e', eastward],
    ['w', westward],
  ] as const) {
    const own = random.fork(lane);
    // All of a lane drive alike, so that nobody runs into the one ahead.
    const speed = own.between(9.5, 11.5);
    let number = 0;
    for (let time = own.between(-6, -2); time < seconds; time += own.between(5, 9)) {
      const passes = time + route.length / 2 / speed;
      if (passes > quiet[0] && passes < quiet[1]) continue;
      if (passing.some((other) => Math.abs(other - passes) < headway)) continue;
      passing.push(passes);
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

/** A van comes out of the side street without giving way; a car on the main street brakes too late and hits its side. */
export function collision(
  random: Random,
  time: number,
  seconds: number,
): { vehicles: VehiclePlan[]; people: PersonPlan[]; incident: IncidentPlan } {
  const speed = random.between(13, 14);
  // The middle of the car when its nose (2.15 m ahead) meets the van's side (.98 m from the middle of its lane).
  const meeting = lanes.south + 0.98 + 2.15;
  const driven = 34 - meeting;
  const striking: VehiclePlan = {
    id: 'vehicle-a',
    kind: 'car',
    colour: [0.36, 0.03, 0.03],
    points: westward.points,
    // The last third of a second it brakes.
    travel: [
      { time: time - 0.35 - (driven - 4.3) / speed, distance: 0 },
      { time: time - 0.35, distance: driven - 4.3 },
      { time, distance: driven },
    ],
    crash: { time, push: { x: -1.3, z: 0.5 }, spin: 0.35 },
  };
  const wreck = { x: lanes.south, z: lanes.west };
  const ahead = [...approach, { x: lanes.south, z: 24 }, { x: lanes.south, z: lanes.west + 0.3 }];
  const struck: VehiclePlan = {
    id: 'vehicle-b',
    kind: 'van',
    colour: [0.55, 0.55, 0.53],
    points: ahead,
    travel: [
      { time: time - 9.5, distance: 0 },
      { time, distance: pathThrough(ahead).length },
    ],
    crash: { time, push: { x: -1.8, z: -1.5 }, spin: 0.75 },
  };
  /** Someone at the roadside who starts back from the crash and then runs to it. */
  const witness = (name: string, from: GroundPoint, back: GroundPoint, to: GroundPoint, delay: number): PersonPlan => {
    const own = random.fork(name);
    const script = new Script(`person-${name}`, { ...someone(own), bottomKind: 'trousers' }, from, -3);
    script.hold(own.pick(['stand', 'phone'] as const), time + 3 + delay, wreck).run(3.4, back);
    script.run(own.between(4, 4.6), to);
    return script.hold(own.pick(['watch', 'phone'] as const), Math.max(2, seconds - script.now + 1), wreck).plan();
  };
  // On the crossing the van nearly runs somebody over: he is three steps from its side when he sees it.
  const escaped = new Script('person-p', someone(random.fork('p')), { x: 6.4, z: 24 }, time - 4.6)
    .walk(1.35, { x: 3.4, z: 21.6 }, { x: 0.6, z: 21.2 })
    .run(3.8, { x: 3.2, z: 20.6 });
  escaped.hold('guard', 0.8, wreck).run(4, { x: 1.6, z: 18.6 });
  escaped.hold('watch', Math.max(2, seconds - escaped.now + 1), wreck);
  return {
    vehicles: [striking, struck],
    people: [
      escaped.plan(),
      witness('s', { x: -5, z: 19.8 }, { x: -7.2, z: 20.6 }, { x: -5.8, z: 18.2 }, 0.1),
      witness('u', { x: 7.8, z: 20.6 }, { x: 9, z: 21 }, { x: 3, z: 14.8 }, 0.2),
      witness('v', { x: 1.8, z: 10.2 }, { x: 2.6, z: 9.8 }, { x: -0.4, z: 13.4 }, 0),
    ],
    incident: {
      class: 'collision',
      start: time,
      end: seconds,
      participants: ['vehicle-a', 'vehicle-b'],
    },
  };
}

/** The junction: `theme` 'normal' or 'collision'. */
export function crossingScene(request: SceneRequest, theme: 'normal' | 'collision', random: Random): Scene {
  const { seconds } = request;
  const time = seconds * random.between(0.4, 0.55);
  const crash = theme === 'collision' ? collision(random.fork('collision'), time, seconds) : null;
  const others =
    theme === 'collision'
      ? traffic(random.fork('traffic'), seconds, [time - 9, seconds + 30])
      : traffic(random.fork('traffic'), seconds, [seconds * 0.3 + 7, seconds * 0.3 + 19.5]);
  const calm = crash === null ? [waiting(random.fork('waiting'), seconds * 0.3)] : [];
  const involved = crash?.people ?? [];
  return {
    ...request.frame,
    view,
    place,
    light: lightFor(request, lighting),
    rain: request.rain,
    seconds,
    persons: [...involved, ...passersBy(random.fork('walkers'), seconds, 5, routes, involved)],
    vehicles: [...(crash?.vehicles ?? []), ...calm, ...others],
    bags: [],
    incidents: crash === null ? [] : [crash.incident],
  };
}
