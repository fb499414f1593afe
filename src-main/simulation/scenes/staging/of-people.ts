/** What people do to each other or what befalls them: fights, falls, running, loitering, a crowd that scatters. */
import { brawl, type Happening } from '../brawl.ts';
import { chase, tumble } from '../plaza-incidents.ts';
import type { Staging } from '../setting.ts';
import { settings } from '../settings.ts';
import { loiters, waitsForSomebody } from './lingering.ts';
import { collapse, crowd, dash } from './mishaps.ts';
import { way, type Staged } from './staged.ts';
import { scuffle } from './violence.ts';

const from = ({ people, incident, shunned }: Happening): Staging => ({ people, incidents: [incident], shunned });

const plazaExits = [
  way([-8, 18.2], [-17, 18.6]),
  way([8, 17.8], [18, 18.6]),
  way([-5, 10.6], [-13, 9.6]),
  way([6, 10.6], [13, 8.6]),
];
const plazaCrowd = { x: 0.8, z: 13.6 };
const throughPassage = way([0.8, 3.2], [0.2, 9], [-0.9, 18], [-1.2, 30.7]);
const alongFence = way([-14, 9.4], [-6, 9.8]);

export const ofPeople: readonly Staged[] = [
  {
    ...{ kind: 'fight', camera: 'Plaza', hours: ['day', 'dusk', 'night'], seconds: 50, when: [0, 0] },
    // The brawl chooses its moment itself.
    stage: (random, _, seconds) => from(brawl(random, seconds)),
  },
  {
    ...{ kind: 'fight', camera: 'Passage', hours: ['indoor', 'indoor'], seconds: 50, when: [0.35, 0.5] },
    stage: (random, begins, seconds) => scuffle(random, { x: -1.6, z: 13.4 }, begins, seconds, throughPassage.slice(2)),
  },
  {
    ...{ kind: 'fight', camera: 'Car park', hours: ['dusk', 'night'], seconds: 50, when: [0.35, 0.5], quiet: [30, 30] },
    stage: (random, begins, seconds) => scuffle(random, { x: 0.8, z: 10.2 }, begins, seconds, way([-6, 9], [-18, 8.4])),
  },
  {
    ...{ kind: 'fall', camera: 'Plaza', hours: ['day', 'dusk'], seconds: 45, when: [0.35, 0.45] },
    stage: (random, begins, seconds) => from(tumble(random, begins, seconds)),
  },
  {
    ...{ kind: 'fall', camera: 'Passage', hours: ['indoor', 'indoor'], seconds: 45, when: [0.4, 0.5] },
    stage: (random, begins, seconds) =>
      collapse(random, way([0.8, 3.2], [-0.4, 9], [-1.4, 13]), begins, seconds, throughPassage.slice(2)),
  },
  {
    ...{ kind: 'fall', camera: 'Front gate', hours: ['day', 'night'], seconds: 50, when: [0.4, 0.5] },
    stage: (random, begins, seconds) => collapse(random, way([14, 9.2], [6, 9.3], [2.4, 9.6]), begins, seconds, null),
  },
  {
    ...{ kind: 'running', camera: 'Plaza', hours: ['day', 'night'], seconds: 40, when: [0.45, 0.55] },
    stage: (random, begins) => from(chase(random, begins, settings.Plaza.view)),
  },
  {
    ...{ kind: 'running', camera: 'Passage', hours: ['indoor', 'indoor'], seconds: 40, when: [0.45, 0.6] },
    stage: (random, begins) =>
      dash(random, throughPassage.toReversed(), begins, 1 + random.integer(2), settings.Passage.view),
  },
  {
    ...{ kind: 'running', camera: 'Front gate', hours: ['dusk', 'day'], seconds: 40, when: [0.45, 0.6] },
    stage: (random, begins) =>
      dash(random, way([-14, 9.2], [-4, 9.4], [5, 9.2], [15, 9.4]), begins, 1, settings['Front gate'].view),
  },
  {
    ...{ kind: 'loitering', camera: 'Car park', hours: ['night', 'dusk'], seconds: 90, when: [0.14, 0.2] },
    quiet: [10, 90],
    stage: (random, begins, seconds) => {
      const round = way([-5.6, 20.3], [-1.4, 20.3], [-1.3, 13.4], [-6.6, 13.4]);
      return loiters(random, { way: way([-18, 20.8], [-7, 20.3]), round, begins, seconds });
    },
  },
  {
    ...{ kind: 'loitering', camera: 'Front gate', hours: ['day', 'dusk', 'night'], seconds: 90, when: [0.14, 0.2] },
    stage: (random, begins, seconds) => {
      const round = way([-4.5, 10.8], [0, 11], [3.4, 11.2], [6, 10.2]);
      return loiters(random, { way: alongFence, round, begins, seconds });
    },
  },
  {
    ...{ kind: 'loitering-twin', camera: 'Front gate', hours: ['day', 'night'], seconds: 70, when: [0.14, 0.2] },
    stage: (random, begins, seconds) =>
      waitsForSomebody(random, { way: alongFence, round: way([0.4, 10.6]), begins, seconds }),
  },
  {
    ...{ kind: 'crowd-disturbance', camera: 'Plaza', hours: ['day', 'dusk', 'night'], seconds: 45 },
    when: [0.48, 0.58],
    stage: (random, begins) => crowd(random, plazaCrowd, begins, plazaExits, true),
  },
  {
    ...{ kind: 'crowd-disturbance-twin', camera: 'Plaza', hours: ['day', 'dusk'], seconds: 45, when: [0.4, 0.5] },
    stage: (random, begins) => crowd(random, plazaCrowd, begins, plazaExits, false),
  },
];
