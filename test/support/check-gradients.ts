/** Compares gradients that ONNX Runtime computes in float32 with central differences of the float64 reference. */
import { GraphBuilder, type Graph, type TensorData, type Value } from '../../src-main/inference/graph/index.ts';
import type { ResidentSession } from '../../src-main/inference/index.ts';
import { randomFrom } from '../../src-main/math/random.ts';
import { appendGradients, type DifferentiationOptions, gradientName } from '../../src-main/training/autodiff/index.ts';
import { evaluateGraph, tensorFrom } from './reference/evaluate.ts';

/** Makes a parameter of random elements, normal unless `element` says otherwise. */
export type Parameter = (name: string, dims: readonly number[], element?: (normal: number) => number) => Value;

export interface GradientCase {
  readonly opset?: number;
  /** Builds the value that is differentiated, with respect to every parameter that it makes. */
  build(builder: GraphBuilder, parameter: Parameter): Value;
  readonly options?: DifferentiationOptions;
}

export interface Comparison {
  readonly parameter: string;
  readonly relativeError: number;
}

interface Differentiated {
  readonly forward: Graph;
  readonly backward: Graph;
  readonly names: readonly string[];
}

/** The forward graph with Σ upstream·value as the output `loss`, upstream random, and the graph with the gradients. */
function differentiateCase({ opset = 17, build, options = {} }: GradientCase, seed: string): Differentiated {
  const random = randomFrom(seed);
  const builder = new GraphBuilder('case', { opset });
  const names: string[] = [];
  const tensor = (dims: readonly number[], element = (normal: number) => normal): TensorData => ({
    type: 'float32',
    dims,
    data: Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => element(random.normal())),
  });
  const value = build(builder, (name, dims, element) => {
    names.push(name);
    return builder.parameter(name, tensor(dims, element));
  });
  const dims = builder.info(value).dims.map(Number);
  const upstream = builder.parameter('upstream', tensor(dims));
  const product = builder.node('Mul', [value, upstream]);
  builder.output('loss', builder.node('ReduceSum', [product], { keepdims: { int: 0 } }), 'float32', []);
  const forward = builder.build();
  const gradients = appendGradients(
    builder,
    [{ value, upstream }],
    names.map((name) => ({ name })),
    options,
  );
  for (const [name, gradient] of gradients) {
    builder.output(gradientName(name), gradient, 'float32', builder.info({ name }).dims);
  }
  return { forward, backward: builder.build(), names };
}

/** Central differences of the output `loss` by every element of the initializer `name`, in float64. */
export function centralDifferences(
  forward: Graph,
  name: string,
  feeds: Readonly<Record<string, TensorData>> = {},
  step = 1e-5,
): Float64Array {
  const initializer = forward.initializers.find((candidate) => candidate.name === name);
  if (initializer === undefined) throw new Error(`no initializer ${name}`);
  const { dims, data } = tensorFrom(initializer.tensor);
  const inputs = Object.fromEntries(Object.entries(feeds).map(([input, tensor]) => [input, tensorFrom(tensor)]));
  const lossAt = (index: number, offset: number) => {
    const moved = { dims, data: data.with(index, (data[index] ?? 0) + offset) };
    return evaluateGraph(forward, { ...inputs, [name]: moved })['loss']?.data[0] ?? NaN;
  };
  return data.map((_, index) => (lossAt(index, step) - lossAt(index, -step)) / (2 * step));
}

/** Largest |computed − expected| over the largest |expected|; NaN where elements are missing. */
export function relativeErrorOf(computed: TensorData | undefined, expected: Float64Array): number {
  const scale = expected.reduce((largest, element) => Math.max(largest, Math.abs(element)), 1e-6);
  const errors = expected.map((element, index) => Math.abs(Number(computed?.data[index]) - element));
  return errors.reduce((largest, error) => Math.max(largest, error), 0) / scale;
}

/** Runs the case in `session`; one comparison per parameter. */
export async function compareGradients(
  session: ResidentSession,
  which: GradientCase,
  seed: string,
): Promise<Comparison[]> {
  const { forward, backward, names } = differentiateCase(which, seed);
  await session.open(seed, backward);
  const outputs = await session.run(seed, {});
  return names.map((parameter) => ({
    parameter,
    relativeError: relativeErrorOf(outputs[gradientName(parameter)], centralDifferences(forward, parameter)),
  }));
}
