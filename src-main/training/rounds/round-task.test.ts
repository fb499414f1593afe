import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Trajectory } from '../../contract/trajectory.ts';
import {
  defaultNanoWords,
  nanoPolicy,
  openNano,
  randomWeights,
  type NanoNet,
} from '../../inquiry/policies/nano/index.ts';
import { watcherOf } from '../../inquiry/testing/scripted-watcher.ts';
import { recordedEpisodes, tinySize as size } from '../nano/testing/episodes.ts';
import { statedPairs, type RoundTask } from './round-task.ts';

/** The world of `recordedEpisodes`. */
const task: RoundTask = {
  id: 'told',
  ...{ watcher: watcherOf({ seconds: 90, incidents: [{ start: 40, end: 47 }] }), episode: { start: 0, end: 90 } },
  truth: { label: 1, intervals: [{ start: 30, end: 60, class: 'fight' }] },
  budget: { frames: 40, steps: 12, seconds: 300 },
  question: [],
};

describe('what a reviewer said of trajectories', () => {
  let net: NanoNet;
  let stored: Trajectory[];
  beforeAll(async () => {
    const model = { size, words: defaultNanoWords, weights: randomWeights(size, 'round-task.test') };
    net = await openNano(model, { provider: 'cpu', threads: 1 });
    stored = (await recordedEpisodes(net, [2, 3])).map(({ trajectory }) => trajectory);
  });
  afterAll(() => net[Symbol.asyncDispose]());
  const pairsOf = (said: Partial<RoundTask>) =>
    statedPairs({ ...task, ...said }, net, nanoPolicy(net, { version: '0', choose: 'greedy' }));

  test('a corrected trajectory looks as the stored one did, and ends with what is true', async () => {
    const [pair, ...others] = await pairsOf({ corrects: stored.slice(0, 1) });
    expect(others).toEqual([]);
    expect(pair?.origin).toBe('correction');
    expect(pair?.chosen.actions.slice(0, -1)).toEqual(pair?.rejected.actions.slice(0, -1));
    expect(pair?.chosen.trajectory.intervals).toHaveLength(1);
    const [interval] = pair?.chosen.trajectory.intervals ?? [];
    expect(interval?.class).toBe('fight');
    expect(interval?.start).toBeGreaterThanOrEqual(30);
    expect(interval?.end).toBeLessThanOrEqual(60 + 16);
  });

  test('of two trajectories the one that a reviewer prefers is chosen', async () => {
    const [chosen, rejected] = stored;
    if (chosen === undefined || rejected === undefined) throw new TypeError('two episodes');
    const [pair] = await pairsOf({ preferences: [{ chosen, rejected }] });
    expect(pair?.origin).toBe('preference');
    expect(pair?.chosen.trajectory.steps.map(({ action }) => action)).toEqual(chosen.steps.map(({ action }) => action));
  });

  test('a trajectory that its recording does not fit any more makes no pair', async () => {
    const long = stored.filter(({ steps }) => steps.length > 3);
    expect(long.length).toBeGreaterThan(0);
    expect(await pairsOf({ corrects: long, budget: { ...task.budget, steps: 1 } })).toEqual([]);
  });
});
