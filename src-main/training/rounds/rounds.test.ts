import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  decodeNano,
  defaultNanoWords,
  encodeNano,
  openNano,
  randomWeights,
  readingWeights,
} from '../../inquiry/policies/nano/index.ts';
import { watcherOf } from '../../inquiry/testing/scripted-watcher.ts';
import { tinySize as size } from '../nano/testing/episodes.ts';
import { gatheredOf } from './gather.ts';
import { decodeState, type Checkpoints, type RoundState } from './run-state.ts';
import { trainRounds, type RoundsRun } from './rounds.ts';
import type { RoundTask } from './round-task.ts';
import { defaultRoundSettings } from './settings.ts';

const taskAt = (start: number | null): RoundTask => {
  const incidents = start === null ? [] : [{ start, end: start + 7 }];
  return {
    id: `incident-${start}`,
    ...{ watcher: watcherOf({ seconds: 90, incidents }), episode: { start: 0, end: 90 }, question: [] },
    truth: { label: start === null ? 0 : 1, intervals: incidents.map((each) => ({ ...each, class: 'fight' })) },
    budget: { frames: 40, steps: 8, seconds: 300 },
  };
};
const tasks = async function* () {
  for (const start of [40, 20, 62]) yield await Promise.resolve(taskAt(start));
};
const run: RoundsRun = {
  model: { size, words: defaultNanoWords, weights: randomWeights(size, 'rounds.test') },
  tasks: () => tasks(),
  settings: { ...defaultRoundSettings, rounds: 2, rollouts: 5, learningRate: 1e-4, pairs: 1, epochs: 6 },
  ...{ seed: 5, threads: 1 },
};

/** Keeps states in memory; after `saves` of them the machine stops. */
function memory(saves = Infinity) {
  const states = new Map<string, Uint8Array>();
  let count = 0;
  const checkpoints: Checkpoints = {
    load: (name) => Promise.resolve(states.get(name) ?? null),
    save(name, bytes) {
      if (count++ >= saves) throw new Error('the power went out');
      states.set(name, bytes);
      return Promise.resolve();
    },
  };
  return { checkpoints, states };
}

describe('rounds', () => {
  test('the same run gives the same weights, cut off anywhere or not', async () => {
    const { checkpoints, states } = memory();
    const headed = { ...run, settings: { ...run.settings, head: { penalty: 1, replayed: 0.25 } } };
    const whole = await trainRounds({ ...headed, checkpoints });
    expect(whole.stopped).toBeNull();
    expect([...states.keys()].sort()).toEqual(['round', 'step']);
    expect(encodeNano(whole.model)).not.toEqual(encodeNano(run.model));
    expect(whole.points.filter(({ step }) => step === 0)).toHaveLength(2);
    for (const saves of [1, 3]) {
      const cut = memory(saves);
      await expect(trainRounds({ ...headed, checkpoints: cut.checkpoints })).rejects.toThrow('the power went out');
      const { checkpoints: left } = memory();
      const resumed = await trainRounds({
        ...headed,
        checkpoints: { ...left, load: (name) => Promise.resolve(cut.states.get(name) ?? null) },
      });
      expect(resumed.points).toEqual(whole.points);
      expect(Buffer.from(encodeNano(resumed.model)).equals(encodeNano(whole.model))).toBe(true);
    }
  }, 120_000);

  test('rollouts side by side change nothing', async () => {
    const single = { ...run, settings: { ...run.settings, rounds: 1 } };
    const { points } = await trainRounds({ ...single, threads: 1 });
    const { points: others } = await trainRounds({ ...single, threads: 2 });
    expect(others[0]).toEqual(points[0]);
  }, 60_000);

  test('a run that trains what is read leaves all other weights as they were', async () => {
    const settings = { ...run.settings, rounds: 1, epochs: 1, trains: 'reading' } as const;
    const { weights } = (await trainRounds({ ...run, settings })).model;
    const changed = Object.keys(weights).filter((name) => !isDeepStrictEqual(weights[name], run.model.weights[name]));
    expect(changed).toContain('belief/head');
    expect(changed.filter((name) => !readingWeights(size).includes(name))).toEqual([]);
  }, 60_000);

  test('a head is fitted to what one’s own recordings show before the net learns, and stays with it', async () => {
    const settings = { ...run.settings, rounds: 1, epochs: 1, head: { penalty: 1, replayed: 0.25 } } as const;
    const { checkpoints, states } = memory();
    const { model } = await trainRounds({ ...run, settings, checkpoints });
    const state = states.get('round');
    if (state === undefined || model.head === undefined) throw new Error('There is no head.');
    expect(Array.from(model.head.weights).some((weight) => weight !== 0)).toBe(true);
    expect(decodeNano(decodeState<RoundState>(state).model).head).toEqual(model.head);
    const without = await trainRounds({ ...run, settings: { ...settings, head: null } });
    expect(without.model.head).toBeUndefined();
    const later = await trainRounds({ ...run, model, settings: { ...settings, head: null } });
    expect(later.model.head).toEqual(model.head);
  }, 60_000);

  test('a run without preferences ends and says so', async () => {
    const outcome = await trainRounds({ ...run, settings: { ...run.settings, rollouts: 0 } });
    expect(outcome.stopped).toBe('no-pairs');
    expect(encodeNano(outcome.model)).toEqual(encodeNano(run.model));
  });

  test('it stops where what is preferred becomes less likely', async () => {
    const outcome = await trainRounds({
      ...run,
      // A rate that leaves nothing of what it could say.
      settings: { ...run.settings, rounds: 1, epochs: 8, learningRate: 0.1, mostFall: 0.02 },
    });
    expect(outcome.stopped).toBe('likelihood-fell');
  }, 60_000);

  test('of what is replayed only for its beliefs there is nothing to prefer, and nothing new to believe', async () => {
    await using net = await openNano(run.model, { provider: 'cpu', threads: 1 });
    const asked = { settings: run.settings, version: 'test', seed: 1 };
    const { pairs, rollouts, beliefs } = await gatheredOf({ ...taskAt(40), replayed: 'beliefs' }, net, asked);
    expect([pairs, rollouts]).toEqual([[], []]);
    expect(beliefs.length).toBeGreaterThan(1);
    for (const { believed = {}, bag } of beliefs) {
      expect(Object.values(believed).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
      expect(bag).toBeNull();
    }
    const looked = await gatheredOf({ ...taskAt(40), replayed: 'looks' }, net, asked);
    expect(looked.pairs.length).toBeGreaterThan(0);
    expect(looked.beliefs.every(({ believed }) => believed !== undefined)).toBe(true);
  }, 60_000);

  test('a damaged checkpoint is named as one', () => {
    expect(() => decodeState(new Uint8Array([1, 2, 3]))).toThrow('damaged');
  });
});
