/** Bags that are stolen, handed over, left behind or fetched again: incidents beside their innocent twins. */
import type { Random } from '../../../math/random.ts';
import type { GroundPoint } from '../../geometry/vector.ts';
import { Script } from '../../people/script.ts';
import type { BagPlan } from '../../scene.ts';
import { someone } from '../people.ts';
import type { Spot, Staging } from '../setting.ts';

/** Seconds that bending down for a bag takes; the bag changes hands in the middle. */
const reach = 1.9;
const holdall = (id: string, stays: BagPlan['stays']): BagPlan => ({
  id,
  kind: 'holdall',
  colour: [0.05, 0.055, 0.065],
  stays,
});

const inTrousers = (random: Random) => ({ ...someone(random), bottomKind: 'trousers' as const });

/** A person who comes by number `way` of `spot` and is at `at` at `time`. */
function arriving(random: Random, id: string, spot: Spot, way: number, at: GroundPoint, time: number): Script {
  const [first = at, ...rest] = spot.ways[way % spot.ways.length] ?? [];
  const look = inTrousers(random);
  const walked = new Script(id, look, first, 0).walk(1.3, ...rest, at).now;
  return new Script(id, look, first, time - walked).walk(1.3, ...rest, at);
}

const leaving = (spot: Spot, way: number): readonly GroundPoint[] =>
  (spot.ways[way % spot.ways.length] ?? []).toReversed();

/** Where the two stand and where the bag does: the owner with their back half turned to it. */
function placesAt({ at }: Spot): { owner: GroundPoint; bag: GroundPoint; other: GroundPoint } {
  return { owner: at, bag: { x: at.x + 0.75, z: at.z + 0.1 }, other: { x: at.x + 1.25, z: at.z + 0.15 } };
}

/**
 * The owner sets the bag down and telephones; somebody comes by, takes it up and makes off. In the twin the same two
 * meet, and the owner takes the bag up and hands it to the other, who leaves with it.
 */
export function bagTaken(random: Random, spot: Spot, begins: number, seconds: number, stolen: boolean): Staging {
  const { owner, bag, other } = placesAt(spot);
  const arrives = begins - random.between(13, 16);
  const first = arriving(random.fork('owner'), 'person-s1', spot, 0, owner, arrives);
  first.hold('stand', 0.6, bag).reachDown(reach);
  const down = arrives + 0.6 + reach / 2;
  const escape = 1 + random.integer(Math.max(1, spot.ways.length - 1));
  const shunned = [{ at: owner, radius: 2.4, start: arrives - 4, end: begins + 14 }];
  if (stolen) {
    // The owner looks the other way until it is too late, then looks for it and runs after.
    first.hold('phone', begins + reach + 3.2 - first.now, { x: owner.x - 3, z: owner.z - 4 });
    first.hold('watch', 1.4, other).run(3.6, ...leaving(spot, escape));
    const thief = arriving(random.fork('other'), 'person-s2', spot, escape, other, begins - 1.1);
    thief
      .hold('stand', 1.1, bag)
      .reachDown(reach)
      .run(4.3, ...leaving(spot, escape));
    return {
      people: [first.plan(), thief.plan()],
      bags: [
        holdall('bag-s1', [
          { from: 0, carrier: 'person-s1' },
          { from: down, at: bag },
          { from: begins + reach / 2, carrier: 'person-s2' },
        ]),
      ],
      incidents: [
        {
          class: 'theft',
          start: begins,
          end: Math.min(seconds, thief.plan().acts.at(-1)?.end ?? seconds),
          participants: ['person-s1', 'person-s2', 'bag-s1'],
        },
      ],
      shunned,
    };
  }
  const friend = arriving(random.fork('other'), 'person-s2', spot, escape, other, begins - 5);
  first.hold('phone', begins - 5 - first.now, { x: owner.x - 3, z: owner.z - 4 }).hold('talk', 5, other);
  friend.hold('talk', 5 + 0.3 + reach, owner);
  const raised = first.now + 0.3 + reach / 2;
  first.hold('talk', 0.3, other).reachDown(reach).hold('offer', 1.6, other);
  const given = raised + reach / 2 + 0.8;
  friend
    .hold('offer', 1.6, owner)
    .hold('talk', 2.5, owner)
    .walk(1.35, ...leaving(spot, escape));
  first.hold('talk', 3, other).walk(1.3, ...leaving(spot, 0));
  return {
    people: [first.plan(), friend.plan()],
    bags: [
      holdall('bag-s1', [
        { from: 0, carrier: 'person-s1' },
        { from: down, at: bag },
        { from: raised, carrier: 'person-s1' },
        { from: given, carrier: 'person-s2' },
      ]),
    ],
    incidents: [],
    shunned,
  };
}

/** Somebody sets a bag down and goes without it; in the twin they turn round after `returns` seconds and fetch it. */
export function bagLeft(random: Random, spot: Spot, begins: number, seconds: number, returns: number | null): Staging {
  const { at } = spot;
  const ground = { x: at.x - 0.45, z: at.z + 0.3 };
  const arrives = begins - 1 - reach / 2;
  const script = arriving(random.fork('owner'), 'person-s1', spot, 0, at, arrives);
  script.hold('stand', 1, ground).reachDown(reach).hold('phone', random.between(2.5, 5), spot.ways[1]?.[0]);
  const stays: BagPlan['stays'][number][] = [
    { from: 0, carrier: 'person-s1' },
    { from: begins, at: ground },
  ];
  const away = leaving(spot, 1);
  if (returns === null) script.walk(1.45, ...away);
  else {
    const [turning = at] = away;
    const halfway = { x: (at.x + turning.x) / 2, z: (at.z + turning.z) / 2 };
    script
      .walk(1.4, halfway)
      .hold('stand', Math.max(0.5, begins + returns - script.now), at)
      .walk(1.75, at);
    script.hold('stand', 0.4, ground);
    stays.push({ from: script.now + reach / 2, carrier: 'person-s1' });
    script.reachDown(reach).walk(1.4, ...away);
  }
  return {
    people: [script.plan()],
    bags: [holdall('bag-s1', stays)],
    incidents:
      returns === null
        ? [{ class: 'left-behind-object', start: begins, end: seconds, participants: ['person-s1', 'bag-s1'] }]
        : [],
    shunned: [{ at, radius: 1.6, start: arrives - 4, end: begins + 12 }],
  };
}
