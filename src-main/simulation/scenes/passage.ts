/** An arcade under lamps: travellers pass through; somebody leaves a bag behind. */
import type { Random } from '../../math/random.ts';
import type { BagPlan, IncidentPlan, Lamp, PersonPlan, Place, Scene } from '../scene.ts';
import { Script } from '../people/script.ts';
import { vector, type GroundPoint } from '../geometry/vector.ts';
import type { View } from '../geometry/view.ts';
import { chattingGroup, passersBy, someone } from './people.ts';
import { bench, bin, box, indoors } from './props.ts';
import type { SceneRequest } from './request.ts';

const view: View = { position: vector(1.6, 3.35, 3), yaw: -0.39, pitch: 0.25, focal: 1.2 };

const lampRows = [5, 10, 15, 20, 25];
const lamps: readonly Lamp[] = lampRows.flatMap((z) =>
  [-3.2, 3.2].map((x) => ({ at: { x, y: 3.7, z }, colour: [1, 0.97, 0.9] as const, strength: 3.6 })),
);

const place: Place = {
  base: 'tiles',
  patches: [],
  markings: [{ from: { x: -5.4, z: -5 }, to: { x: -5.4, z: 40 }, width: 0.3, dash: 0 }],
  props: [
    box(-7, 15, vector(1.4, 2.9, 44), 'shopfront', [0.3, 0.29, 0.28], 0),
    box(-7, 15, vector(1.3, 1.2, 44), 'plaster', [0.5, 0.49, 0.46], 2.9),
    box(7, 15, vector(1.4, 4.1, 44), 'tiles', [0.5, 0.47, 0.4]),
    box(0, 31, vector(16, 4.1, 2), 'tiles', [0.42, 0.41, 0.39]),
    box(-1, 29.7, vector(4.4, 2.7, 0.8), 'shopfront', [0.2, 0.22, 0.25]),
    box(0, 14, vector(16, 0.3, 46), 'plaster', [0.55, 0.55, 0.53], 4.0),
    ...lampRows.flatMap((z) =>
      [-3.2, 3.2].map((x) => box(x, z, vector(0.3, 0.06, 1.5), 'lamp', [1, 0.98, 0.92], 3.93)),
    ),
    ...[9, 17.5].flatMap((z) => [
      box(-3.9, z, vector(0.6, 4, 0.6), 'concrete', [0.45, 0.44, 0.42]),
      box(3.9, z, vector(0.6, 4, 0.6), 'concrete', [0.45, 0.44, 0.42]),
    ]),
    ...bench({ x: 4.9, z: 13.2 }, -Math.PI / 2),
    ...bench({ x: -5.1, z: 13 }, Math.PI / 2),
    ...bin(4.9, 15.2),
    box(5.9, 10.6, vector(0.4, 1.9, 0.9), 'metal', [0.06, 0.13, 0.3]),
    box(-6.2, 20, vector(0.08, 1.0, 1.6), 'lamp', [0.25, 0.45, 0.6], 2.2),
  ],
  parked: [],
};

const routes: readonly (readonly GroundPoint[])[] = [
  [
    { x: 1.2, z: 3.4 },
    { x: 0.6, z: 10 },
    { x: -0.8, z: 20 },
    { x: -1.2, z: 30.7 },
  ],
  [
    { x: -1.6, z: 3 },
    { x: -1.9, z: 10 },
    { x: -2, z: 20 },
    { x: -1.8, z: 30.7 },
  ],
  [
    { x: 2.4, z: 3.6 },
    { x: 2.3, z: 12 },
    { x: 1.6, z: 22 },
    { x: -0.4, z: 30.7 },
  ],
];

/** Comes with a holdall, sets it down by the bench, waits a little and walks off without it. */
function leavesBag(
  random: Random,
  time: number,
  seconds: number,
): { person: PersonPlan; bag: BagPlan; incident: IncidentPlan } {
  const script = new Script('person-l', { ...someone(random), bottomKind: 'trousers' }, { x: 0.4, z: 3.2 }, time - 8.8);
  script.walk(1.25, { x: -1.4, z: 8.2 }, { x: -3.6, z: 12.4 });
  script.hold('stand', 1.2, { x: -5.1, z: 12.6 });
  const start = script.now + 0.5 * 2.2;
  script
    .reachDown(2.2)
    .hold('phone', 3.5, { x: 0, z: 9 })
    .walk(1.45, { x: -1.6, z: 16 }, { x: -1, z: 24 }, { x: -1.2, z: 30.7 });
  const put = { x: -4.0, z: 12.85 };
  return {
    person: script.plan(),
    bag: {
      id: 'bag-left',
      kind: 'holdall',
      colour: [0.045, 0.05, 0.06],
      carrier: 'person-l',
      putDown: { time: start, at: put },
    },
    incident: { class: 'left-behind-object', start, end: seconds, participants: ['person-l', 'bag-left'] },
  };
}

/** The arcade: `theme` 'left-behind-object' or 'normal'. */
export function passageScene(request: SceneRequest, theme: 'left-behind-object' | 'normal', random: Random): Scene {
  const { seconds } = request;
  const event =
    theme === 'left-behind-object'
      ? leavesBag(random.fork('bag'), seconds * random.between(0.34, 0.42), seconds)
      : null;
  const group = chattingGroup(random.fork('group'), 'g', 2, { x: 2.7, z: 15.6 }, seconds + 5, []);
  const involved = [...(event === null ? [] : [event.person]), ...group];
  const walkers = passersBy(random.fork('walkers'), seconds, 9, routes, involved);
  const luggage: BagPlan[] = walkers.slice(0, 4).map((plan, index) => ({
    id: `bag-${index + 1}`,
    kind: index % 2 === 0 ? 'suitcase' : 'backpack',
    colour: index < 2 ? [0.16, 0.03, 0.035] : [0.03, 0.06, 0.14],
    carrier: plan.id,
    putDown: null,
  }));
  return {
    ...request.frame,
    view,
    place,
    light: indoors(lamps),
    seconds,
    persons: [...involved, ...walkers],
    vehicles: [],
    bags: [...(event === null ? [] : [event.bag]), ...luggage],
    incidents: event === null ? [] : [event.incident],
  };
}
