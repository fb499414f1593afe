import { expect, test } from 'vitest';
import { randomFrom } from '../../math/random.ts';
import type { BeliefExample } from '../nano/examples.ts';
import { balancedBeliefs } from './balance.ts';

const beliefsOf = (truth: string, count: number, believed?: BeliefExample['believed']) => ({
  beliefs: Array.from({ length: count }, (): BeliefExample => ({
    ...{ positions: [], read: 0, classes: ['normal', 'fight'], truth: [truth], frames: [], bag: null },
    ...(believed !== undefined && { believed }),
  })),
});
const tasks = (count: number, truth: string) => Array.from({ length: count }, () => beliefsOf(truth, 16));
const replayed = beliefsOf('normal', 40, { normal: 0.7, fight: 0.3 });
const counted = (beliefs: readonly BeliefExample[]) => ({
  normal: beliefs.filter(({ truth, believed }) => believed === undefined && truth[0] === 'normal').length,
  fight: beliefs.filter(({ truth, believed }) => believed === undefined && truth[0] === 'fight').length,
  replayed: beliefs.filter(({ believed }) => believed !== undefined).length,
});
const balanced = (...found: Parameters<typeof balancedBeliefs>[0]) =>
  counted(balancedBeliefs(found, randomFrom('balance.test')));

test('of as many of both, or twice as many of one, nothing is left out', () => {
  expect(balanced(...tasks(20, 'normal'), ...tasks(20, 'fight'), replayed)).toEqual({
    ...{ normal: 320, fight: 320, replayed: 40 },
  });
  expect(balanced(...tasks(4, 'fight'), ...tasks(2, 'normal'))).toEqual({ normal: 32, fight: 64, replayed: 0 });
});

test('rejections alone count once each, beside what is replayed', () => {
  expect(balanced(...tasks(30, 'normal'), replayed)).toEqual({ normal: 30, fight: 0, replayed: 40 });
});

test('beside few confirmations rejections count twice as often as those, and once each', () => {
  expect(balanced(...tasks(30, 'normal'), ...tasks(5, 'fight'))).toEqual({ normal: 190, fight: 80, replayed: 0 });
  expect(balanced(...tasks(5, 'normal'), ...tasks(30, 'fight'))).toEqual({ normal: 80, fight: 190, replayed: 0 });
});
