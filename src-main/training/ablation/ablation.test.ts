import { describe, expect, test } from 'vitest';
import { defaultNanoWords, nanoPolicy, openNano, randomWeights } from '../../inquiry/policies/nano/index.ts';
import { uniformPolicy } from '../../inquiry/policies/uniform.ts';
import { watcherOf } from '../../inquiry/testing/scripted-watcher.ts';
import { tinySize as size } from '../nano/testing/episodes.ts';
import type { SimulatedTask } from '../start/simulated-task.ts';
import { judgedEpisodes, rowOf } from './judged-episodes.ts';
import { mutualInformation, operatorInformation } from './operator-information.ts';
import { removable, withoutOperator } from './without-operator.ts';

const taskAt = (start: number | null): SimulatedTask => {
  const incidents = start === null ? [] : [{ start, end: start + 9 }];
  return {
    kind: start === null ? 'normal' : 'fight',
    ...{ watcher: watcherOf({ seconds: 100, incidents }), episode: { start: 0, end: 100 }, question: [] },
    truth: { label: start === null ? 0 : 1, intervals: incidents.map((each) => ({ ...each, class: 'fight' })) },
    budget: { frames: 48, steps: 8, seconds: 300 },
  };
};
const tasks = [30, null, 61, null].map(taskAt);
const more = Array.from({ length: 12 }, (_, index) => taskAt(5 + 7 * index));

describe('operators and kinds of scenes', () => {
  test('the information that one tells of the other, by hand', () => {
    const apart = [
      { kind: 'a', operators: { SAMPLE: 2 } },
      { kind: 'b', operators: { EXPAND: 2 } },
    ];
    expect(mutualInformation(apart)).toBeCloseTo(Math.log(2), 12);
    const alike = [
      { kind: 'a', operators: { SAMPLE: 1, EXPAND: 1 } },
      { kind: 'b', operators: { SAMPLE: 3, EXPAND: 3 } },
    ];
    expect(mutualInformation(alike)).toBeCloseTo(0, 12);
  });

  test('what chance gives as well is not significant, what it never gives is', () => {
    const told = Array.from({ length: 40 }, (_, index) => ({
      kind: index % 2 === 0 ? 'a' : 'b',
      operators: { [index % 2 === 0 ? 'SAMPLE' : 'EXPAND']: 1 },
    }));
    expect(operatorInformation(told, { seed: 1, permutations: 199 }).p).toBe(1 / 200);
    const untold = told.map((each, index) => ({ ...each, kind: index % 4 < 2 ? 'a' : 'b' }));
    expect(operatorInformation(untold, { seed: 1, permutations: 199 }).p).toBeGreaterThan(0.2);
  });
});

describe('rows of the table', () => {
  test('an operator that is taken away is not used, and the rest goes on', async () => {
    const model = { size, words: defaultNanoWords, weights: randomWeights(size, 'ablation.test') };
    await using net = await openNano(model, { provider: 'cpu', threads: 1 });
    const policy = nanoPolicy(net, { version: '0', choose: 'sample' });
    const used = async (played: typeof policy) =>
      rowOf('played', await judgedEpisodes(played, uniformPolicy, more)).operators;
    const all = await used(policy);
    expect(Object.keys(all)).toEqual(expect.arrayContaining(['BACKTRACK', 'EXPAND', 'SAMPLE']));
    for (const operator of removable) {
      const left = await used(withoutOperator(policy, operator));
      expect(left[operator]).toBeUndefined();
      expect(left['FINAL']).toBe(more.length);
    }
  });

  test('tasks alike are drawn apart, and each draw of them is another', async () => {
    const model = { size, words: defaultNanoWords, weights: randomWeights(size, 'ablation.test') };
    await using net = await openNano(model, { provider: 'cpu', threads: 1 });
    const policy = nanoPolicy(net, { version: '0', choose: 'sample' });
    const alike = more.slice(0, 1).flatMap((task) => [task, task, task, task]);
    const drawn = async (draw: number) =>
      (await judgedEpisodes(policy, uniformPolicy, alike, { draw })).map(({ operators }) => JSON.stringify(operators));
    const first = await drawn(0);
    expect(new Set(first).size).toBeGreaterThan(1);
    expect(await drawn(0)).toEqual(first);
    expect(await drawn(1)).not.toEqual(first);
  });

  test('a comparator has a row too, with its spread and its price', async () => {
    const row = rowOf('uniform', await judgedEpisodes(uniformPolicy, uniformPolicy, tasks));
    expect(row.recordings).toBe(4);
    expect(row.auc).toBe(1);
    expect(row.utilityLow).toBeLessThanOrEqual(row.utility);
    expect(row.utilityHigh).toBeGreaterThanOrEqual(row.utility);
    expect(row.framesPerMinute).toBeGreaterThan(0);
    expect(row.lookEntropy).toBe(0);
  });
});
