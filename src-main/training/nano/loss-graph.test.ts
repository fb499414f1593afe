import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession, type Session, type TensorData } from '../../inference/index.ts';
import { encodeModel } from '../../inference/graph/index.ts';
import {
  defaultNanoWords,
  nanoPolicy,
  openNano,
  randomWeights,
  type NanoNet,
} from '../../inquiry/policies/nano/index.ts';
import { defaultIdpoSettings, idpoLoss } from '../idpo/loss.ts';
import { choiceWeights, pairExample, type ReferredTranscript } from '../idpo/pair-example.ts';
import { batchFeeds } from './batch.ts';
import { readBy, remembered } from '../rollouts/remembered.ts';
import { beliefExample, type BeliefExample } from './examples.ts';
import { nanoLossGraph } from './loss-graph.ts';
import { partsOf } from './parts.ts';
import { choiceLogProbs } from '../../inquiry/policies/nano/log-probs.ts';
import type { Recorded } from './recorded.ts';
import { recordedEpisodes, scriptedTruth, tinySize } from './testing/episodes.ts';

const size = tinySize;
const weights = randomWeights(size, 'loss-graph.test');
const before = randomWeights(size, 'the reference');
const cpu = { provider: 'cpu', threads: 1 } as const;
let net: NanoNet;
let reference: NanoNet;
let session: Session;
const episodes: (Recorded & { referred: ReferredTranscript; logProbs: readonly number[] })[] = [];

beforeAll(async () => {
  net = await openNano({ size, words: defaultNanoWords, weights }, cpu);
  reference = await openNano({ size, words: defaultNanoWords, weights: before }, cpu);
  session = await openSession(encodeModel(nanoLossGraph(size, weights, { preference: { beta: 0.1 } })), cpu);
  for (const record of await recordedEpisodes(net, [1, 2, 5, 9])) {
    const [logProbs, old] = [
      await choiceLogProbs(net, record.transcript),
      await choiceLogProbs(reference, record.transcript),
    ];
    episodes.push({ ...record, logProbs, referred: { transcript: record.transcript, reference: old } });
  }
});
afterAll(async () => {
  for (const each of [net, reference, session]) await each[Symbol.asyncDispose]();
});

const numbers = (outputs: Readonly<Record<string, TensorData>>, name: string) =>
  Array.from(outputs[name]?.data ?? [], Number);
const one = (outputs: Readonly<Record<string, TensorData>>, name: string) => numbers(outputs, name)[0] ?? NaN;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What all looks together add to the evidence of each frame: the loss is that of the frames alone. */
async function learnedIn({ inputs }: Recorded): Promise<number> {
  const policy = nanoPolicy(net, { version: 'test', choose: 'greedy' });
  const [last] = inputs.slice(-1);
  if (last === undefined) throw new Error('an episode without a read-out');
  const [seen, unseen] = [await policy.readBelief(last), await policy.readBelief({ ...last, looks: [] })];
  return seen.prior - unseen.prior;
}

describe('the training graph', () => {
  test('choices: the weighed mean of −log π, as the cached net says it', async () => {
    const choices = episodes.map(({ transcript }) => ({
      transcript,
      weights: choiceWeights(transcript, defaultIdpoSettings),
    }));
    const outputs = await session.run(batchFeeds({ choices, beliefs: [], pairs: [] }, size, defaultNanoWords));
    const expected = mean(
      episodes.map(({ logProbs }, index) =>
        logProbs.reduce((sum, value, place) => sum - value * (choices[index]?.weights[place] ?? NaN), 0),
      ),
    );
    expect(one(outputs, 'loss/choice')).toBeCloseTo(expected, 3);
    expect(one(outputs, 'loss')).toBeCloseTo(expected, 3);
    const own = episodes.flatMap(({ logProbs }) => logProbs);
    for (const [index, value] of numbers(outputs, 'log-probs').entries())
      expect(value).toBeCloseTo(own[index] ?? NaN, 4);
  });

  test('pairs: the reference loss in plain numbers, whatever else is in the batch', async () => {
    const [a, b, c] = episodes;
    if (a === undefined || b === undefined || c === undefined) throw new TypeError('three episodes');
    const couples = [
      [a, b, 'utility'],
      [c, b, 'preference'],
      [a, c, 'correction'],
    ] as const;
    const pairs = couples.map(([chosen, rejected, origin]) =>
      pairExample(chosen.referred, rejected.referred, { origin, margin: 0.3 }, defaultIdpoSettings),
    );
    const outputs = await session.run(batchFeeds({ choices: [], beliefs: [], pairs }, size, defaultNanoWords));
    const terms = couples.map(([chosen, rejected], index) => {
      const { chosenWeights, rejectedWeights, smoothing, likelihood } = pairs[index] ?? never();
      return idpoLoss(
        {
          chosen: { policy: chosen.logProbs, reference: chosen.referred.reference, weights: chosenWeights },
          rejected: { policy: rejected.logProbs, reference: rejected.referred.reference, weights: rejectedWeights },
          ...{ smoothing, likelihood },
        },
        0.1,
      );
    });
    for (const [index, value] of numbers(outputs, 'margin').entries()) {
      expect(value).toBeCloseTo(terms[index]?.margin ?? NaN, 3);
    }
    expect(one(outputs, 'loss')).toBeCloseTo(mean(terms.map(({ loss }) => loss)), 3);
  });

  test('beliefs: −ln of what the read-out gives to the truth, and the log-loss of every frame', async () => {
    const beliefs = episodes.flatMap((episode) =>
      episode.inputs
        .slice(-1)
        .map((input) => beliefExample(input, episode.trajectory, scriptedTruth, defaultNanoWords)),
    );
    const outputs = await session.run(batchFeeds({ choices: [], beliefs, pairs: [] }, size, defaultNanoWords));
    const readOuts = episodes.map(({ trajectory }) => trajectory.steps.at(-1)?.belief);
    const expected = mean(readOuts.map((belief) => -Math.log(belief?.probabilities['fight'] ?? NaN)));
    expect(one(outputs, 'loss/belief')).toBeCloseTo(expected, 4);
    // Each instant of a look counts once, though two looks may be the same.
    const learned = await Promise.all(episodes.map(learnedIn));
    const frames = episodes.flatMap(({ trajectory }, episode) => {
      const seen = new Map<string, { label: number; logit: number }>();
      for (const { keys, density, evidence } of trajectory.looks) {
        for (const [index, key] of keys.entries()) {
          const time = key / 8;
          // A frame stands for half the sampling interval on either side.
          const reach = 1 / (density * 2);
          const label = time + reach > 40 && time - reach < 47 ? 1 : 0;
          seen.set(`${String(density)}/${keys.join()}/${String(key)}`, {
            label,
            logit: (evidence[index] ?? NaN) - (learned[episode] ?? NaN),
          });
        }
      }
      return [...seen.values()];
    });
    const losses = frames.map(({ label, logit }) => Math.log1p(Math.exp(logit)) - label * logit);
    expect(frames.some(({ label }) => label === 1)).toBe(true);
    expect(one(outputs, 'loss/evidence')).toBeCloseTo(mean(losses), 4);
  });

  test('what is remembered: the cross-entropy with what the net itself believes, which is its entropy', async () => {
    const examples = episodes.flatMap(({ inputs, trajectory }) =>
      inputs.slice(-1).map((input) => beliefExample(input, trajectory, scriptedTruth, defaultNanoWords)),
    );
    const beliefs = await Promise.all(examples.map(async (example) => remembered(await readBy(net, example))));
    const outputs = await session.run(batchFeeds({ choices: [], beliefs, pairs: [] }, size, defaultNanoWords));
    const entropies = episodes.map(({ trajectory }) =>
      Object.values(trajectory.steps.at(-1)?.belief.probabilities ?? {}).reduce((sum, p) => sum - p * Math.log(p), 0),
    );
    expect(one(outputs, 'loss/belief')).toBeCloseTo(mean(entropies), 4);
    const ofFrames = beliefs.flatMap(({ frames }) =>
      frames.map(({ label: p }) => -p * Math.log(p) - (1 - p) * Math.log(1 - p)),
    );
    expect(ofFrames.length).toBeGreaterThan(0);
    expect(one(outputs, 'loss/evidence')).toBeCloseTo(mean(ofFrames), 4);
  });

  test('video-level labels: the log-mean-exp of the evidence of all frames', async () => {
    const [episode] = episodes;
    if (episode === undefined) throw new TypeError('an episode');
    const examples = episode.inputs
      .slice(-1)
      .map((input) => beliefExample(input, episode.trajectory, { label: 1, intervals: null }, defaultNanoWords));
    const [example] = examples as [BeliefExample];
    expect(example.frames).toEqual([]);
    expect(example.truth).not.toContain('normal');
    const outputs = await session.run(
      batchFeeds({ choices: [], beliefs: examples, pairs: [] }, size, defaultNanoWords),
    );
    const { evidence } = await net.read(example.positions, [], null);
    const pooled = Math.log(mean((example.bag ?? []).map((at) => Math.exp(evidence[at] ?? NaN))));
    expect(one(outputs, 'loss/evidence')).toBeCloseTo(Math.log1p(Math.exp(pooled)) - pooled, 4);
  });

  test('parts of a batch: each example is in one of them, and the mean over them is that of the whole', async () => {
    const choices = episodes.map(({ transcript }) => ({
      transcript,
      weights: choiceWeights(transcript, defaultIdpoSettings),
    }));
    const beliefs = episodes.flatMap(({ inputs, trajectory }) =>
      inputs.map((input, index) => {
        const intervals = index % 2 === 0 ? scriptedTruth.intervals : null;
        return beliefExample(input, trajectory, { label: 1, intervals }, defaultNanoWords);
      }),
    );
    const pairs = episodes.slice(1).flatMap(({ referred }, index) => {
      const before = episodes[index];
      return before === undefined
        ? []
        : [pairExample(referred, before.referred, { origin: 'utility', margin: 0.3 }, defaultIdpoSettings)];
    });
    const batch = { choices, beliefs, pairs };
    const parts = partsOf(batch);
    expect(parts.length).toBeGreaterThan(1);
    for (const name of ['choices', 'beliefs', 'pairs'] as const) {
      const found = parts.flatMap((part): readonly unknown[] => part.batch[name] ?? []);
      expect(found).toHaveLength(batch[name].length);
      expect(new Set(found)).toEqual(new Set<unknown>(batch[name]));
    }
    const whole = await session.run(batchFeeds(batch, size, defaultNanoWords));
    const ofParts = [];
    for (const { batch: part, counts } of parts) {
      ofParts.push(await session.run(batchFeeds(part, size, defaultNanoWords, undefined, counts)));
    }
    for (const name of ['loss', 'loss/choice', 'loss/belief', 'loss/evidence', 'loss/preference']) {
      expect(mean(ofParts.map((outputs) => one(outputs, name)))).toBeCloseTo(one(whole, name), 4);
    }
    expect(() => partsOf({ choices: [], beliefs: [] })).toThrow(RangeError);
  });

  test('an empty batch is refused', () => {
    expect(() => batchFeeds({ choices: [], beliefs: [] }, size, defaultNanoWords)).toThrow(RangeError);
  });
});

function never(): never {
  throw new TypeError('There is one for each.');
}
