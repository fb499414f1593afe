import { expect, test } from 'vitest';
import { defaultNanoWords, openNano, randomWeights } from '../../inquiry/policies/nano/index.ts';
import { watcherOf } from '../../inquiry/testing/scripted-watcher.ts';
import { tinySize as size } from '../nano/testing/episodes.ts';
import { measure, operatorsDrawn } from './measure.ts';

test('an untrained net: the same figures each time, a log-loss by its label, and every action one of the grammar', async () => {
  const model = { size, words: defaultNanoWords, weights: randomWeights(size, 'measure.test') };
  await using net = await openNano(model, { provider: 'cpu', threads: 1 });
  const incident = { start: 40, end: 47 };
  const task = {
    ...{ watcher: watcherOf({ seconds: 90, incidents: [incident] }), episode: { start: 0, end: 90 }, question: [] },
    budget: { frames: 40, steps: 8, seconds: 300 },
  };
  const one = await measure({ ...task, truth: { label: 1, intervals: null } }, net);
  const none = await measure({ ...task, truth: { label: 0, intervals: null } }, net);
  expect(await measure({ ...task, truth: { label: 1, intervals: null } }, net)).toEqual(one);
  // The belief is one, whatever is true: q(1) + q(0) = 1, within the bounds of beliefs.
  const sum = Math.exp(-one.logLoss) + Math.exp(-none.logLoss);
  expect(sum).toBeCloseTo(1, 9);
  expect(one.logLoss).toBeLessThanOrEqual(-Math.log(0.02));
  expect([one.unparsed, none.unparsed]).toEqual([0, 0]);
  expect(one.actions).toBeGreaterThan(0);

  const drawn = await operatorsDrawn({ ...task, truth: { label: 1, intervals: null } }, net);
  expect(drawn['FINAL']).toBe(1);
  expect(Object.values(drawn).reduce((all, count) => all + count, 0)).toBeLessThanOrEqual(8);
});
