/** A yard behind a fence with an open gate: people come and go by day; at dusk somebody climbs in. */
import type { Random } from '../../math/random.ts';
import type { BagPlan, IncidentPlan, Light, PersonPlan, Place, Scene, VehiclePlan } from '../scene.ts';
import { Script } from '../people/script.ts';
import { vector, type GroundPoint } from '../geometry/vector.ts';
import type { View } from '../geometry/view.ts';
import { passersBy, someone } from './people.ts';
import { bin, box, daylight, dusk, lampPost, postLamp, steel, tree } from './props.ts';
import type { SceneRequest } from './request.ts';

const view: View = { position: vector(1.5, 4.4, 0), yaw: -0.12, pitch: 0.25, focal: 0.88 };

const fenceLine = 12.6;
const fenceHeight = 1.75;

const place: Place = {
  base: 'slabs',
  patches: [
    {
      kind: 'asphalt',
      corners: [
        { x: -40, z: fenceLine - 0.2 },
        { x: 40, z: fenceLine - 0.2 },
        { x: 40, z: 60 },
        { x: -40, z: 60 },
      ],
    },
    {
      kind: 'grass',
      corners: [
        { x: -40, z: fenceLine - 0.3 },
        { x: 0.8, z: fenceLine - 0.3 },
        { x: 0.8, z: fenceLine + 1.3 },
        { x: -40, z: fenceLine + 1.3 },
      ],
    },
    {
      kind: 'grass',
      corners: [
        { x: 4.6, z: fenceLine - 0.3 },
        { x: 40, z: fenceLine - 0.3 },
        { x: 40, z: fenceLine + 1.3 },
        { x: 4.6, z: fenceLine + 1.3 },
      ],
    },
    {
      kind: 'kerb',
      corners: [
        { x: -40, z: fenceLine - 0.5 },
        { x: 40, z: fenceLine - 0.5 },
        { x: 40, z: fenceLine - 0.3 },
        { x: -40, z: fenceLine - 0.3 },
      ],
    },
  ],
  markings: [-11, -8.4, -5.8, 7.2, 9.8].map((x) => ({ from: { x, z: 20 }, to: { x, z: 25 }, width: 0.12, dash: 0 })),
  props: [
    {
      kind: 'fence',
      from: { x: -24, z: fenceLine },
      to: { x: 0.8, z: fenceLine },
      height: fenceHeight,
      bar: 0.035,
      gap: 0.1,
      colour: [0.05, 0.075, 0.06],
    },
    {
      kind: 'fence',
      from: { x: 4.6, z: fenceLine },
      to: { x: 24, z: fenceLine },
      height: fenceHeight,
      bar: 0.035,
      gap: 0.1,
      colour: [0.05, 0.075, 0.06],
    },
    // The leaf of the gate stands open into the yard.
    {
      kind: 'fence',
      from: { x: 4.7, z: fenceLine },
      to: { x: 5.2, z: fenceLine + 3.4 },
      height: fenceHeight,
      bar: 0.035,
      gap: 0.1,
      colour: [0.05, 0.075, 0.06],
    },
    box(0.8, fenceLine, vector(0.42, 2.05, 0.42), 'brick', [0.3, 0.12, 0.08]),
    box(4.6, fenceLine, vector(0.42, 2.05, 0.42), 'brick', [0.3, 0.12, 0.08]),
    box(-4, 31, vector(34, 7, 9), 'facade', [0.42, 0.4, 0.36]),
    box(-4, 26.6, vector(3.2, 2.6, 0.4), 'shopfront', [0.2, 0.22, 0.25]),
    box(-4, 26, vector(4.4, 0.18, 2), 'concrete', [0.4, 0.4, 0.4], 2.8),
    box(15.5, 24, vector(7, 4, 10), 'brick', [0.27, 0.12, 0.085]),
    ...tree(-10.5, 16.4, 6, 1.9),
    ...tree(9.6, 14.8, 5.2, 1.6, [0.08, 0.13, 0.03]),
    ...bin(6, 12),
    ...lampPost(-3.4, 13.6, 5.2, 0.9),
    { kind: 'cylinder', at: { x: 6.6, z: 11.6 }, base: 0, height: 2.3, radius: 0.04, material: 'metal', colour: steel },
    box(6.6, 11.56, vector(0.5, 0.5, 0.03), 'plaster', [0.1, 0.2, 0.45], 1.8),
  ],
  parked: [
    { kind: 'car', colour: [0.09, 0.11, 0.16], at: { x: -9.7, z: 22.6 }, heading: Math.PI },
    { kind: 'estate', colour: [0.42, 0.43, 0.44], at: { x: -7.1, z: 22.7 }, heading: 0 },
    { kind: 'van', colour: [0.6, 0.6, 0.58], at: { x: 8.5, z: 22.4 }, heading: Math.PI },
  ],
};

const lightFor = (hour: SceneRequest['hour']): Light =>
  hour === 'day'
    ? daylight(2.45, 0.62)
    : dusk([
        postLamp(-2.5, 13.6, 5.2, 15),
        postLamp(9, 7, 6, 12),
        postLamp(-8, 5, 6, 12),
        postLamp(-4, 25.6, 2.8, 7, [1, 0.92, 0.75]),
        postLamp(8, 19, 6, 14),
        postLamp(-12, 20, 6, 12),
      ]);

const gate: GroundPoint = { x: 2.7, z: fenceLine };
const routes: readonly (readonly GroundPoint[])[] = [
  [
    { x: -14, z: 8.6 },
    { x: -4, z: 8.9 },
    { x: 5, z: 8.4 },
    { x: 14, z: 8.8 },
  ],
  [
    { x: -14, z: 10.4 },
    { x: -5, z: 10.2 },
    { x: 4, z: 10.3 },
    { x: 14, z: 10.5 },
  ],
];
const throughGate: readonly (readonly GroundPoint[])[] = [
  [{ x: -12, z: 7.5 }, { x: -2, z: 8.2 }, gate, { x: 1, z: 18 }, { x: -3.6, z: 25.4 }, { x: -4, z: 30 }],
  [{ x: 12, z: 8.2 }, { x: 5, z: 9 }, gate, { x: 2.5, z: 17 }, { x: 5.6, z: 21 }, { x: 5.2, z: 30 }],
];

/** Someone strolls along the fence, looks round, climbs over and goes for the building. */
function intruder(random: Random, begins: number, seconds: number): { person: PersonPlan; incident: IncidentPlan } {
  const x = random.between(-3.4, -1.6);
  const look = {
    ...someone(random),
    top: [0.05, 0.055, 0.065] as const,
    shirt: [0.05, 0.055, 0.065] as const,
    bottom: [0.06, 0.065, 0.08] as const,
    bottomKind: 'trousers' as const,
    topKind: 'jacket' as const,
    hairStyle: 'cap' as const,
  };
  const foot = { x, z: fenceLine - 0.5 };
  const script = new Script('person-i', look, { x: -13, z: 9.6 }, begins - 17);
  script
    .walk(1.15, { x: x - 3, z: 10.4 }, { x: x + 0.2, z: fenceLine - 0.95 })
    .hold('stand', 2.6, { x: 8, z: 7 })
    .hold('watch', 1.8, { x: -12, z: 9 })
    .walk(1, foot);
  const start = script.now;
  script
    .climb({ x: x + 0.1, z: fenceLine + 0.6 }, fenceHeight, 5.2)
    .hold('crouch', 1.4, { x: -4, z: 26 })
    .run(3.6, { x: x - 1, z: 17.5 }, { x: -7.6, z: 20 })
    .hold('crouch', 3, { x: -8.4, z: 24 })
    .walk(1.4, { x: -6, z: 24 }, { x: -3.9, z: 25.3 });
  script.hold('stand', Math.max(2, seconds - script.now + 1), { x: -4, z: 27 });
  return { person: script.plan(), incident: { class: 'intrusion', start, end: seconds, participants: ['person-i'] } };
}

/** The gate: `theme` 'normal', or 'intrusion'. */
export function frontGateScene(request: SceneRequest, theme: 'normal' | 'intrusion', random: Random): Scene {
  const { seconds } = request;
  const event =
    theme === 'intrusion' ? intruder(random.fork('intruder'), seconds * random.between(0.42, 0.5), seconds) : null;
  const involved = event === null ? [] : [event.person];
  const visitors = passersBy(random.fork('visitors'), seconds, theme === 'normal' ? 6 : 1, throughGate, involved);
  const renamed = visitors.map((plan) => ({ ...plan, id: plan.id.replace('-w', '-v') }));
  const walkers = passersBy(random.fork('walkers'), seconds, theme === 'normal' ? 8 : 3, routes, [
    ...involved,
    ...renamed,
  ]);
  const vehicles: VehiclePlan[] =
    theme === 'normal'
      ? [
          {
            id: 'vehicle-1',
            kind: 'car',
            colour: [0.4, 0.05, 0.04],
            crash: null,
            points: [
              { x: -22, z: 17.4 },
              { x: -8, z: 17.2 },
              { x: 8, z: 17.4 },
              { x: 24, z: 17.2 },
            ],
            travel: [
              { time: seconds * 0.55, distance: 0 },
              { time: seconds * 0.55 + 5, distance: 19 },
              { time: seconds * 0.55 + 11, distance: 46 },
            ],
          },
        ]
      : [];
  const bags: BagPlan[] = renamed.slice(0, 2).map((plan, index) => ({
    id: `bag-${index + 1}`,
    kind: 'backpack',
    colour: index === 0 ? [0.04, 0.06, 0.12] : [0.16, 0.03, 0.03],
    carrier: plan.id,
    putDown: null,
  }));
  return {
    ...request.frame,
    view,
    place,
    light: lightFor(request.hour),
    seconds,
    persons: [...involved, ...renamed, ...walkers],
    vehicles,
    bags,
    incidents: event === null ? [] : [event.incident],
  };
}
