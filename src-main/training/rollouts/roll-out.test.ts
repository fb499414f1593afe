import { describe, expect, test } from 'vitest';
import { budgetFor } from '../../inquiry/budget.ts';
import { rulesPolicy } from '../../inquiry/policies/rules.ts';
import { defaultNanoWords, transcribing } from '../../inquiry/policies/nano/index.ts';
import type { Action } from '../../contract/trajectory.ts';
import type { BeliefInput, Policy } from '../../inquiry/policy.ts';
import { readAttributes } from '../../inquiry/read-out.ts';
import { watcherOf } from '../../inquiry/testing/scripted-watcher.ts';
import { randomFrom } from '../../math/random.ts';
import { utilityOf } from '../aei/utility.ts';
import { recorded } from '../nano/recorded.ts';
import { explorer } from './explorer.ts';
import { remaining } from './remaining.ts';
import { rollOut, type RolloutTask } from './roll-out.ts';

const episode = { start: 0, end: 100 };

/** A recording with one incident of `seconds` seconds, or with none. */
function taskWith(start: number | null, seconds = 7): RolloutTask {
  const incidents = start === null ? [] : [{ start, end: start + seconds }];
  // Triage sees a little of it, and as much elsewhere.
  const activityAt = (second: number) =>
    start !== null && second >= start && second < start + seconds ? 0.3 : second % 17 === 0 ? 0.3 : 0.05;
  return {
    watcher: watcherOf({ seconds: episode.end, incidents, activityAt }),
    truth: { label: start === null ? 0 : 1, intervals: incidents.map((each) => ({ ...each, class: 'unusual' })) },
    ...{ episode, budget: budgetFor('nano', episode), question: [] },
  };
}

/** Takes these actions one after the other; FINAL names what stands out. */
const scripted = (actions: readonly Action[]): Policy => ({
  ...{ name: 'scripted', version: '1', opens: true, readBelief: readAttributes },
  decide: async (view, random, signal) => {
    const action = actions[view.taken.length];
    if (action !== undefined && view.chargeOf(action).allowed) return { action, reason: 'As told.' };
    return rulesPolicy.decide({ ...view, mustEnd: true }, random, signal);
  },
});
const write = (policy: Policy) => recorded(transcribing(policy, defaultNanoWords));
const run = (task: RolloutTask, policy: Policy, seed = 0) => rollOut(task, write(policy), rulesPolicy, seed);

describe('rollouts', () => {
  test('the same seed gives the same rollout, and each is one that the nano policy could have said', async () => {
    const operators = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const task = taskWith(seed % 2 === 0 ? 10 + 2 * seed : null);
      const { trajectory, transcript, terms } = await run(task, explorer(rulesPolicy), seed);
      for (const { action } of trajectory.steps) operators.add(action?.operator ?? '');
      expect(transcript.actions).toHaveLength(trajectory.steps.length - 1);
      expect(Number.isFinite(utilityOf(terms))).toBe(true);
    }
    expect(operators).toEqual(new Set(['', 'THINK', 'BACKTRACK', 'EXPAND', 'SAMPLE', 'FINAL']));
    const [one, again] = [
      await run(taskWith(40), explorer(rulesPolicy), 3),
      await run(taskWith(40), explorer(rulesPolicy), 3),
    ];
    expect(again).toEqual(one);
  });

  test('the terms of an episode without looks: no information, no success, no cost but the opening', async () => {
    const { terms, incident } = await run(taskWith(null), scripted([]));
    expect(incident).toBeLessThan(0.3);
    expect(terms.localisation).toBe(0);
    // Seven frames 16 s apart, and one look.
    expect(terms.cost).toBeCloseTo(8 / 40, 12);
    expect(terms.success).toBeGreaterThan(0.8);
  });

  test('repeating a look or thinking idly never raises the utility', async () => {
    const closer: Action = { operator: 'SAMPLE', start: 38, end: 46, rate: 1 };
    const thought: Action = { operator: 'THINK', attributes: ['motion'], text: '' };
    for (const start of [null, 40]) {
      const once = utilityOf((await run(taskWith(start), scripted([closer]))).terms);
      const again = { ...closer, start: 0, end: 8 };
      for (const idle of [
        [closer, again],
        [closer, thought],
        [closer, thought, again, thought],
      ]) {
        expect(utilityOf((await run(taskWith(start), scripted(idle))).terms)).toBeLessThanOrEqual(once);
      }
    }
  });

  test('a good look-around beats both an immediate FINAL and looking at everything', async () => {
    const random = randomFrom('look-around');
    let [won, all] = [0, 0];
    for (let number = 0; number < 20; number++) {
      const task = taskWith(number % 2 === 0 ? 10 + Math.floor(random.between(0, 70)) : null, 8);
      const { start = 50 } = task.truth.intervals?.[0] ?? {};
      const around: Action = { operator: 'SAMPLE', start: start - 2, end: start + 10, rate: 1 };
      const everything: Action = { operator: 'SAMPLE', start: 0, end: 100, rate: 0.25 };
      const rest: Action = { operator: 'SAMPLE', start: 2, end: 40, rate: 0.25 };
      const [good, blind, thorough] = [
        await run(task, scripted([around])),
        await run(task, scripted([])),
        await run(task, scripted([everything, around, rest])),
      ].map(({ terms }) => utilityOf(terms));
      all++;
      const isWorthIt = task.truth.label === 1 ? (good ?? 0) > (blind ?? 0) : true;
      if (isWorthIt && (good ?? 0) > (thorough ?? 0)) won++;
    }
    expect(won / all).toBeGreaterThanOrEqual(0.95);
  });
});

describe('what remains without the flagged spans', () => {
  test('frames go, looks without any go, and the rest is described anew', async () => {
    const task = taskWith(40);
    const { trajectory, inputs } = await run(task, scripted([{ operator: 'SAMPLE', start: 36, end: 44, rate: 1 }]));
    const input = inputs.at(-1) as BeliefInput;
    const left = await remaining(input, trajectory, [{ start: 39.5, end: 60 }], task.watcher);
    const times = (each: BeliefInput) => each.looks.map(({ frames }) => frames.length);
    expect(times(left)[0]).toBeLessThan(times(input)[0] ?? 0);
    expect(left.looks[1]?.observation).not.toEqual(input.looks[1]?.observation);
    const before = readAttributes(input).probabilities['normal'] ?? 1;
    expect(readAttributes(left).probabilities['normal']).toBeGreaterThan(before);
    expect(await remaining(input, trajectory, [], task.watcher)).toEqual(input);
    expect((await remaining(input, trajectory, [episode], task.watcher)).looks).toEqual([]);
  });
});
