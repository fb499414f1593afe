/** The gradient of the whole nano policy under its whole loss, in float64 against central differences. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeModel, type TensorData } from '../../inference/graph/index.ts';
import { openSession, type Session } from '../../inference/index.ts';
import {
  beliefSequence,
  defaultNanoWords,
  openNano,
  randomWeights,
  weightSpecs,
  type NanoWeights,
} from '../../inquiry/policies/nano/index.ts';
import type { ViewLook } from '../../inquiry/policy.ts';
import { randomFrom } from '../../math/random.ts';
import { differentiate, gradientName } from '../autodiff/index.ts';
import { defaultIdpoSettings } from '../idpo/loss.ts';
import { choiceWeights, pairExample } from '../idpo/pair-example.ts';
import { batchFeeds } from './batch.ts';
import { beliefExample } from './examples.ts';
import { choiceLogProbs } from '../../inquiry/policies/nano/log-probs.ts';
import { nanoLossGraph } from './loss-graph.ts';
import { recordedEpisodes, scriptedTruth, tinySize as size } from './testing/episodes.ts';

type Feeds = Readonly<Record<string, TensorData>>;

/** Weights with nothing at zero, so that every part of the net has a slope. */
const weights = Object.fromEntries(
  Object.entries(randomWeights(size, 'gradient.test')).map(([name, tensor]) => {
    const random = randomFrom(`gradient.test/${name}`);
    return [name, { ...tensor, data: tensor.data.map((value) => value + 0.1 * random.normal()) }];
  }),
) satisfies NanoWeights;
const names = Object.keys(weightSpecs(size));
const cpu = { provider: 'cpu', threads: 1 } as const;

const inDouble = (feeds: Feeds): Record<string, TensorData> =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, tensor]) => [
      name,
      tensor.type === 'float32'
        ? { type: 'float64' as const, dims: tensor.dims, data: Float64Array.from(tensor.data) }
        : tensor,
    ]),
  );

const twoFrames = [0, 2].map((offset) => ({ offset, sight: 2, reread: false }));
/** What a replay and a simulator show. */
const otherWorlds: ViewLook[] = [
  {
    ...{ interval: 2, purpose: 'opening-look', frames: twoFrames },
    observation: { kind: 'caption', segments: [{ caption: 'two persons at a gate', score: 0.4, frames: [0, 1] }] },
  },
  {
    ...{ interval: 1, purpose: 'closer-look', frames: twoFrames },
    observation: { kind: 'symbols', vocabulary: 'test', symbols: [3, 7, 7, 300] },
  },
];

let session: Session;
let feeds: Record<string, TensorData>;

beforeAll(async () => {
  await using net = await openNano({ size, words: defaultNanoWords, weights }, cpu);
  const episodes = await recordedEpisodes(net, [1, 5, 9]);
  const old = await openNano({ size, words: defaultNanoWords, weights: randomWeights(size, 'old') }, cpu);
  const referred = [];
  for (const { transcript } of episodes) {
    referred.push({ transcript, reference: await choiceLogProbs(old, transcript) });
  }
  await old[Symbol.asyncDispose]();
  const [a, b, c] = referred;
  if (a === undefined || b === undefined || c === undefined) throw new TypeError('three episodes');
  const beliefs = episodes.flatMap(({ inputs, trajectory }, index) =>
    inputs
      .slice(-1)
      .map((input) =>
        beliefExample(input, trajectory, index === 0 ? { label: 1, intervals: null } : scriptedTruth, defaultNanoWords),
      ),
  );
  beliefs.push({
    ...beliefSequence({ classes: ['normal', 'fight'], activity: [], looks: otherWorlds }, defaultNanoWords),
    ...{ classes: ['normal', 'fight'], truth: ['fight'], frames: [], bag: null },
  });
  const batch = {
    choices: [{ transcript: c.transcript, weights: choiceWeights(c.transcript, defaultIdpoSettings) }],
    beliefs,
    pairs: [
      pairExample(a, b, 'utility', defaultIdpoSettings),
      pairExample(b, c, 'correction', { ...defaultIdpoSettings, turnDiscount: 0.7 }),
    ],
  };
  feeds = { ...inDouble(batchFeeds(batch, size, defaultNanoWords)), ...inDouble(weights) };
  // A strong preference, so that its part of the gradient is not lost beside the others.
  const forward = nanoLossGraph(size, weights, { precision: 'float64', preference: { beta: 1 } });
  const { graph } = differentiate(forward, { loss: 'loss', trainable: names });
  session = await openSession(encodeModel(graph), cpu);
});
afterAll(() => session[Symbol.asyncDispose]());

const lossOf = (outputs: Feeds) => Number(outputs['loss']?.data[0]);

describe('the gradient of the nano policy', () => {
  test.each(names)('by %s', async (name) => {
    const own = feeds[name];
    const found = await session.run(feeds);
    const gradient = Array.from(found[gradientName(name)]?.data ?? [], Number);
    expect(gradient).toHaveLength(own?.data.length ?? -1);
    const random = randomFrom(`direction/${name}`);
    const direction = gradient.map(() => random.normal());
    const slope = gradient.reduce((sum, value, index) => sum + value * (direction[index] ?? 0), 0);
    const step = 1e-5;
    const at = async (distance: number) => {
      const data = Float64Array.from(
        gradient,
        (_, place) => Number(own?.data[place]) + distance * (direction[place] ?? 0),
      );
      return lossOf(await session.run({ ...feeds, [name]: { type: 'float64', dims: own?.dims ?? [], data } }));
    };
    const measured = ((await at(step)) - (await at(-step))) / (2 * step);
    expect(Math.abs(slope)).toBeGreaterThan(1e-9);
    expect(Math.abs(measured - slope) / Math.max(Math.abs(slope), 1e-6)).toBeLessThan(1e-3);
  });
});
