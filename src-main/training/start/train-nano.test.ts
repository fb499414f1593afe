import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeNano, unsimulatedFeatures, weightNamed } from '../../inquiry/policies/nano/index.ts';
import { firstWeights } from './first-weights.ts';
import { simulatedTask } from './simulated-task.ts';
import { defaultAeiWeights } from '../aei/utility.ts';
import { trainNano, type TrainNanoSettings } from './train-nano.ts';

const settings: TrainNanoSettings = {
  size: { width: 32, layers: 1, heads: 2 },
  ...{
    seed: 'test',
    recordings: 3,
    guided: 2,
    rollouts: 2,
    guidedRollouts: 2,
    guidedPlans: 1,
    aei: defaultAeiWeights,
    epochs: 2,
    choiceEpochs: 2,
  },
  ...{
    learningRate: 1e-3,
    startLearningRate: 3e-4,
    batch: 4,
    guidedBeliefs: 2,
    rounds: 1,
    roundRecordings: 2,
    roundLearningRate: 5e-5,
    heldOut: 3,
    without: ['running'],
  },
};

describe('simulated tasks', () => {
  test('the same seed gives the same task; what is said of an episode is what happens in it', () => {
    for (let number = 0; number < 12; number++) {
      const [task, again] = [simulatedTask(`task-${number}`), simulatedTask(`task-${number}`)];
      expect({ ...again, watcher: null }).toEqual({ ...task, watcher: null });
      expect(task.episode.start).toBeGreaterThanOrEqual(0);
      expect(task.episode.end).toBeLessThanOrEqual(Math.min(128, task.watcher.seconds));
      const { label, intervals } = task.truth;
      expect((intervals ?? []).length > 0).toBe(label === 1);
      for (const { start, end } of intervals ?? []) {
        expect(end).toBeGreaterThan(task.episode.start);
        expect(start).toBeLessThan(task.episode.end);
      }
    }
  });
});

describe('the first weights', () => {
  test('are deaf to what is usual for a camera and to the words of captions, and to nothing else', () => {
    const weights = firstWeights(settings.size, '1');
    for (const modality of ['window', 'frame', 'caption'] as const) {
      const { data, dims } = weightNamed(weights, `project/${modality}`);
      const [features = 0, width = 0] = dims;
      const silent = Array.from({ length: features }, (_, feature) => feature).filter((feature) =>
        data.subarray(feature * width, (feature + 1) * width).every((value) => value === 0),
      );
      expect(silent).toEqual(unsimulatedFeatures[modality]);
    }
  });
});

describe('a training run', () => {
  test('makes weights and their card; cut off, it goes on from what is finished; other settings are refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'anom-pi-train-nano-'));
    const said: string[] = [];
    const run = { folder, threads: 1, say: (words: string) => said.push(words) };
    const abort = new AbortController();
    const cut = trainNano(settings, {
      ...run,
      signal: abort.signal,
      say: (words) => (words.startsWith('beliefs:') ? abort.abort(new Error('stopped by hand')) : undefined),
    });
    await expect(cut).rejects.toThrow('stopped by hand');
    expect(await readdir(folder)).toContain('beliefs.nano');

    const { model, card } = await trainNano(settings, run);
    expect(said[0]).toBe('beliefs: made before');
    expect(card.heldOut.map(({ stage }) => stage)).toEqual(['beliefs', 'start', 'rounds']);
    expect(card.heldOut[0]?.beliefs.logLoss).toBeGreaterThan(0);
    expect(card.weights).toMatch(/^[0-9a-f]{64}$/);
    expect(card.chosenUtility.best).toBeGreaterThanOrEqual(card.chosenUtility.mean);
    const again = await trainNano(settings, run);
    expect(Buffer.from(encodeNano(again.model)).equals(encodeNano(model))).toBe(true);
    expect(again.card).toEqual(card);
    await expect(trainNano({ ...settings, seed: 'other' }, run)).rejects.toMatchObject({ code: 'invalid-argument' });
  }, 180_000);
});
