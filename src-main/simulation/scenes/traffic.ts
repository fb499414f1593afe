/** Vehicles over a recording: through the lanes of a street, and in and out of the bays of a car park. */
import type { Random } from '../../math/random.ts';
import { pathThrough } from '../geometry/path.ts';
import type { GroundPoint } from '../geometry/vector.ts';
import { Script } from '../people/script.ts';
import type { BagPlan, Colour, PersonPlan, VehicleKind, VehiclePlan } from '../scene.ts';
import { aisle, bayMiddle, door, freeBays } from './car-park-place.ts';
import { someone } from './people.ts';
import type { Traffic, TrafficRequest } from './setting.ts';

/** Of everyday cars, linear. */
export const paints: readonly Colour[] = [
  [0.6, 0.6, 0.6],
  [0.02, 0.022, 0.028],
  [0.3, 0.31, 0.32],
  [0.32, 0.03, 0.03],
  [0.03, 0.07, 0.2],
  [0.13, 0.14, 0.15],
  [0.42, 0.4, 0.33],
];
const kinds: readonly VehicleKind[] = ['car', 'car', 'car', 'estate', 'estate', 'van'];

/** Seconds between two vehicles of a lane at least. */
const headway = 3.5;
const isQuiet = (name: string, time: number, spans: TrafficRequest['quiet']): boolean =>
  spans.some(({ start, end, lane = name }) => lane === name && time > start && time < end);

/** A lane: its points from before the picture to beyond it, and a letter for the ids. */
export interface Lane {
  readonly name: string;
  readonly points: readonly GroundPoint[];
  /** m/s, of which every recording picks one: who drives alike does not run into the one ahead. */
  readonly speeds: readonly [number, number];
}

/** Vehicles through `lanes`, independent of each other but for the headway; none in the middle of a lane while `quiet`. */
export function laneTraffic(random: Random, lanes: readonly Lane[], request: TrafficRequest): VehiclePlan[] {
  const { seconds, perMinute, quiet } = request;
  return lanes.flatMap(({ name, points, speeds }) => {
    const own = random.fork(name);
    const speed = own.between(...speeds);
    const { length } = pathThrough(points);
    const gap = () => headway + -((60 * lanes.length) / perMinute) * Math.log(1 - own.next());
    const vehicles: VehiclePlan[] = [];
    for (let time = -length / speed + gap(); time < seconds; time += gap()) {
      const [kind, colour] = [own.pick(kinds), own.pick(paints)];
      if (isQuiet(name, time + length / 2 / speed, quiet)) continue;
      vehicles.push({
        id: `vehicle-${name}${vehicles.length + 1}`,
        kind,
        colour,
        points,
        crash: null,
        travel: [
          { time, distance: 0 },
          { time: time + length / speed, distance: length },
        ],
      });
    }
    return vehicles;
  });
}

/** Times in which somebody uses the aisle. */
type Span = TrafficRequest['quiet'][number];

interface Visit extends Traffic {
  readonly uses: readonly Span[];
  /** How long the bay is taken. */
  readonly stays: Span;
}

/** A car that comes at `time`, parks in the bay at `bay`, waits for its driver and leaves. */
function parking(random: Random, name: string, bay: number, time: number, shops: number): Visit {
  const inward = [
    { x: -36, z: aisle },
    { x: bay - 10, z: aisle },
    { x: bay - 4.6, z: aisle + 0.05 },
    { x: bay - 1.7, z: aisle + 1.2 },
    { x: bay - 0.2, z: bayMiddle - 2.6 },
    { x: bay, z: bayMiddle },
  ];
  const { length } = pathThrough(inward);
  const back = pathThrough(inward.slice(0, 3)).length;
  const parked = time + (length - 9) / 5 + 4.5;
  const leaves = parked + shops;
  const out = { x: bay - 4.6, z: aisle + 0.05 };
  const onward = [out, { x: bay + 2, z: aisle }, { x: bay + 12, z: aisle }, { x: 40, z: aisle }];
  const rest = pathThrough(onward).length;
  const id = `vehicle-${name}`;
  const car: VehiclePlan = {
    id,
    kind: random.pick(['car', 'car', 'estate'] as const),
    colour: random.pick(paints),
    crash: null,
    points: inward,
    travel: [
      { time, distance: 0 },
      { time: time + (length - 9) / 5, distance: length - 9 },
      { time: parked, distance: length },
      { time: leaves, distance: length },
      { time: leaves + 5.5, distance: back },
      { time: leaves + 8, distance: back },
    ],
    onward: {
      time: leaves + 6.5,
      points: onward,
      travel: [
        { time: leaves + 6, distance: 0 },
        { time: leaves + 6.8, distance: 0.1 },
        { time: leaves + 9.5, distance: 7 },
        { time: leaves + 9.5 + (rest - 7) / 5.5, distance: rest },
      ],
    },
  };
  // Driver's side: traffic keeps right, so the wheel is on the left.
  const side = { x: bay - 1.32, z: bayMiddle - 0.3 };
  const front = { x: bay - 1.3, z: 19.2 };
  const entry = [front, { x: bay + (door.x - bay) * 0.4, z: 21 }, { x: door.x, z: 23 }, door];
  const driver = new Script(`person-${name}a`, someone(random.fork('driver')), side, parked + 1.5, -Math.PI / 2);
  driver.hold('stand', 1.5, { x: bay, z: bayMiddle }).walk(random.between(1.15, 1.4), ...entry);
  const arms = driver.plan();
  const speed = random.between(1.1, 1.35);
  const homeward = entry.toReversed();
  const [first = door, ...others] = homeward;
  const walk = pathThrough([...homeward, side]).length / speed;
  // Comes out of the shop looking as before.
  const returning = new Script(`person-${name}b`, arms.appearance, first, leaves - 5.5 - walk)
    .walk(speed, ...others, side)
    .hold('stand', 3.5, { x: bay, z: bayMiddle })
    .plan();
  const bag: BagPlan[] =
    random.next() < 0.7
      ? [
          {
            id: `bag-${name}`,
            kind: 'holdall',
            colour: [0.3, 0.27, 0.2],
            stays: [{ from: 0, carrier: returning.id }],
          },
        ]
      : [];
  return {
    vehicles: [car],
    people: [arms, returning],
    bags: bag,
    uses: [
      { start: time, end: parked + 1 },
      { start: leaves - 6, end: leaves + 9.5 + (rest - 7) / 5.5 },
    ],
    stays: { start: time, end: leaves + 8 },
  };
}

const overlap = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/** Cars that park and leave, and some that only pass; one at a time in the aisle. */
export function carParkTraffic(random: Random, request: TrafficRequest): Traffic {
  const { seconds, perMinute, quiet } = request;
  const visits: Visit[] = [];
  const taken = new Map<number, Span[]>();
  const count = Math.round(((seconds + 120) / 60) * perMinute);
  for (let number = 1; number <= count; number++) {
    const own = random.fork(`car-${number}`);
    for (let attempt = 0; attempt < 8; attempt++) {
      const time = own.between(-120, seconds - 4);
      const visit =
        own.next() < 0.6
          ? parking(own.fork(`${attempt}`), `p${number}`, own.pick(freeBays), time, own.between(45, 240))
          : passing(own, `p${number}`, time);
      const bay = visit.vehicles[0]?.points.at(-1)?.x ?? 0;
      const used = [...quiet, ...visits.flatMap(({ uses }) => uses)];
      if (visit.uses.some((span) => used.some((other) => overlap(span, other)))) continue;
      if (taken.get(bay)?.some((span) => overlap(span, visit.stays))) continue;
      taken.set(bay, [...(taken.get(bay) ?? []), visit.stays]);
      visits.push(visit);
      break;
    }
  }
  return {
    vehicles: visits.flatMap(({ vehicles }) => vehicles),
    people: visits.flatMap(({ people }): readonly PersonPlan[] => people),
    bags: visits.flatMap(({ bags }) => bags),
  };
}

function passing(random: Random, name: string, time: number): Visit {
  const points = [
    { x: -36, z: aisle },
    { x: 0, z: aisle },
    { x: 40, z: aisle },
  ];
  const { length } = pathThrough(points);
  const end = time + length / random.between(5, 6.5);
  const car: VehiclePlan = {
    id: `vehicle-${name}`,
    kind: random.pick(kinds),
    colour: random.pick(paints),
    points,
    crash: null,
    travel: [
      { time, distance: 0 },
      { time: end, distance: length },
    ],
  };
  return { vehicles: [car], people: [], bags: [], uses: [{ start: time, end }], stays: { start: time, end } };
}
