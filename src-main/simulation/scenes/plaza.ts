/** A square before shops: people cross it, stand and talk; a fight, or someone who falls and someone who runs. */
import type { Random } from '../../math/random.ts';
import type { BagPlan, Scene } from '../scene.ts';
import { brawl, type Happening } from './brawl.ts';
import { lightFor } from './lighting.ts';
import { chattingGroup, passersBy } from './people.ts';
import { lighting, place, routes, view } from './plaza-place.ts';
import { chase, tumble } from './plaza-incidents.ts';
import type { SceneRequest } from './request.ts';

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
    stays: [{ from: 0, carrier: plan.id }],
  }));
  return {
    ...request.frame,
    view,
    place,
    light: lightFor(request, lighting),
    rain: request.rain,
    seconds,
    persons: [...involved, ...walkers],
    vehicles: [],
    bags,
    incidents: events.map(({ incident }) => incident),
  };
}
