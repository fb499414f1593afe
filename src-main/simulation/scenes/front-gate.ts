/** A yard behind a fence with an open gate: people come and go by day; at dusk somebody climbs in. */
import type { Random } from '../../math/random.ts';
import type { BagPlan, IncidentPlan, PersonPlan, Scene, VehiclePlan } from '../scene.ts';
import { Script } from '../people/script.ts';
import { fenceHeight, fenceLine, lighting, place, routes, throughGate, view } from './front-gate-place.ts';
import { lightFor } from './lighting.ts';
import { passersBy, someone } from './people.ts';
import type { SceneRequest } from './request.ts';

/** Someone strolls along the fence, looks round, climbs over and goes for the building. */
export function intruder(
  random: Random,
  begins: number,
  seconds: number,
): { person: PersonPlan; incident: IncidentPlan } {
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
    stays: [{ from: 0, carrier: plan.id }],
  }));
  return {
    ...request.frame,
    view,
    place,
    light: lightFor(request, lighting),
    rain: request.rain,
    seconds,
    persons: [...involved, ...renamed, ...walkers],
    vehicles,
    bags,
    incidents: event === null ? [] : [event.incident],
  };
}
