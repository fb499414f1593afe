/** Everyday life in a setting: people who cross it alone or together, meet, wait and set their luggage down. */
import type { Random } from '../../math/random.ts';
import { headingTowards, type GroundPoint } from '../geometry/vector.ts';
import { footingAt } from '../people/person-motion.ts';
import { Script } from '../people/script.ts';
import type { BagPlan, Colour, PersonPlan } from '../scene.ts';
import { someone, type Shunned } from './people.ts';
import type { Setting, Spot, Traffic } from './setting.ts';

export interface LifeRequest {
  readonly seconds: number;
  /** Parties (people alone or together) a minute. */
  readonly perMinute: number;
  /** Who is there already, and where nobody goes. */
  readonly already: readonly PersonPlan[];
  readonly shunned: readonly Shunned[];
}

/** A party: who belongs together, with what they carry. */
interface Party {
  readonly people: readonly PersonPlan[];
  readonly bags: readonly BagPlan[];
}

/** Seconds before the recording at which the first set out, so that the picture is not empty at its start. */
const lead = 40;
/** Metres that strangers keep between them. */
const apart = 0.7;
/** Positions are compared so many times a second. */
const looksPerSecond = 3;

/** Where somebody is at every third of a second from number `first` on. */
interface Trace {
  readonly first: number;
  readonly x: Float32Array;
  readonly z: Float32Array;
}

function traceOf(plan: PersonPlan): Trace {
  const first = Math.ceil((plan.acts[0]?.start ?? 0) * looksPerSecond);
  const count = Math.max(0, Math.floor((plan.acts.at(-1)?.end ?? 0) * looksPerSecond) - first);
  const [x, z] = [new Float32Array(count).fill(NaN), new Float32Array(count).fill(NaN)];
  for (let index = 0; index < count; index++) {
    const footing = footingAt(plan, (first + index) / looksPerSecond);
    if (footing !== null) [x[index], z[index]] = [footing.x, footing.z];
  }
  return { first, x, z };
}

function meet(a: Trace, b: Trace): boolean {
  const from = Math.max(a.first, b.first);
  const until = Math.min(a.first + a.x.length, b.first + b.x.length);
  for (let at = from; at < until; at++) {
    const dx = (a.x[at - a.first] ?? NaN) - (b.x[at - b.first] ?? NaN);
    const dz = (a.z[at - a.first] ?? NaN) - (b.z[at - b.first] ?? NaN);
    if (dx * dx + dz * dz < apart * apart) return true;
  }
  return false;
}

function enters(trace: Trace, { at, radius, start, end }: Shunned): boolean {
  for (let index = 0; index < trace.x.length; index++) {
    const time = (trace.first + index) / looksPerSecond;
    if (time < start || time >= end) continue;
    if (Math.hypot((trace.x[index] ?? NaN) - at.x, (trace.z[index] ?? NaN) - at.z) < radius) return true;
  }
  return false;
}

const aside = (point: GroundPoint, x: number, z: number): GroundPoint => ({ x: point.x + x, z: point.z + z });
const near = (random: Random, point: GroundPoint, spread: number): GroundPoint =>
  aside(point, random.between(-spread, spread), random.between(-spread, spread));

const luggage: readonly Colour[] = [
  [0.03, 0.04, 0.05],
  [0.2, 0.08, 0.04],
  [0.05, 0.07, 0.16],
  [0.16, 0.03, 0.035],
];

/** Something to carry for some. */
function bagFor(random: Random, plan: PersonPlan, share: number): BagPlan[] {
  if (random.next() >= share) return [];
  return [
    {
      id: plan.id.replace('person', 'bag'),
      kind: random.pick(['backpack', 'backpack', 'holdall', 'suitcase'] as const),
      colour: random.pick(luggage),
      stays: [{ from: 0, carrier: plan.id }],
    },
  ];
}

/** `count` people who cross side by side; a single one may stop for a while. */
function crossing(random: Random, setting: Setting, id: string, start: number, count: number): Party {
  const route = random.pick(setting.routes).map((point) => near(random, point, 0.7));
  const way = random.next() < 0.5 ? route : route.toReversed();
  const speed = random.between(1.05, 1.5) * (count > 1 ? 0.9 : 1);
  const along = headingTowards(way[0] ?? { x: 0, z: 0 }, way.at(-1) ?? { x: 0, z: 0 });
  const people = Array.from({ length: count }, (_, number) => {
    const own = random.fork(`member-${number}`);
    const off = 0.85 * (number - (count - 1) / 2);
    const points = way.map((point) => aside(point, off * Math.cos(along), -off * Math.sin(along)));
    const [first = { x: 0, z: 0 }, ...rest] = points;
    const script = new Script(count === 1 ? id : `${id}${'abc'[number] ?? ''}`, someone(own), first, start);
    const stop = count === 1 && rest.length > 1 && own.next() < 0.2 ? own.integer(rest.length - 1) + 1 : rest.length;
    script.walk(speed, ...rest.slice(0, stop));
    if (stop < rest.length)
      script.hold(own.pick(['phone', 'stand'] as const), own.between(3, 12)).walk(speed, ...rest.slice(stop));
    return script.plan();
  });
  return { people, bags: people.flatMap((plan) => bagFor(random, plan, 0.3)) };
}

/** Comes by one way of `spot`, does what `stay` writes, and leaves by another or the same. */
function visit(
  random: Random,
  spot: Spot,
  id: string,
  arrives: number,
  at: GroundPoint,
  stay: (script: Script) => void,
): PersonPlan {
  const speed = random.between(1.15, 1.45);
  const [here, away] = [random.pick(spot.ways), random.pick(spot.ways)].map((way) =>
    way.map((point) => near(random, point, 0.5)),
  );
  const [first = at, ...rest] = here ?? [];
  const look = someone(random);
  const walked = new Script(id, look, first, 0).walk(speed, ...rest, at).now;
  const script = new Script(id, look, first, arrives - walked).walk(speed, ...rest, at);
  stay(script);
  return script.walk(speed, ...(away ?? []).toReversed()).plan();
}

/** One waits, another comes, they talk and part. */
function meeting(random: Random, setting: Setting, id: string, start: number): Party {
  const spot = random.pick(setting.spots);
  const [wait, talk] = [random.between(2, 20), random.between(12, 45)];
  const angle = random.between(0, 2 * Math.PI);
  const other = aside(spot.at, 0.95 * Math.sin(angle), 0.95 * Math.cos(angle));
  const first = visit(random.fork('a'), spot, `${id}a`, start, spot.at, (script) =>
    script.hold('phone', wait).hold('talk', talk, other),
  );
  const second = visit(random.fork('b'), spot, `${id}b`, start + wait, other, (script) =>
    script.hold(random.pick(['talk', 'stand'] as const), talk, spot.at),
  );
  return { people: [first, second], bags: bagFor(random, first, 0.3) };
}

/** Somebody waits for a while and goes on. */
function waiting(random: Random, setting: Setting, id: string, start: number): Party {
  const spot = random.pick(setting.spots);
  const plan = visit(random.fork('a'), spot, id, start, near(random, spot.at, 0.6), (script) => {
    script.hold(random.pick(['phone', 'stand', 'watch'] as const), random.between(8, 35));
    if (random.next() < 0.5) script.hold('stand', random.between(2, 8), spot.ways[0]?.[0]);
  });
  return { people: [plan], bags: bagFor(random, plan, 0.3) };
}

/** Somebody sets something heavy down, rests or calls, takes it up again and goes on. */
function resting(random: Random, setting: Setting, id: string, start: number): Party {
  const spot = random.pick(setting.spots);
  const [reach, rest] = [2.1, random.between(5, 18)];
  const at = near(random, spot.at, 0.4);
  const angle = random.between(0, 2 * Math.PI);
  const ground = aside(at, 0.42 * Math.sin(angle), 0.42 * Math.cos(angle));
  const plan = visit(random.fork('a'), spot, id, start, at, (script) =>
    script.hold('stand', 0.8, ground).reachDown(reach).hold('phone', rest, ground).reachDown(reach),
  );
  const bag: BagPlan = {
    id: id.replace('person', 'bag'),
    kind: random.pick(['holdall', 'holdall', 'backpack'] as const),
    colour: random.pick(luggage),
    stays: [
      { from: 0, carrier: id },
      { from: start + 0.8 + reach / 2, at: ground },
      { from: start + 0.8 + reach * 1.5 + rest, carrier: id },
    ],
  };
  return { people: [plan], bags: [bag] };
}

function partyOf(random: Random, setting: Setting, id: string, start: number): Party {
  const kind = random.next();
  if (setting.spots.length === 0 || kind < 0.58) return crossing(random, setting, id, start, 1);
  if (kind < 0.74) return crossing(random, setting, id, start, 2);
  if (kind < 0.78) return crossing(random, setting, id, start, 3);
  if (kind < 0.87) return meeting(random, setting, id, start);
  return kind < 0.95 ? waiting(random, setting, id, start) : resting(random, setting, id, start);
}

/**
 * Life over `seconds` of `setting`: arrivals are independent of each other (a Poisson process of `perMinute` parties),
 * but whoever would come within 70 cm of another party or enter what is `shunned` takes another way or stays out.
 */
export function lifeIn(random: Random, setting: Setting, request: LifeRequest): Pick<Traffic, 'people' | 'bags'> {
  const { seconds, perMinute, already, shunned } = request;
  const traces = already.map(traceOf);
  const [people, bags]: [PersonPlan[], BagPlan[]] = [[], []];
  let number = 0;
  const gap = () => (-60 / perMinute) * Math.log(1 - random.next());
  for (let start = -lead + gap(); start < seconds; start += gap()) {
    number++;
    for (let attempt = 0; attempt < 6; attempt++) {
      const party = partyOf(random.fork(`party-${number}-${attempt}`), setting, `person-n${number}`, start);
      const theirs = party.people.map(traceOf);
      if (theirs.some((trace) => shunned.some((place) => enters(trace, place)))) continue;
      if (theirs.some((trace) => traces.some((other) => meet(trace, other)))) continue;
      people.push(...party.people);
      bags.push(...party.bags);
      traces.push(...theirs);
      break;
    }
  }
  return { people, bags };
}

/** Share of a place's busiest hour at each hour of the day; between the hours it changes evenly. */
const rhythm: readonly (readonly [hour: number, share: number])[] = [
  [0, 0.05],
  [4, 0.03],
  [6, 0.2],
  [8, 0.9],
  [10, 0.6],
  [12.5, 1],
  [15, 0.65],
  [17.5, 1],
  [19, 0.7],
  [21, 0.35],
  [23, 0.12],
  [24, 0.05],
];

/** How busy it is at `hour` (0 to 24) against the busiest hour, in (0, 1]. */
export function busyness(hour: number): number {
  const next = rhythm.findIndex(([at]) => at > hour);
  const [from, to] = [rhythm[next - 1], rhythm[next]];
  if (from === undefined || to === undefined) return rhythm.at(-1)?.[1] ?? 0;
  return from[1] + ((to[1] - from[1]) * (hour - from[0])) / (to[0] - from[0]);
}
