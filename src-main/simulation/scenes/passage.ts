/** An arcade under lamps: travellers pass through; somebody leaves a bag behind. */
import type { Random } from '../../math/random.ts';
import type { BagPlan, IncidentPlan, PersonPlan, Scene } from '../scene.ts';
import { Script } from '../people/script.ts';
import { light, place, routes, view } from './passage-place.ts';
import { chattingGroup, passersBy, someone } from './people.ts';
import type { SceneRequest } from './request.ts';

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
      stays: [
        { from: 0, carrier: 'person-l' },
        { from: start, at: put },
      ],
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
    stays: [{ from: 0, carrier: plan.id }],
  }));
  return {
    ...request.frame,
    view,
    place,
    light,
    seconds,
    persons: [...involved, ...walkers],
    vehicles: [],
    bags: [...(event === null ? [] : [event.bag]), ...luggage],
    incidents: event === null ? [] : [event.incident],
  };
}
