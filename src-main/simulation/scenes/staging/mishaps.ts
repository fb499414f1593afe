/** Someone falls, someone runs, a crowd scatters; and the crowd that goes home as crowds do. */
import type { Random } from '../../../math/random.ts';
import type { GroundPoint } from '../../geometry/vector.ts';
import type { View } from '../../geometry/view.ts';
import { Script } from '../../people/script.ts';
import type { PersonPlan } from '../../scene.ts';
import { someone } from '../people.ts';
import { inView } from '../plaza-incidents.ts';
import type { Staging } from '../setting.ts';

const inTrousers = (random: Random) => ({ ...someone(random), bottomKind: 'trousers' as const });

/**
 * Someone walks along `way` and falls at its end. Either they lie until the recording ends, or after a while they get
 * up and walk on along `exit`.
 */
export function collapse(
  random: Random,
  way: readonly GroundPoint[],
  begins: number,
  seconds: number,
  exit: readonly GroundPoint[] | null,
): Staging {
  const [first = { x: 0, z: 0 }, ...rest] = way;
  const look = inTrousers(random.fork('f'));
  const speed = random.between(1.25, 1.5);
  const walked = new Script('person-s1', look, first, 0).walk(speed, ...rest).now;
  const script = new Script('person-s1', look, first, begins - walked).walk(speed, ...rest);
  const at = script.place;
  const start = script.now;
  if (exit === null) script.fall(seconds - start + 2, speed);
  else
    script
      .fall(random.between(6, 9), speed)
      .rise(2.6)
      .hold('stand', random.between(2, 4))
      .walk(0.9, ...exit);
  const risen = script.plan().acts.find(({ kind }) => kind === 'rise')?.end ?? seconds;
  return {
    people: [script.plan()],
    incidents: [{ class: 'fall', start, end: Math.min(seconds, risen), participants: ['person-s1'] }],
    shunned: [{ at, radius: 3, start: start - 6, end: seconds }],
  };
}

/** `count` people run along `way` one behind the other. */
export function dash(random: Random, way: readonly GroundPoint[], begins: number, count: number, view: View): Staging {
  const speed = random.between(4.9, 6.2);
  const people = Array.from({ length: count }, (_, number): PersonPlan => {
    const own = random.fork(`runner-${number}`);
    const [first = { x: 0, z: 0 }, ...rest] = way.map(({ x, z }) => ({ x: x + 0.25 * number, z: z + 0.3 * number }));
    return new Script(`person-s${number + 1}`, inTrousers(own), first, begins + 0.75 * number)
      .run(speed, ...rest)
      .plan();
  });
  const seen = people.map((plan) => inView(plan, Math.max(0, plan.acts[0]?.start ?? 0), view));
  const middle = way[way.length >> 1] ?? { x: 0, z: 0 };
  return {
    people,
    incidents: [
      {
        class: 'running',
        start: Math.min(...seen.map(({ start }) => start)),
        end: Math.max(...seen.map(({ end }) => end)),
        participants: people.map(({ id }) => id),
      },
    ],
    shunned: [{ at: middle, radius: 3.5, start: begins - 2, end: begins + 8 }],
  };
}

/**
 * A crowd stands around somebody who performs at `centre`. In fright it scatters along `exits`; without, it goes home
 * in twos and threes: the same people at the same place.
 */
export function crowd(
  random: Random,
  centre: GroundPoint,
  begins: number,
  exits: readonly (readonly GroundPoint[])[],
  inFright: boolean,
): Staging {
  const count = 9;
  const people = Array.from({ length: count }, (_, number): PersonPlan => {
    const own = random.fork(`member-${number}`);
    const angle = 2 * Math.PI * (number / count) + own.between(-0.18, 0.18);
    const far = 1.5 + 0.75 * (number % 2) + own.between(0, 0.2);
    const at = { x: centre.x + far * Math.sin(angle), z: centre.z + far * Math.cos(angle) };
    const script = new Script(`person-s${number + 1}`, inTrousers(own), at, -3);
    const patience = inFright ? own.between(0, 0.9) : own.between(0, 14);
    script.hold(own.pick(['stand', 'watch', 'talk', 'watch'] as const), begins + 3 + patience, centre);
    // Away from the middle first, then by the exit that lies that way.
    const away = { x: centre.x + 3.4 * Math.sin(angle), z: centre.z + 3.4 * Math.cos(angle) };
    const exit = exits.toSorted(
      ([a = centre], [b = centre]) => Math.hypot(a.x - away.x, a.z - away.z) - Math.hypot(b.x - away.x, b.z - away.z),
    )[0];
    const spread = (exit ?? []).map((point) => ({
      x: point.x + own.between(-0.8, 0.8),
      z: point.z + own.between(-0.8, 0.8),
    }));
    return (
      inFright
        ? script.run(own.between(3.8, 5.4), away, ...spread)
        : script.walk(own.between(1.1, 1.4), away, ...spread)
    ).plan();
  });
  const busker = new Script('person-s0', someone(random.fork('busker')), centre, -3);
  busker.hold('talk', begins + 3 + (inFright ? 0.3 : 20));
  const exit = exits[0] ?? [];
  const performer = (inFright ? busker.run(4.2, ...exit) : busker.walk(1.2, ...exit)).plan();
  const all = [performer, ...people];
  return {
    people: all,
    incidents: inFright
      ? [
          {
            class: 'crowd-disturbance',
            start: begins,
            end: Math.max(...people.map(({ acts }) => acts.at(-1)?.end ?? begins)),
            participants: all.map(({ id }) => id),
          },
        ]
      : [],
    shunned: [
      { at: centre, radius: 4, start: -5, end: begins + 8 },
      ...exits.map(([first = centre]) => ({ at: first, radius: 3, start: begins - 3, end: begins + 10 })),
    ],
  };
}
