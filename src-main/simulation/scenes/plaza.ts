/** A square before shops: people cross it, stand and talk; a fight, or someone who falls and someone who runs. */
import type { Random } from '../../math/random.ts';
import type { BagPlan, Light, Place, Scene } from '../scene.ts';
import { vector, type GroundPoint } from '../geometry/vector.ts';
import type { View } from '../geometry/view.ts';
import { brawl, type Happening } from './brawl.ts';
import { chattingGroup, passersBy } from './people.ts';
import { chase, tumble } from './plaza-incidents.ts';
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

/** The square. `theme` decides what happens: 'fight', 'fall-and-run' or 'normal'. */
export function plazaScene(request: SceneRequest, theme: 'fight' | 'fall-and-run' | 'normal', random: Random): Scene {
  const { seconds } = request;
  const events: readonly Happening[] =
    theme === 'fight'
      ? [brawl(random.fork('fight'), seconds)]
      : theme === 'fall-and-run'
        ? [chase(random.fork('run'), seconds * 0.2, view), tumble(random.fork('fall'), seconds * 0.68, seconds)]
        : [];
  const group = chattingGroup(
    random.fork('group'),
    'g',
    3,
    theme === 'normal' ? { x: 5.2, z: 12.6 } : { x: 7, z: 12.2 },
    theme === 'normal' ? seconds * 0.6 : seconds + 5,
    theme === 'normal'
      ? [
          { x: 9, z: 10 },
          { x: 14, z: 8.5 },
        ]
      : [],
  );
  const involved = [...events.flatMap(({ people }) => people), ...group];
  const walkers = passersBy(
    random.fork('walkers'),
    seconds,
    // In the evening few are about.
    request.hour === 'dusk' ? 5 : 13,
    routes,
    involved,
    events.flatMap(({ shunned }) => shunned),
  );
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
