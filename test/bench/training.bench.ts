/**
 * Bench of training: the rate of whole training steps (forward, backward, AdamW with clipping) of a pre-norm decoder, as a
 * share of the best matrix product that ONNX Runtime does here in the same run. Products and steps are measured in turn,
 * round after round, so that other work on the machine meets them alike; figures are medians over the rounds.
 * FLOPs of a step are counted as 3·(24·d²·L + 4·T·d·L)·B·T; a product of n × n matrices is 2·n³.
 *
 *     node test/bench/training.bench.ts [--width D] [--layers L] [--time T] [--batch B] [--heads H] [--vocabulary V]
 *                                       [--threads N] [--rounds N] [--recompute]
 *
 * Prints one JSON line for the machine, one per product, and one for the step.
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { GraphBuilder } from '../../src-main/inference/graph/index.ts';
import { openResidentSession } from '../../src-main/inference/index.ts';
import { randomFrom } from '../../src-main/math/random.ts';
import {
  adamw,
  chain,
  clipByGlobalNorm,
  constant,
  openTrainingSession,
  planTraining,
} from '../../src-main/training/autodiff/index.ts';
import { decoderFeeds, decoderGraph, decoderWeights } from '../support/decoder.ts';

const { values } = parseArgs({
  options: {
    width: { type: 'string', default: '384' },
    layers: { type: 'string', default: '4' },
    time: { type: 'string', default: '256' },
    batch: { type: 'string', default: '8' },
    heads: { type: 'string', default: '6' },
    vocabulary: { type: 'string', default: '512' },
    threads: { type: 'string', default: String(availableParallelism()) },
    rounds: { type: 'string', default: '7' },
    recompute: { type: 'boolean', default: false },
  },
});
const [width, layers, time, batch] = [values.width, values.layers, values.time, values.batch].map(Number) as [
  number,
  number,
  number,
  number,
];
const [heads, vocabulary, threads, rounds] = [values.heads, values.vocabulary, values.threads, values.rounds].map(
  Number,
) as [number, number, number, number];
const options = { provider: 'cpu', threads } as const;

const median = (figures: readonly number[]) => figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? NaN;
const print = (line: object) => console.log(JSON.stringify(line));

interface Times {
  readonly wall: number[];
  /** Of all threads of this process: where the machine is busy it says more than the clock. */
  readonly processor: number[];
}

async function measure(times: Times, action: () => Promise<unknown>): Promise<void> {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  await action();
  const { user, system } = process.cpuUsage(before);
  times.wall.push((performance.now() - begun) / 1000);
  times.processor.push((user + system) / 1e6);
}

/** y = x·w of n × n matrices, both kept in the thread; a number comes back. */
function productGraph(n: number) {
  const builder = new GraphBuilder(`product-${n}`);
  const product = builder.node('MatMul', [
    builder.input('x', 'float32', [n, n]),
    builder.input('w', 'float32', [n, n]),
  ]);
  builder.output('y', product, 'float32', [n, n]);
  return builder.build();
}

const sizes = [1024, 2048, 4096];
await using products = openResidentSession(options);
for (const n of sizes) {
  const random = randomFrom(n);
  const data = Float32Array.from({ length: n * n }, () => random.normal());
  await products.hold({ [`matrix ${n}`]: { type: 'float32', dims: [n, n], data } });
  await products.open(String(n), productGraph(n));
}
const runProduct = (n: number) =>
  products.run(String(n), { held: { x: `matrix ${n}`, w: `matrix ${n}` }, kept: { y: `product ${n}` } });

const shape = { vocabulary, width, heads, layers, time, batch, gelu: 'operator' } as const;
const graph = decoderGraph(shape);
const trainable = decoderWeights(graph);
const plan = planTraining(graph, {
  loss: 'loss',
  trainable,
  optimizer: chain(clipByGlobalNorm(1), adamw({ schedule: constant(1e-3) })),
  ...(values.recompute && { recompute: 'all' }),
});
await using training = await openTrainingSession(plan, options);
const feeds = decoderFeeds(shape, batch, 'batch');

const timesOf = (): Times => ({ wall: [], processor: [] });
const productTimes = new Map(sizes.map((n) => [n, timesOf()]));
const stepTimes = timesOf();
const losses: number[] = [];
await training.step(feeds);
for (const n of sizes) await runProduct(n);
for (let round = 0; round < rounds; round++) {
  for (const [n, times] of productTimes) await measure(times, () => runProduct(n));
  await measure(stepTimes, async () => {
    const { outputs } = await training.step(feeds);
    losses.push(Number(outputs[0]?.['loss']?.data[0]));
  });
}

print({ kind: 'machine', model: cpus()[0]?.model, processors: availableParallelism(), load: loadavg()[0], threads });
const ratesOf = (flops: number, times: Times) => ({
  gigaflopsPerSecond: Math.round(flops / median(times.wall) / 1e9),
  gigaflopsPerProcessorSecond: Math.round(flops / median(times.processor) / 1e9),
});
const productRates = [...productTimes].map(([n, times]) => {
  const rates = ratesOf(2 * n ** 3, times);
  print({ kind: 'product', n, ...rates });
  return rates;
});
const flops = 3 * (24 * width ** 2 * layers + 4 * time * width * layers) * batch * time;
const rates = ratesOf(flops, stepTimes);
const shareOf = (key: keyof typeof rates) =>
  Number((rates[key] / Math.max(...productRates.map((product) => product[key]))).toFixed(3));
print({
  kind: 'step',
  ...{ width, layers, time, batch, heads, vocabulary, recompute: values.recompute },
  parameters: trainable.reduce((sum, name) => sum + (plan.parameters[name]?.data.length ?? 0), 0),
  nodes: plan.step.nodes.length,
  milliseconds: Math.round(median(stepTimes.wall) * 1000),
  ...rates,
  shareOfBestProduct: shareOf('gigaflopsPerSecond'),
  shareByProcessorTime: shareOf('gigaflopsPerProcessorSecond'),
  sequencesPerSecond: Number((batch / median(stepTimes.wall)).toFixed(1)),
  peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024),
  lossFirst: losses[0],
  lossLast: losses.at(-1),
});
