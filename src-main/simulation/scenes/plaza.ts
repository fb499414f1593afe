/** A square before shops: people cross it, stand and talk; a fight, or someone who falls and someone who runs. */
import type { Random } from '../../math/random.ts';
import type { Act, BagPlan, Blow, IncidentPlan, Light, PersonPlan, Place, Scene } from '../scene.ts';
import { Script } from '../people/script.ts';
import { vector, type GroundPoint } from '../geometry/vector.ts';
import { project, projectionFrom, type View } from '../geometry/view.ts';
import { personAt } from '../people/person-motion.ts';
import { chattingGroup, passersBy, someone } from './people.ts';
import { bench, bin, box, daylight, dusk, lampPost, postLamp, tree } from './props.ts';
import type { SceneRequest } from './request.ts';

/** A lens that is zoomed in on the middle of the square: who stands there fills almost half of the picture's height. */
const view: View = { position: vector(-1.2, 5.4, -3.5), yaw: 0.13, pitch: 0.3, focal: 2.2 };

const place: Place = {
  base: 'slabs',
  patches: [
    {
      kind: 'paving',
      corners: [
        { x: -30, z: 17.4 },
        { x: 30, z: 17.4 },
        { x: 30, z: 21 },
        { x: -30, z: 21 },
      ],
    },
    {
      kind: 'kerb',
      corners: [
        { x: -30, z: 17.2 },
        { x: 30, z: 17.2 },
        { x: 30, z: 17.45 },
        { x: -30, z: 17.45 },
      ],
    },
    {
      kind: 'grass',
      corners: [
        { x: -9.2, z: 11.3 },
        { x: -6.2, z: 11.3 },
        { x: -6.2, z: 15.3 },
        { x: -9.2, z: 15.3 },
      ],
    },
    {
      kind: 'grass',
      corners: [
        { x: 8.4, z: 12.2 },
        { x: 12.4, z: 12.2 },
        { x: 12.4, z: 15.4 },
        { x: 8.4, z: 15.4 },
      ],
    },
  ],
  markings: [],
  props: [
    box(-9, 25, vector(22, 3.3, 8), 'shopfront', [0.42, 0.36, 0.28]),
    box(-9, 25.2, vector(22, 7.5, 8), 'facade', [0.46, 0.35, 0.27], 3.3),
    box(14.5, 25.4, vector(22, 3.3, 8), 'shopfront', [0.3, 0.31, 0.33]),
    box(14.5, 25.6, vector(22, 9.5, 8), 'facade', [0.36, 0.37, 0.38], 3.3),
    box(-9, 20.7, vector(20, 0.12, 1.4), 'plaster', [0.3, 0.06, 0.05], 3.0),
    box(-7.7, 13.3, vector(3.1, 0.35, 4.1), 'concrete', [0.36, 0.35, 0.33]),
    box(10.4, 13.8, vector(4.1, 0.35, 3.3), 'concrete', [0.36, 0.35, 0.33]),
    ...tree(-7.7, 13.3, 6.2, 1.9),
    ...tree(10.4, 13.8, 5.6, 1.7, [0.085, 0.125, 0.03]),
    box(-2, 20.99, vector(2.4, 2.4, 0.06), 'metal', [0.03, 0.035, 0.04]),
    ...bench({ x: -5.2, z: 13.4 }, 0.6),
    ...bench({ x: 7.1, z: 14.2 }, -Math.PI / 2),
    ...bin(6.9, 16.2),
    ...lampPost(-4.2, 16.6, 5, 0.9),
    ...lampPost(4.6, 16.6, 5, -0.9),
  ],
  parked: [],
};

const routes: readonly (readonly GroundPoint[])[] = [
  [
    { x: -16, z: 19 },
    { x: -6, z: 18.6 },
    { x: 4, z: 18.9 },
    { x: 18, z: 18.7 },
  ],
  [
    { x: -13, z: 10 },
    { x: -4, z: 9.6 },
    { x: 4, z: 11.5 },
    { x: 13, z: 17.5 },
    { x: 20, z: 19 },
  ],
  [
    { x: -16, z: 17.6 },
    { x: -8, z: 16.9 },
    { x: 0, z: 12.5 },
    { x: 6, z: 9.2 },
    { x: 10, z: 7 },
  ],
  [
    { x: 14, z: 11.2 },
    { x: 6, z: 11 },
    { x: 0, z: 15.2 },
    { x: -2, z: 22.6 },
  ],
];

const lightFor = (hour: SceneRequest['hour']): Light =>
  hour === 'day'
    ? daylight(-2.2, 0.75)
    : dusk([
        postLamp(-3.3, 16.6, 5, 14),
        postLamp(3.7, 16.6, 5, 14),
        postLamp(-10, 8, 6, 13),
        postLamp(9, 8, 6, 13),
        postLamp(0, 5, 6, 9),
        ...[-15, -10, -5, 8, 13, 18].map((x) => postLamp(x, 20.6, 3, 3.2, [1, 0.85, 0.62])),
      ]);

/** Two who talk, quarrel and come to blows; one goes down, the other runs away. */
function fight(random: Random, seconds: number): { people: PersonPlan[]; incident: IncidentPlan } {
  const begins = seconds * random.between(0.3, 0.4);
  const lasts = random.between(8, 10);
  const centre = { x: random.between(-1, 2), z: random.between(10.2, 11.6) };
  const bearing = random.between(1.2, 1.9);
  const blowsOf = (name: string, every: number): { time: number; blow: Blow }[] => {
    const own = random.fork(name);
    const blows: { time: number; blow: Blow }[] = [];
    for (
      let time = begins + own.between(0.2, 0.7);
      time < begins + lasts - 0.5;
      time += own.between(0.6, 1.4) * every
    ) {
      blows.push({ time, blow: own.pick(['jab', 'hook', 'hook', 'kick', 'shove'] as const) });
    }
    return blows;
  };
  const [first, second] = [blowsOf('first', 0.9), blowsOf('second', 1.1)];
  const act = (side: 0 | 1): Omit<Extract<Act, { kind: 'fight' }>, 'kind' | 'start' | 'end'> => ({
    centre,
    bearing: bearing + side * Math.PI,
    spin: 0.22,
    distance: 0.43,
    blows: side === 0 ? first : second,
    hits: (side === 0 ? second : first).map(({ time }) => time),
  });
  const spot = (side: 0 | 1): GroundPoint => ({
    x: centre.x + 0.55 * Math.sin(bearing + side * Math.PI),
    z: centre.z + 0.55 * Math.cos(bearing + side * Math.PI),
  });
  const attacker = new Script(
    'person-a',
    { ...someone(random.fork('a')), hairStyle: 'short', bottomKind: 'trousers' },
    spot(0),
    -2,
  )
    .hold('talk', begins - 1.2 + 2, centre)
    .hold('guard', 1.2, centre)
    .fight(act(0), lasts);
  attacker.hold('guard', 1.2).run(4.2, { x: centre.x - 6, z: centre.z + 3 }, { x: -17, z: 18 });
  const victim = new Script('person-b', { ...someone(random.fork('b')), bottomKind: 'trousers' }, spot(1), -2)
    .hold('talk', begins + 2, centre)
    .fight(act(1), lasts - 0.6);
  victim.fall(2.4, 0.6, true).rise(3, true);
  const ended = victim.now;
  victim.hold('stand', 2).walk(1.1, { x: centre.x + 4, z: 9 }, { x: centre.x + 8, z: 6 }, { x: 13, z: 4 });
  return {
    people: [attacker.plan(), victim.plan()],
    incident: { class: 'fight', start: begins, end: ended, participants: ['person-a', 'person-b'] },
  };
}

/** Someone who trips, lies for a while and is helped up. */
function tumble(random: Random, begins: number): { people: PersonPlan[]; incident: IncidentPlan } {
  const speed = 1.35;
  const spot = { x: random.between(0, 2.2), z: random.between(10.5, 12) };
  const from = { x: -12, z: spot.z - 1 };
  const walked = Math.hypot(spot.x - from.x, spot.z - from.z) / speed;
  const faller = new Script('person-f', someone(random.fork('f')), from, begins - walked).walk(
    speed,
    { x: -5, z: spot.z - 0.5 },
    spot,
  );
  const start = faller.now;
  faller.fall(random.between(5.5, 7), speed);
  const lying = faller.place;
  const up = faller.now;
  faller.rise(3.2).hold('stand', 2).walk(1.0, { x: 7, z: 9 }, { x: 11, z: 6 });
  const helper = new Script('person-h', someone(random.fork('h')), { x: 12.5, z: 16.5 }, start - 6)
    .hold('phone', 7.2)
    .walk(1.9, { x: lying.x + 3, z: lying.z + 1.2 }, { x: lying.x + 0.95, z: lying.z + 0.2 });
  helper
    .hold('crouch', Math.max(1, up + 2.6 - helper.now), lying)
    .hold('talk', 3, lying)
    .walk(1.3, { x: 6, z: 15 }, { x: 16, z: 18.5 });
  return {
    people: [faller.plan(), helper.plan()],
    incident: { class: 'fall', start, end: up + 3.2, participants: ['person-f'] },
  };
}

/** From when to when someone is in or just beside the picture, to a tenth of a second. */
function inView(plan: PersonPlan): { start: number; end: number } {
  const projection = projectionFrom(view, 16, 9);
  const [first, last] = [plan.acts[0]?.start ?? 0, plan.acts.at(-1)?.end ?? 0];
  const seen = Array.from({ length: Math.floor((last - first) * 10) }, (_, step) => first + step / 10).filter(
    (time) => {
      const body = personAt(plan, time);
      if (body === null) return false;
      const { x, y, depth } = project(projection, body.pelvis);
      return depth > 0 && x > -1 && x < 17 && y > -1 && y < 10;
    },
  );
  return { start: seen[0] ?? first, end: (seen.at(-1) ?? first) + 0.1 };
}

/** Someone who runs right across the square while everyone walks. */
function runner(random: Random, begins: number): { people: PersonPlan[]; incident: IncidentPlan } {
  const script = new Script(
    'person-r',
    { ...someone(random.fork('r')), bottomKind: 'trousers' },
    { x: 15, z: 9.5 },
    begins,
  );
  script.run(random.between(4.4, 5), { x: 5, z: 8.6 }, { x: -3, z: 12.5 }, { x: -12, z: 17 }, { x: -20, z: 18 });
  const plan = script.plan();
  return { people: [plan], incident: { class: 'running', ...inView(plan), participants: ['person-r'] } };
}

/** The square. `theme` decides what happens: 'fight', 'fall-and-run' or 'normal'. */
export function plazaScene(request: SceneRequest, theme: 'fight' | 'fall-and-run' | 'normal', random: Random): Scene {
  const { seconds } = request;
  const events =
    theme === 'fight'
      ? [fight(random.fork('fight'), seconds)]
      : theme === 'fall-and-run'
        ? [tumble(random.fork('fall'), seconds * 0.22), runner(random.fork('run'), seconds * 0.74)]
        : [];
  const group = chattingGroup(
    random.fork('group'),
    'g',
    3,
    { x: 5.2, z: 12.6 },
    theme === 'normal' ? seconds * 0.6 : seconds + 5,
    theme === 'normal'
      ? [
          { x: 9, z: 10 },
          { x: 14, z: 8.5 },
        ]
      : [],
  );
  const involved = [...events.flatMap(({ people }) => people), ...group];
  const walkers = passersBy(random.fork('walkers'), seconds, 13, routes, involved);
  const bags: BagPlan[] = walkers.slice(0, 3).map((plan, index) => ({
    id: `bag-${index + 1}`,
    kind: index === 1 ? 'holdall' : 'backpack',
    colour: index === 0 ? [0.03, 0.04, 0.05] : [0.2, 0.08, 0.04],
    carrier: plan.id,
    putDown: null,
  }));
  return {
    ...request.frame,
    view,
    place,
    light: lightFor(request.hour),
    seconds,
    persons: [...involved, ...walkers],
    vehicles: [],
    bags,
    incidents: events.map(({ incident }) => incident),
  };
}
