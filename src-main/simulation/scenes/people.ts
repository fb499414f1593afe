/** Who passes through scenes: appearances drawn at random, and walkers who keep out of each other's way. */
import type { Random } from '../../math/random.ts';
import { footingAt } from '../people/person-motion.ts';
import type { Appearance, Colour, PersonPlan } from '../scene.ts';
import { Script } from '../people/script.ts';
import type { GroundPoint } from '../geometry/vector.ts';

const skins: readonly Colour[] = [
  [0.52, 0.33, 0.25],
  [0.46, 0.28, 0.2],
  [0.4, 0.24, 0.16],
  [0.28, 0.155, 0.095],
  [0.16, 0.085, 0.052],
  [0.09, 0.05, 0.034],
];
const hairs: readonly Colour[] = [
  [0.02, 0.016, 0.013],
  [0.045, 0.028, 0.018],
  [0.1, 0.06, 0.03],
  [0.26, 0.18, 0.09],
  [0.3, 0.29, 0.28],
];
const tops: readonly Colour[] = [
  [0.03, 0.045, 0.12],
  [0.03, 0.03, 0.034],
  [0.17, 0.17, 0.175],
  [0.62, 0.62, 0.6],
  [0.42, 0.05, 0.045],
  [0.12, 0.135, 0.055],
  [0.45, 0.35, 0.23],
  [0.09, 0.2, 0.44],
  [0.03, 0.17, 0.16],
  [0.5, 0.29, 0.05],
  [0.16, 0.025, 0.045],
  [0.33, 0.38, 0.46],
];
const bottoms: readonly Colour[] = [
  [0.05, 0.085, 0.17],
  [0.03, 0.032, 0.038],
  [0.09, 0.135, 0.22],
  [0.27, 0.215, 0.135],
  [0.12, 0.12, 0.125],
  [0.06, 0.05, 0.045],
];
const shoes: readonly Colour[] = [
  [0.025, 0.025, 0.025],
  [0.1, 0.055, 0.03],
  [0.55, 0.55, 0.54],
  [0.06, 0.065, 0.08],
];

/** A person drawn at random; grown-ups between 1.55 and 1.92 m. */
export function someone(random: Random): Appearance {
  const topKind = random.pick(['tee', 'jumper', 'jacket', 'jacket', 'coat'] as const);
  const long = random.next() < 0.4;
  const top = random.pick(tops);
  return {
    stature: 1.73 + (long ? -0.06 : 0.03) + 0.06 * Math.max(-1.8, Math.min(1.8, random.normal())),
    build: 1 + 0.07 * Math.max(-1.5, Math.min(2, random.normal())),
    skin: random.pick(skins),
    hair: random.pick(hairs),
    hairStyle: long ? 'long' : random.pick(['short', 'short', 'short', 'cap', 'bald'] as const),
    top,
    shirt: topKind === 'jacket' || topKind === 'coat' ? random.pick(tops) : top,
    topKind,
    bottom: random.pick(bottoms),
    bottomKind:
      long && random.next() < 0.25 ? 'skirt' : topKind === 'tee' && random.next() < 0.3 ? 'shorts' : 'trousers',
    shoes: random.pick(shoes),
  };
}

/** Metres between two people where they come closest, looked at three times a second; Infinity if never seen together. */
function closestApproach(a: PersonPlan, b: PersonPlan): number {
  const start = Math.max(a.acts[0]?.start ?? 0, b.acts[0]?.start ?? 0);
  const end = Math.min(a.acts.at(-1)?.end ?? 0, b.acts.at(-1)?.end ?? 0);
  let closest = Infinity;
  for (let time = start; time < end; time += 1 / 3) {
    const [first, second] = [footingAt(a, time), footingAt(b, time)];
    if (first === null || second === null) continue;
    closest = Math.min(closest, Math.hypot(first.x - second.x, first.z - second.z));
  }
  return closest;
}

/** A round place that people keep away from for a while: something happens there, or they would hide it. */
export interface Shunned {
  readonly at: GroundPoint;
  /** Metres. */
  readonly radius: number;
  readonly start: number;
  readonly end: number;
}

const enters = (plan: PersonPlan, { at, radius, start, end }: Shunned): boolean =>
  Array.from({ length: Math.ceil((end - start) * 3) }, (_, step) => footingAt(plan, start + step / 3)).some(
    (footing) => footing !== null && Math.hypot(footing.x - at.x, footing.z - at.z) < radius,
  );

/** `point` moved at random by up to `spread` metres each way. */
const near = (random: Random, point: GroundPoint, spread: number): GroundPoint => ({
  x: point.x + random.between(-spread, spread),
  z: point.z + random.between(-spread, spread),
});

/**
 * About `perMinute` people a minute who walk one of `routes` (either way) from before the first to after the last
 * second. Nobody comes within 70 cm of the others or of `already`, or into a place that is `shunned`; who would is left
 * out.
 */
export function passersBy(
  random: Random,
  seconds: number,
  perMinute: number,
  routes: readonly (readonly GroundPoint[])[],
  already: readonly PersonPlan[],
  shunned: readonly Shunned[] = [],
): PersonPlan[] {
  const found: PersonPlan[] = [];
  const lead = 25;
  const count = Math.round(((seconds + lead) / 60) * perMinute);
  for (let number = 0; number < count; number++) {
    for (let attempt = 0; attempt < 8; attempt++) {
      const own = random.fork(`walker-${number}-${attempt}`);
      const route = own.pick(routes).map((point) => near(own, point, 0.8));
      const way = own.next() < 0.5 ? route : route.toReversed();
      const [first, ...rest] = way;
      if (first === undefined) break;
      const script = new Script(`person-w${number + 1}`, someone(own), first, own.between(-lead, seconds - 2));
      const speed = own.between(1.1, 1.55);
      const middle = rest.length > 1 && own.next() < 0.25 ? own.integer(rest.length - 1) + 1 : rest.length;
      script.walk(speed, ...rest.slice(0, middle));
      if (middle < rest.length)
        script.hold(own.pick(['phone', 'stand'] as const), own.between(3, 9)).walk(speed, ...rest.slice(middle));
      const plan = script.plan();
      if (shunned.some((place) => enters(plan, place))) continue;
      if ([...already, ...found].every((other) => closestApproach(plan, other) > 0.7)) {
        found.push(plan);
        break;
      }
    }
  }
  return found;
}

/** `people` who stand in a ring around `centre` and talk from before the recording until `until`, then walk to `exit`. */
export function chattingGroup(
  random: Random,
  name: string,
  people: number,
  centre: GroundPoint,
  until: number,
  exit: readonly GroundPoint[],
): PersonPlan[] {
  const turn = random.between(0, 6.28);
  return Array.from({ length: people }, (_, number) => {
    const angle = turn + (number / people) * 2 * Math.PI;
    const spot = { x: centre.x + 0.62 * Math.sin(angle), z: centre.z + 0.62 * Math.cos(angle) };
    const own = random.fork(`${name}-${number}`);
    const script = new Script(`person-${name}${number + 1}`, someone(own), spot, -5);
    script.hold(number === 0 ? 'talk' : own.pick(['talk', 'stand', 'watch'] as const), until + 5, centre);
    if (exit.length > 0) {
      const aside = (point: GroundPoint): GroundPoint => ({
        x: point.x + 0.9 * (number - (people - 1) / 2),
        z: point.z + 0.5 * number,
      });
      script.walk(own.between(1.15, 1.35), ...exit.map(aside));
    }
    return script.plan();
  });
}
