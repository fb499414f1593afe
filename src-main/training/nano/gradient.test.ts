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
  type NanoSize,
  type NanoWeights,
} from '../../inquiry/policies/nano/index.ts';
import { defaultNanoSize } from '../../inquiry/policies/nano/nano-config.ts';
import { choiceLogProbs } from '../../inquiry/policies/nano/log-probs.ts';
import type { ViewLook } from '../../inquiry/policy.ts';
import { randomFrom } from '../../math/random.ts';
import { differentiate, gradientName } from '../autodiff/index.ts';
import { defaultIdpoSettings } from '../idpo/loss.ts';
import { choiceWeights, pairExample } from '../idpo/pair-example.ts';
import { batchFeeds } from './batch.ts';
import { beliefExample } from './examples.ts';
import { nanoLossGraph } from './loss-graph.ts';
import { recordedEpisodes, scriptedTruth, tinySize } from './testing/episodes.ts';

type Feeds = Readonly<Record<string, TensorData>>;

/** Weights with nothing at zero, so that every part of the net has a slope. */
const weightsOf = (size: NanoSize): NanoWeights =>
  Object.fromEntries(
    Object.entries(randomWeights(size, 'gradient.test')).map(([name, tensor]) => {
      const random = randomFrom(`gradient.test/${name}`);
      return [name, { ...tensor, data: tensor.data.map((value) => value + 0.1 * random.normal()) }];
    }),
  );
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

/** The differentiated loss of a net of that size in a session, and a batch with all that it can learn from. */
async function differentiated(size: NanoSize): Promise<{ session: Session; feeds: Record<string, TensorData> }> {
  const weights = weightsOf(size);
  await using net = await openNano({ size, words: defaultNanoWords, weights }, cpu);
  const episodes = await recordedEpisodes(net, [1, 5, 9]);
  await using old = await openNano({ size, words: defaultNanoWords, weights: randomWeights(size, 'old') }, cpu);
  const referred = [];
  for (const { transcript } of episodes) {
    referred.push({ transcript, reference: await choiceLogProbs(old, transcript) });
  }
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
      pairExample(a, b, { origin: 'utility', margin: 0.3 }, defaultIdpoSettings),
      pairExample(b, c, { origin: 'correction', margin: null }, { ...defaultIdpoSettings, turnDiscount: 0.7 }),
    ],
  };
  // A strong preference, so that its part of the gradient is not lost beside the others.
  const forward = nanoLossGraph(size, weights, { precision: 'float64', preference: { beta: 1 } });
  const { graph } = differentiate(forward, { loss: 'loss', trainable: Object.keys(weights) });
  return {
    session: await openSession(encodeModel(graph), cpu),
    feeds: { ...inDouble(batchFeeds(batch, size, defaultNanoWords)), ...inDouble(weights) },
  };
}

/** The slope along a random direction through those weights, by the gradient and by central differences. */
async function slopes(session: Session, feeds: Feeds, names: readonly string[], seed: string) {
  const found = await session.run(feeds);
  const random = randomFrom(seed);
  const directions = new Map<string, number[]>();
  let slope = 0;
  for (const name of names) {
    const gradient = Array.from(found[gradientName(name)]?.data ?? [], Number);
    expect(gradient).toHaveLength(feeds[name]?.data.length ?? -1);
    const direction = gradient.map(() => random.normal());
    slope += gradient.reduce((sum, value, index) => sum + value * (direction[index] ?? 0), 0);
    directions.set(name, direction);
  }
  const at = async (distance: number) => {
    const moved = names.map((name): [string, TensorData] => {
      const { data, dims } = feeds[name] ?? { data: [], dims: [] };
      const direction = directions.get(name) ?? [];
      const values = Float64Array.from(direction, (step, place) => Number(data[place]) + distance * step);
      return [name, { type: 'float64', dims, data: values }];
    });
    return Number((await session.run({ ...feeds, ...Object.fromEntries(moved) }))['loss']?.data[0]);
  };
  const step = 1e-5 / Math.sqrt(names.length);
  return { slope, measured: ((await at(step)) - (await at(-step))) / (2 * step) };
}

const relativeError = ({ slope, measured }: { slope: number; measured: number }) =>
  Math.abs(measured - slope) / Math.max(Math.abs(slope), 1e-6);

describe('the gradient of the nano policy', () => {
  let small: Awaited<ReturnType<typeof differentiated>>;
  beforeAll(async () => {
    small = await differentiated(tinySize);
  });
  afterAll(() => small.session[Symbol.asyncDispose]());

  test.each(Object.keys(weightSpecs(tinySize)))('by %s', async (name) => {
    const along = await slopes(small.session, small.feeds, [name], `direction/${name}`);
    expect(Math.abs(along.slope)).toBeGreaterThan(1e-9);
    expect(relativeError(along)).toBeLessThan(1e-3);
  });

  test('by all weights of a net of the shipped size', async () => {
    const { session, feeds } = await differentiated(defaultNanoSize);
    await using _ = session;
    const names = Object.keys(weightSpecs(defaultNanoSize));
    for (const seed of ['one way', 'another']) {
      const along = await slopes(session, feeds, names, seed);
      expect(Math.abs(along.slope)).toBeGreaterThan(1e-9);
      expect(relativeError(along)).toBeLessThan(1e-3);
    }
  }, 120_000);
});
