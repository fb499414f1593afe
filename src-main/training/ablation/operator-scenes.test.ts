import { expect, test } from 'vitest';
import { defaultNanoWords, nanoPolicy, openNano, randomWeights } from '../../inquiry/policies/nano/index.ts';
import { tinySize as size } from '../nano/testing/episodes.ts';
import { lookOperators } from '../../inquiry/operators.ts';
import { rulesPolicy } from '../../inquiry/policies/rules.ts';
import type { Policy } from '../../inquiry/policy.ts';
import { observed } from '../nano/recorded.ts';
import { rollOut } from '../rollouts/roll-out.ts';
import { drawnEpisodes, usageIn } from './judged-episodes.ts';
import { operatorTasks, operatorWorth } from './operator-scenes.ts';

const atOnce: Policy = {
  ...rulesPolicy,
  decide: () => ({ action: { operator: 'FINAL', hypotheses: [] }, reason: 'At once.' }),
};

test('each operator has scenes of its own, of which every second has an incident', () => {
  const kinds = lookOperators.map((operator) => {
    const tasks = operatorTasks(operator, 4, 'test');
    expect(tasks.reduce((sum, { truth }) => sum + truth.label, 0)).toBe(2);
    expect(tasks.every(({ episode }) => episode.end === 128)).toBe(true);
    return tasks[0]?.kind.split('-')[0];
  });
  expect(kinds).toEqual(['aftermath', 'around', 'cued']);
});

test('their looks are laid from the first frame on, at the instants that show a cue', async () => {
  const tasks = operatorTasks('EXPAND', 4, 'test');
  for (const task of tasks) {
    const { trajectory } = await rollOut(task, observed(atOnce), rulesPolicy, 0);
    expect(trajectory.looks[0]?.times).toEqual([0, 16, 32, 48, 64, 80, 96, 112]);
  }
});

test('its worth is what the same policy loses without it', async () => {
  const model = { size, words: defaultNanoWords, weights: randomWeights(size, 'worth.test') };
  await using net = await openNano(model, { provider: 'cpu', threads: 1 });
  const policy = nanoPolicy(net, { version: '0', choose: 'sample' });
  const tasks = operatorTasks('SAMPLE', 4, 'test');
  const { worth, usage } = await operatorWorth(policy, policy, 'SAMPLE', tasks);
  expect(worth).toMatchObject({ operator: 'SAMPLE', kind: 'cued', scenes: 4 });
  const all = await drawnEpisodes(policy, policy, tasks);
  expect(worth.utility).toBeCloseTo(all.flat().reduce((sum, { utility }) => sum + utility, 0) / 16, 9);
  expect(usage).toEqual(usageIn(all));
  const samples = usage.reduce((sum, { operators }) => sum + (operators['SAMPLE'] ?? 0), 0);
  expect([usage.length, worth.used]).toEqual([4, samples / 16]);
  const [cost, rounding] = [worth.utility - worth.without, 1e-9];
  expect(worth.costLow).toBeLessThanOrEqual(cost + rounding);
  expect(worth.costHigh).toBeGreaterThanOrEqual(cost - rounding);
});
