import { expect, test } from 'vitest';
import { defaultNanoWords, openNano, randomWeights } from '../../inquiry/policies/nano/index.ts';
import { watcherOf } from '../../inquiry/testing/scripted-watcher.ts';
import { randomFrom } from '../../math/random.ts';
import { utilityOf } from '../aei/utility.ts';
import { constant } from '../autodiff/index.ts';
import { defaultIdpoSettings } from '../idpo/loss.ts';
import { tinySize as size } from '../nano/testing/episodes.ts';
import { openNanoTraining } from '../nano/training.ts';
import { preferencesOf, rolloutsOf } from './round.ts';

test('a round: rollouts, preferences among them, and an update after which the better ones are likelier', async () => {
  const model = { size, words: defaultNanoWords, weights: randomWeights(size, 'round.test') };
  await using net = await openNano(model, { provider: 'cpu', threads: 1 });
  const incident = { start: 40, end: 47 };
  const task = {
    ...{ watcher: watcherOf({ seconds: 90, incidents: [incident] }), episode: { start: 0, end: 90 }, question: [] },
    truth: { label: 1, intervals: [{ ...incident, class: 'fight' }] },
    budget: { frames: 40, steps: 8, seconds: 300 },
  } as const;
  const rollouts = await rolloutsOf(task, net, { version: '0', drawn: 6, seed: 1 });
  expect(rollouts).toHaveLength(7);
  expect(new Set(rollouts.map(({ actions }) => actions.join('/'))).size).toBeGreaterThan(4);
  const pairs = await preferencesOf(rollouts, net, { settings: defaultIdpoSettings, random: randomFrom(1) });
  expect(pairs.length).toBeGreaterThan(0);
  expect(pairs.length).toBeLessThanOrEqual(4);
  const valueOf = (transcript: unknown) => {
    const found = rollouts.find((rollout) => rollout.transcript === transcript);
    return found === undefined ? NaN : utilityOf(found.terms);
  };
  for (const { chosen, rejected } of pairs) expect(valueOf(chosen) - valueOf(rejected)).toBeGreaterThanOrEqual(0.05);

  const surest = pairs.findIndex(({ smoothing }) => smoothing === Math.min(...pairs.map((each) => each.smoothing)));

  const options = { schedule: constant(3e-4), threads: 1, preference: { beta: defaultIdpoSettings.beta } };
  await using training = await openNanoTraining(model, options);
  const before = await training.step({ choices: [], beliefs: [], pairs });
  for (const margin of before.margins) expect(margin).toBeCloseTo(0, 2);
  for (let step = 0; step < 10; step++) await training.step({ choices: [], beliefs: [], pairs });
  const after = await training.step({ choices: [], beliefs: [], pairs });
  // A narrow preference may have to give way to surer ones.
  const ofSurest = after.margins[surest] ?? NaN;
  expect(ofSurest).toBeGreaterThan(0);
  expect(ofSurest).toBe(Math.max(...after.margins));
  expect(after.losses['loss/preference']).toBeLessThan(before.losses['loss/preference'] ?? 0);
});
