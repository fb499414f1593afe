/** Two who come to blows, and people who take it out on things: bins, cars, shop windows. */
import type { Random } from '../../../math/random.ts';
import { headingTowards, vector, type GroundPoint } from '../../geometry/vector.ts';
import { Script } from '../../people/script.ts';
import type { Blow } from '../../scene.ts';
import { boutOf, lies, rises } from '../brawl.ts';
import { someone } from '../people.ts';
import type { Staging } from '../setting.ts';

const inTrousers = (random: Random) => ({ ...someone(random), bottomKind: 'trousers' as const });
const beside = (point: GroundPoint, heading: number, by: number): GroundPoint => ({
  x: point.x + by * Math.sin(heading),
  z: point.z + by * Math.cos(heading),
});

/** Two talk at `centre`, then fight for about ten seconds; one goes down and gets up; who began makes off to `exit`. */
export function scuffle(
  random: Random,
  centre: GroundPoint,
  begins: number,
  seconds: number,
  exit: readonly GroundPoint[],
): Staging {
  const length = random.between(8.5, 11.5);
  const bearing = random.between(0.9, 1.9);
  const down = begins + random.between(3.4, 4.6);
  const bout = { centre, bearing, start: begins, end: begins + length, down };
  const people = boutOf(random.fork('bout'), bout).map((act, side) => {
    const own = random.fork(`side-${side}`);
    const at = beside(act.centre, act.bearing, 0.7);
    const script = new Script(`person-s${side + 1}`, inTrousers(own), at, -2, headingTowards(at, centre));
    script.hold('talk', begins - 1 + 2, centre).hold('guard', 1, centre);
    if (side === 1)
      script
        .fight(act, down - begins)
        .fall(lies, 1.6, true)
        .rise(rises, true);
    script.fight(act, bout.end - script.now).hold('guard', 1.2, centre);
    if (side === 0) script.walk(2, ...exit);
    else script.hold('phone', seconds, exit[0]);
    return script.plan();
  });
  return {
    people,
    incidents: [{ class: 'fight', start: begins, end: bout.end, participants: people.map(({ id }) => id) }],
    shunned: [{ at: centre, radius: 3.2, start: -2, end: bout.end + 3 }],
  };
}

/** Who comes along `way`, does something against `target` and leaves along `exit`. */
interface Rampage {
  readonly way: readonly GroundPoint[];
  readonly target: GroundPoint;
  readonly exit: readonly GroundPoint[];
  readonly begins: number;
}

/** Moments of blows from `start` on, in quick succession. */
function blowsFrom(
  random: Random,
  start: number,
  count: number,
  kinds: readonly Blow[],
): { time: number; blow: Blow }[] {
  const blows: { time: number; blow: Blow }[] = [];
  let time = start + 0.7;
  for (let number = 0; number < count; number++, time += random.between(0.95, 1.4))
    blows.push({ time, blow: random.pick(kinds) });
  return blows;
}

function arriving(random: Random, { way, begins }: Rampage, id: string): Script {
  const [first = { x: 0, z: 0 }, ...rest] = way;
  const look = inTrousers(random);
  const speed = random.between(1.3, 1.5);
  const walked = new Script(id, look, first, 0).walk(speed, ...rest).now;
  return new Script(id, look, first, begins - walked).walk(speed, ...rest);
}

const around = (target: GroundPoint, start: number, end: number) => [{ at: target, radius: 2.6, start, end }];

/** Somebody kicks a bin until it falls over, and kicks it once more. */
export function kicksBin(random: Random, rampage: Rampage): Staging {
  const { target, exit, begins } = rampage;
  const script = arriving(random.fork('vandal'), rampage, 'person-s1');
  const blows = blowsFrom(random, begins, 5, ['kick', 'kick', 'shove']);
  const over = blows[3]?.time ?? begins;
  const last = blows.at(-1)?.time ?? begins;
  const heading = headingTowards(script.place, target);
  script.strike(blows, last + 1 - begins, target).walk(2.1, ...exit);
  return {
    people: [script.plan()],
    things: [
      {
        id: 'thing-bin',
        kind: 'bin',
        colour: [0.1, 0.16, 0.09],
        at: target,
        toppled: { time: over, heading },
      },
    ],
    incidents: [{ class: 'vandalism', start: begins, end: last + 1, participants: ['person-s1', 'thing-bin'] }],
    shunned: around(target, -10, begins + 20),
  };
}

/** The innocent twin: somebody stops at the bin, drops something in and walks on. */
export function usesBin(random: Random, rampage: Rampage): Staging {
  const { target, exit } = rampage;
  const script = arriving(random.fork('vandal'), rampage, 'person-s1');
  script
    .hold('offer', 1.6, target)
    .hold('phone', random.between(3, 6), target)
    .walk(1.4, ...exit);
  return {
    people: [script.plan()],
    things: [{ id: 'thing-bin', kind: 'bin', colour: [0.1, 0.16, 0.09], at: target, toppled: null }],
    incidents: [],
    shunned: around(target, -10, rampage.begins + 20),
  };
}

/** Somebody hits and kicks something that stands there, such as a parked car. */
export function batters(random: Random, rampage: Rampage): Staging {
  const { target, exit, begins } = rampage;
  const script = arriving(random.fork('vandal'), rampage, 'person-s1');
  const blows = blowsFrom(random, begins, 8, ['kick', 'kick', 'hook', 'hook', 'shove']);
  const last = blows.at(-1)?.time ?? begins;
  script.strike(blows, last + 1 - begins, target).run(3.6, ...exit);
  return {
    people: [script.plan()],
    incidents: [{ class: 'vandalism', start: begins, end: last + 1, participants: ['person-s1'] }],
    shunned: around(target, begins - 15, begins + 20),
  };
}

/** Somebody sprays a line on a wall, from one place at its foot to another; the target is where they stand. */
export function sprays(random: Random, rampage: Rampage, from: GroundPoint, to: GroundPoint): Staging {
  const { target, exit, begins } = rampage;
  const seconds = random.between(9, 13);
  const painter = arriving(random.fork('vandal'), rampage, 'person-s1');
  painter.hold('watch', 1.5, rampage.way[0]);
  const starts = painter.now;
  painter.hold('spray', seconds, { x: (from.x + to.x) / 2, z: (from.z + to.z) / 2 }).run(3.4, ...exit);
  const end = starts + seconds;
  // Three loops and a wave, a hand above the elbow.
  const points = Array.from({ length: 40 }, (_, step) => {
    const share = step / 39;
    const turn = share * 2 * Math.PI * 3.5;
    const along = share + 0.09 * Math.sin(turn);
    const height = 1.45 + 0.28 * Math.cos(turn);
    return vector(from.x + (to.x - from.x) * along, height, from.z + (to.z - from.z) * along);
  });
  const colour = random.pick([
    [0.6, 0.05, 0.04],
    [0.02, 0.02, 0.02],
    [0.75, 0.75, 0.7],
  ] as const);
  return {
    people: [painter.plan()],
    paints: [{ points, width: 0.07, colour, start: starts + 0.4, end }],
    incidents: [{ class: 'vandalism', start: starts, end, participants: ['person-s1'] }],
    shunned: around(target, begins - 6, end + 8),
  };
}
