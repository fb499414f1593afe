/** Four who quarrel on the square come to blows, two against two; bystanders draw back. */
import type { Random } from '../../math/random.ts';
import { headingTowards, type GroundPoint } from '../geometry/vector.ts';
import { Script } from '../people/script.ts';
import type { Act, Blow, IncidentPlan, PersonPlan } from '../scene.ts';
import { someone, type Shunned } from './people.ts';

export interface Happening {
  readonly people: readonly PersonPlan[];
  readonly incident: IncidentPlan;
  /** Where nobody else goes while it happens. */
  readonly shunned: readonly Shunned[];
}

type Fight = Omit<Extract<Act, { kind: 'fight' }>, 'kind' | 'start' | 'end'>;
type Timed = readonly { readonly time: number; readonly blow: Blow }[];

/** Metres from the middle between two who fight to each of them: an arm's length from chest to chest. */
const distance = 0.46;
/** Seconds that someone knocked down lies, and takes to get up again. */
export const [lies, rises] = [1.6, 1.7];

/** Blows in [from, until), in quick succession, none in `pauses`. */
function blowsIn(
  random: Random,
  from: number,
  until: number,
  pauses: readonly { readonly start: number; readonly end: number }[],
): Timed {
  const blows: { time: number; blow: Blow }[] = [];
  for (let time = from + random.between(0.1, 0.5); time < until - 0.4; time += random.between(0.5, 1.05)) {
    if (pauses.some(({ start, end }) => time > start - 0.2 && time < end + 0.1)) continue;
    blows.push({ time, blow: random.pick(['jab', 'hook', 'hook', 'kick', 'shove'] as const) });
  }
  return blows;
}

/** A pair fights in [start, end) around `centre`; at `down` the second is knocked to the ground and gets up again. */
export interface Bout {
  readonly centre: GroundPoint;
  readonly bearing: number;
  readonly start: number;
  readonly end: number;
  readonly down: number | null;
}

/** What each of a pair does, and when both stand again. */
export function boutOf(random: Random, { centre, bearing, start, end, down }: Bout): readonly [Fight, Fight] {
  const pause = down === null ? [] : [{ start: down, end: down + lies + rises + 0.6 }];
  const clinch = down === null ? start + random.between(3, 4) : down + lies + rises + 1.6;
  const grapples = [
    { start: start + 1.6, end: start + 2.8 },
    { start: clinch, end: clinch + random.between(1.6, 2) },
  ];
  const surges: { time: number; by: GroundPoint }[] = [];
  let side = random.next() < 0.5 ? 1 : -1;
  for (let time = start + 0.4; time < end - 1; time += random.between(0.95, 1.4)) {
    if (pause.some((none) => time > none.start - 0.8 && time < none.end)) continue;
    // To and fro, so that they stay about where they are; the first push goes half as far.
    const far = side * random.between(0.7, 0.95) * (surges.length === 0 ? 0.5 : 1);
    const across = random.between(-0.2, 0.2);
    surges.push({
      time,
      by: {
        x: far * Math.sin(bearing) + across * Math.cos(bearing),
        z: far * Math.cos(bearing) - across * Math.sin(bearing),
      },
    });
    side = -side;
  }
  const pauses = [...grapples, ...pause];
  const given = blowsIn(random.fork('first'), start, end, pauses);
  const first: Timed = down === null ? given : [...given, { time: down - 0.05, blow: 'hook' }];
  // Nobody strikes in the moment in which he is struck.
  const second = blowsIn(random.fork('second'), start + 0.3, end, pauses).filter(({ time }) =>
    first.every((other) => Math.abs(other.time - time) > 0.4),
  );
  const fight = (turn: number, blows: Timed, others: Timed): Fight => ({
    centre,
    bearing: bearing + turn,
    spin: 0.04,
    distance,
    blows,
    hits: others.filter(({ blow }) => blow !== 'jab').map(({ time }) => time),
    grapples,
    surges,
  });
  return [fight(0, first, second), fight(Math.PI, second, first)];
}

/** The brawl, from about a third of the recording on. */
export function brawl(random: Random, seconds: number): Happening {
  const begins = seconds * random.between(0.3, 0.36);
  const middle = { x: random.between(0.4, 0.8), z: random.between(10.5, 11.2) };
  const bouts: readonly Bout[] = [
    {
      centre: { x: middle.x - 1.5, z: middle.z - 0.2 },
      bearing: random.between(1.35, 1.75),
      start: begins,
      end: begins + 12.5,
      down: begins + random.between(4.6, 5.4),
    },
    {
      centre: { x: middle.x + 1.45, z: middle.z + 0.5 },
      bearing: random.between(1.35, 1.75),
      start: begins + 1.1,
      end: begins + 11.6,
      down: null,
    },
  ];
  const people = bouts.flatMap((bout, number) => {
    const own = random.fork(`bout-${number}`);
    const acts = boutOf(own, bout);
    return acts.map((act, side) => {
      const id = 'abcd'[2 * number + side] ?? '';
      const at = {
        x: act.centre.x + 0.7 * Math.sin(act.bearing),
        z: act.centre.z + 0.7 * Math.cos(act.bearing),
      };
      const look = { ...someone(own.fork(id)), bottomKind: 'trousers' as const };
      const script = new Script(`person-${id}`, look, at, -2, headingTowards(at, middle));
      script.hold('talk', bout.start - 1.1 + 2, middle).hold('guard', 1.1, bout.centre);
      if (bout.down !== null && side === 1) {
        script
          .fight(act, bout.down - bout.start)
          .fall(lies, 1.6, true)
          .rise(rises, true);
      }
      script.fight(act, bout.end - script.now).hold('guard', 1.2, bout.centre);
      // The aggressors make off, the others stay behind.
      if (side === 0) script.walk(2, { x: bout.centre.x - 3, z: 14 }, { x: -17, z: 18 });
      else script.hold('phone', seconds, { x: -6, z: 16 });
      return script.plan();
    });
  });
  const bystanders = [
    { from: { x: -1.3, z: 13.1 }, to: { x: -2.6, z: 15.2 } },
    { from: { x: 2.9, z: 13.6 }, to: { x: 3.6, z: 15.8 } },
  ].map(({ from, to }, number) => {
    const own = random.fork(`bystander-${number}`);
    const script = new Script(`person-y${number + 1}`, someone(own), from, -2);
    script.hold(own.pick(['phone', 'stand'] as const), begins + 2 + own.between(0.9, 1.6), middle);
    script.run(2.6, to);
    return script.hold(number === 0 ? 'phone' : 'watch', seconds, middle).plan();
  });
  const end = begins + 12.5;
  return {
    people: [...people, ...bystanders],
    incident: { class: 'fight', start: begins, end, participants: people.map(({ id }) => id) },
    shunned: [
      { at: middle, radius: 4, start: -2, end: end + 1.5 },
      { at: { x: middle.x - 0.6, z: middle.z - 3 }, radius: 3.5, start: begins - 2, end: end + 1.5 },
    ],
  };
}
