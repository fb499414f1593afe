/** The program of a provider's trial: runs the same graph on the provider and on the CPU, compares, times, reports, ends. */
import { elementCount, encodeModel, GraphBuilder, type TensorData } from './graph/index.ts';
import type { ProviderProbe, ProviderReport } from './provider-protocol.ts';
import { compiledProviders, openLocalSession, type LocalSession } from './runtime.ts';

/** Largest difference that counts as the same result, relative to the largest value: GPUs may use shorter floats inside. */
const tolerance = 2e-2;
const timedRuns = 9;

/** Image in, numbers out: the operators that the nets are made of, small enough to compile in a moment. */
function trialGraph(): Uint8Array {
  const builder = new GraphBuilder('provider-trial');
  const image = builder.input('image', 'uint8', [1, 'rows', 'columns', 3]);
  const float = builder.node('Cast', [image], { to: { int: 1 } });
  const planes = builder.node('Transpose', [float], { perm: { ints: [0, 3, 1, 2] } });
  const dims = [8, 3, 3, 3];
  const weights = Float32Array.from({ length: elementCount(dims) }, (_, index) => ((index * 37) % 23) / 23 - 0.5);
  const convolved = builder.node('Conv', [planes, builder.constant({ type: 'float32', dims, data: weights })], {
    strides: { ints: [2, 2] },
    auto_pad: { string: 'SAME_UPPER' },
  });
  const active = builder.node('LeakyRelu', [convolved], { alpha: { float: 0.1 } });
  builder.output('result', active, 'float32', [1, 8, 'half_rows', 'half_columns']);
  return encodeModel(builder.build());
}

function trialImage(): TensorData {
  const dims = [1, 256, 416, 3];
  return {
    type: 'uint8',
    dims,
    data: Uint8Array.from({ length: elementCount(dims) }, (_, i) => (i * 31 + (i >> 7)) % 256),
  };
}

async function probe({ provider, model, threads }: ProviderProbe): Promise<ProviderReport> {
  if (!compiledProviders().includes(provider)) {
    return {
      works: false,
      reason: `ONNX Runtime has no ${provider} provider for ${process.platform}-${process.arch}.`,
    };
  }
  const feeds = { image: trialImage() };
  const graph = model ?? trialGraph();
  const reference = await openLocalSession({ model: graph, provider: 'cpu', threads });
  const expected = await reference.run(feeds);
  const session = provider === 'cpu' ? reference : await openLocalSession({ model: graph, provider, threads });
  const difference = largestDifference(expected, await session.run(feeds));
  if (!(difference <= tolerance)) {
    return { works: false, reason: `Its results differ from the CPU's by ${(100 * difference).toFixed(1)} %.` };
  }
  return { works: true, msPerRun: await medianMs(session, feeds) };
}

/** Largest difference between float outputs, relative to the largest expected value of the same output. */
function largestDifference(
  expected: Readonly<Record<string, TensorData>>,
  actual: Readonly<Record<string, TensorData>>,
): number {
  return Math.max(...Object.entries(expected).map(([name, { data }]) => relativeDifference(data, actual[name]?.data)));
}

function relativeDifference(expected: TensorData['data'], actual: TensorData['data'] | undefined): number {
  if (!(expected instanceof Float32Array) || !(actual instanceof Float32Array)) return Infinity;
  if (expected.length !== actual.length) return Infinity;
  let largest = 0;
  let difference = 0;
  for (const [index, value] of expected.entries()) {
    largest = Math.max(largest, Math.abs(value));
    difference = Math.max(difference, Math.abs(value - (actual[index] ?? Infinity)));
  }
  return largest === 0 ? difference : difference / largest;
}

async function medianMs(session: LocalSession, feeds: Readonly<Record<string, TensorData>>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < timedRuns; run++) {
    const start = performance.now();
    await session.run(feeds);
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(timedRuns / 2)] ?? 0;
}

process.once('message', async (message: ProviderProbe) => {
  let report: ProviderReport;
  try {
    report = await probe(message);
  } catch (error) {
    report = {
      works: false,
      reason: (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 400),
    };
  }
  process.send?.(report, () => process.disconnect());
});
