/** What happens on roads and at fences: collisions, vehicles that come the wrong way, somebody who climbs in. */
import { aisle } from '../car-park-place.ts';
import { collision } from '../crossing.ts';
import { lanes } from '../crossing-place.ts';
import { intruder } from '../front-gate.ts';
import { wrongWay } from './roads.ts';
import { way, type Staged } from './staged.ts';

export const ofRoads: readonly Staged[] = [
  {
    ...{ kind: 'wrong-way', camera: 'Crossing', hours: ['day', 'dusk', 'night'], seconds: 50, when: [0.5, 0.6] },
    ...{ quiet: [12, 12], quietLane: 'e' },
    stage: (random, begins) => {
      const against = lanes.east + 0.2;
      return wrongWay(random, way([36, against], [0, against], [-36, against]), begins, random.between(5, 6.5), 10.5);
    },
  },
  {
    ...{ kind: 'wrong-way', camera: 'Car park', hours: ['day', 'dusk'], seconds: 60, when: [0.5, 0.6] },
    quiet: [11, 11],
    stage: (random, begins) => {
      const against = aisle + 0.3;
      return wrongWay(random, way([36, against], [0, against], [-36, against]), begins, random.between(5, 6.5), 9.5);
    },
  },
  {
    ...{ kind: 'collision', camera: 'Crossing', hours: ['day', 'dusk', 'night', 'dawn'], seconds: 45 },
    ...{ when: [0.45, 0.55], quiet: [9, 60] },
    stage: (random, begins, seconds) => {
      const { vehicles, people, incident } = collision(random, begins, seconds);
      return { people, vehicles, incidents: [incident], shunned: [] };
    },
  },
  {
    ...{ kind: 'intrusion', camera: 'Front gate', hours: ['day', 'dusk', 'night', 'night'], seconds: 55 },
    when: [0.42, 0.5],
    stage: (random, begins, seconds) => {
      const { person, incident } = intruder(random, begins, seconds);
      const alone = { at: { x: -2.5, z: 11.5 }, radius: 6, start: begins - 8, end: seconds };
      return { people: [person], incidents: [incident], shunned: [alone] };
    },
  },
];
