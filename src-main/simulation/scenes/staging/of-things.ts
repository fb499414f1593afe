/** What people do to things: bags stolen or left behind, bins and cars kicked, walls sprayed, fire; and the twins. */
import { vector } from '../../geometry/vector.ts';
import { door } from '../car-park-place.ts';
import { bagLeft, bagTaken } from './belongings.ts';
import { binOnFire, failingSign } from './fires.ts';
import { spotOf, way, type Staged } from './staged.ts';
import { batters, kicksBin, sprays, usesBin } from './violence.ts';

const minute = { seconds: 60 } as const;
const theft = { ...minute, when: [0.48, 0.56] } as const;
const left = { ...minute, when: [0.3, 0.38] } as const;
const plazaBin = {
  target: { x: 2.6, z: 14.4 },
  way: way([-13, 10], [-4, 10.6], [2, 13.9]),
  exit: way([6, 16.8], [18, 18.6]),
};

const bags: readonly Staged[] = [
  {
    ...{ kind: 'theft', camera: 'Plaza', hours: ['day', 'dusk'], ...theft },
    stage: (random, begins, seconds) => bagTaken(random, spotOf('Plaza', 0), begins, seconds, true),
  },
  {
    ...{ kind: 'theft-twin', camera: 'Plaza', hours: ['day', 'dusk'], ...theft },
    stage: (random, begins, seconds) => bagTaken(random, spotOf('Plaza', 0), begins, seconds, false),
  },
  {
    ...{ kind: 'theft', camera: 'Passage', hours: ['indoor'], ...theft },
    stage: (random, begins, seconds) => bagTaken(random, spotOf('Passage', 2), begins, seconds, true),
  },
  {
    ...{ kind: 'theft-twin', camera: 'Passage', hours: ['indoor'], ...theft },
    stage: (random, begins, seconds) => bagTaken(random, spotOf('Passage', 2), begins, seconds, false),
  },
  {
    ...{ kind: 'left-behind-object', camera: 'Passage', hours: ['indoor', 'indoor'], ...left },
    stage: (random, begins, seconds) => bagLeft(random, spotOf('Passage', 0), begins, seconds, null),
  },
  {
    ...{ kind: 'left-behind-object', camera: 'Plaza', hours: ['day', 'night'], ...left },
    stage: (random, begins, seconds) => bagLeft(random, spotOf('Plaza', 1), begins, seconds, null),
  },
  {
    ...{ kind: 'left-behind-object-twin', camera: 'Passage', hours: ['indoor', 'indoor'], ...left },
    stage: (random, begins, seconds) => bagLeft(random, spotOf('Passage', 0), begins, seconds, random.between(13, 18)),
  },
  {
    ...{ kind: 'left-behind-object-twin', camera: 'Plaza', hours: ['day', 'night'], ...left },
    stage: (random, begins, seconds) => bagLeft(random, spotOf('Plaza', 1), begins, seconds, random.between(13, 18)),
  },
];

const damage: readonly Staged[] = [
  {
    ...{ kind: 'vandalism', camera: 'Plaza', hours: ['dusk', 'night', 'day'], seconds: 50, when: [0.4, 0.5] },
    stage: (random, begins) => kicksBin(random, { ...plazaBin, begins }),
  },
  {
    ...{ kind: 'vandalism-twin', camera: 'Plaza', hours: ['day', 'night'], seconds: 40, when: [0.4, 0.5] },
    stage: (random, begins) => usesBin(random, { ...plazaBin, begins }),
  },
  {
    ...{ kind: 'vandalism', camera: 'Passage', hours: ['indoor', 'indoor'], seconds: 50, when: [0.3, 0.4] },
    stage: (random, begins) => {
      const inward = way([-1.2, 30.7], [-2.4, 22], [-5.5, 15.9]);
      const rampage = { target: { x: -5.5, z: 15.9 }, way: inward, exit: inward.toReversed().slice(1), begins };
      return sprays(random, rampage, { x: -6.28, z: 15.1 }, { x: -6.28, z: 16.7 });
    },
  },
  {
    ...{ kind: 'vandalism', camera: 'Car park', hours: ['night', 'dusk'], seconds: 55, when: [0.35, 0.45] },
    quiet: [20, 30],
    stage: (random, begins) => {
      const inward = way([-18, 8.2], [-9, 10], [-6.7, 13.4]);
      return batters(random, { target: { x: -5.4, z: 15.9 }, way: inward, exit: way([-9, 11.5], [-20, 8.4]), begins });
    },
  },
];

const fires: readonly Staged[] = [
  {
    ...{ kind: 'fire-smoke-explosion', camera: 'Plaza', hours: ['day', 'dusk', 'night'], ...minute, when: [0.4, 0.5] },
    stage: (random, begins, seconds) => {
      const bin = { x: 2.9, z: 15.2 };
      return binOnFire(random, bin, way([-13, 10], [-2, 12.4], [2.4, 14.7]), plazaBin.exit, begins, seconds);
    },
  },
  {
    ...{ kind: 'fire-smoke-explosion', camera: 'Car park', hours: ['night', 'dusk'], ...minute, when: [0.4, 0.5] },
    stage: (random, begins, seconds) => {
      const [bin, inward] = [{ x: -4.2, z: 21.6 }, way([19, 21.8], [4, 21.4], [-3.5, 21.3])];
      return binOnFire(random, bin, inward, way([-9, 21.2], [-19, 21.4]), begins, seconds);
    },
  },
  {
    ...{ kind: 'fire-smoke-explosion-twin', camera: 'Car park', hours: ['night', 'dusk'], seconds: 50 },
    when: [0.3, 0.4],
    stage: (_, begins, seconds) => failingSign(vector(door.x, 2.6, 24.3), begins, seconds),
  },
];

export const ofThings: readonly Staged[] = [...bags, ...damage, ...fires];
