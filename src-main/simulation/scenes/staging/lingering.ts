/** Somebody who lingers without purpose, and the innocent twin: who waits a while and is met. */
import type { Random } from '../../../math/random.ts';
import type { GroundPoint } from '../../geometry/vector.ts';
import { Script } from '../../people/script.ts';
import { someone } from '../people.ts';
import type { Staging } from '../setting.ts';

interface Lingering {
  /** From outside of the picture to where they linger. */
  readonly way: readonly GroundPoint[];
  /** Where they go to and fro. */
  readonly round: readonly GroundPoint[];
  readonly begins: number;
  readonly seconds: number;
}

const look = (random: Random) => ({ ...someone(random), bottomKind: 'trousers' as const });

function arriving(random: Random, { way, begins }: Lingering, id: string): Script {
  const [first = { x: 0, z: 0 }, ...rest] = way;
  const appearance = look(random);
  const walked = new Script(id, appearance, first, 0).walk(1.2, ...rest).now;
  return new Script(id, appearance, first, begins - walked).walk(1.2, ...rest);
}

/** Goes to and fro over `round`, slowly, looking about, until the recording's last seconds. */
export function loiters(random: Random, lingering: Lingering): Staging {
  const { round, begins, seconds, way } = lingering;
  const script = arriving(random.fork('who'), lingering, 'person-s1');
  for (let turn = random.integer(round.length); script.now < seconds - 9; turn++) {
    const to = round[turn % round.length];
    if (to === undefined) break;
    script.walk(random.between(0.65, 0.95), {
      x: to.x + random.between(-0.4, 0.4),
      z: to.z + random.between(-0.4, 0.4),
    });
    script.hold('stand', random.between(1.5, 4), round[(turn + 2) % round.length]);
    if (random.next() < 0.6) script.hold('watch', random.between(1.5, 3.5), way[0]);
  }
  const end = Math.min(seconds, script.now);
  script.walk(1.3, ...way.toReversed());
  return {
    people: [script.plan()],
    incidents: [{ class: 'loitering', start: begins, end, participants: ['person-s1'] }],
    shunned: round.map((at) => ({ at, radius: 1.6, start: begins - 2, end: seconds })),
  };
}

/** Waits in one place for somebody who comes, and both leave together. */
export function waitsForSomebody(random: Random, lingering: Lingering): Staging {
  const { round, way, begins, seconds } = lingering;
  const [at = { x: 0, z: 0 }] = round;
  const waits = random.between(18, 26);
  const first = arriving(random.fork('who'), { ...lingering, way: [...way, at] }, 'person-s1');
  first.hold('phone', waits, way[0]);
  const beside = { x: at.x + 0.9, z: at.z - 0.2 };
  const second = arriving(
    random.fork('other'),
    { ...lingering, way: [...way, beside], begins: begins + waits },
    'person-s2',
  );
  const away = way.toReversed();
  first.hold('talk', 5, beside).walk(1.25, ...away);
  second.hold('talk', 5, at).walk(1.25, ...away.map(({ x, z }) => ({ x: x + 0.6, z: z - 0.6 })));
  return {
    people: [first.plan(), second.plan()],
    incidents: [],
    shunned: [{ at, radius: 2, start: begins - 3, end: Math.min(seconds, begins + waits + 12) }],
  };
}
