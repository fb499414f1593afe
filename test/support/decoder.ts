/** A pre-norm decoder of the usual kind, for tests and benches of training: tied embedding, causal attention, GELU. */
import {
  GraphBuilder,
  type Dimension,
  type Graph,
  type TensorData,
  type Value,
} from '../../src-main/inference/graph/index.ts';
import { randomFrom } from '../../src-main/math/random.ts';

export interface DecoderShape {
  readonly vocabulary: number;
  readonly width: number;
  readonly heads: number;
  readonly layers: number;
  readonly time: number;
  readonly batch: Dimension;
  readonly gelu?: 'operator' | 'written out';
}

/**
 * Inputs `tokens` and `targets`, int64 [batch, time]; output `loss`, the mean negative log-likelihood of the targets.
 * Each layer is a segment `layer-N`. Weights are normal, the same for the same seed.
 */
export function decoderGraph(shape: DecoderShape, seed = 'decoder'): Graph {
  const { vocabulary, width, time, batch, layers } = shape;
  const builder = new GraphBuilder('decoder', { opset: shape.gelu === 'operator' ? 20 : 17 });
  const parts = new Parts(builder, shape, seed);
  const tokens = builder.input('tokens', 'int64', [batch, time]);
  const targets = builder.input('targets', 'int64', [batch, time]);
  const embedding = parts.weights('embedding', [vocabulary, width], 0.3);
  const places = parts.weights('places', [time, width], 0.3);
  let x = builder.node('Add', [builder.node('Gather', [embedding, tokens]), places]);
  for (let layer = 0; layer < layers; layer++) {
    x = builder.segment(`layer-${layer}`, () => parts.layer(x, `layer-${layer}`));
  }
  const outcome = parts.norm(x, 'norm');
  const logits = builder.node('MatMul', [outcome, builder.node('Transpose', [embedding], { perm: { ints: [1, 0] } })]);
  const logProbabilities = builder.node('LogSoftmax', [logits], { axis: { int: -1 } });
  const columns = builder.node('Unsqueeze', [targets, parts.integers([2])]);
  const picked = builder.node('GatherElements', [logProbabilities, columns], { axis: { int: 2 } });
  const mean = builder.node('ReduceMean', [picked], { keepdims: { int: 0 } });
  builder.output('loss', builder.node('Neg', [mean]), 'float32', []);
  return builder.build();
}

/** Names of all weights of such a graph. */
export const decoderWeights = (graph: Graph): string[] =>
  graph.initializers.flatMap(({ name }) => (/^(embedding|places|norm|layer-)/.test(name) ? [name] : []));

/** Random `tokens` and `targets`. */
export function decoderFeeds({ vocabulary, time }: DecoderShape, batch: number, seed: string) {
  const random = randomFrom(seed);
  const tokens = (): TensorData => ({
    type: 'int64',
    dims: [batch, time],
    data: BigInt64Array.from({ length: batch * time }, () => BigInt(random.integer(vocabulary))),
  });
  return { tokens: tokens(), targets: tokens() };
}

/** The causal mask, -1e9 where a place must not look. */
function causalMask(time: number): Float32Array {
  return Float32Array.from({ length: time * time }, (_, index) => (index % time > Math.floor(index / time) ? -1e9 : 0));
}

class Parts {
  readonly #builder: GraphBuilder;
  readonly #shape: DecoderShape;
  readonly #seed: string;
  readonly #mask: Value;

  constructor(builder: GraphBuilder, shape: DecoderShape, seed: string) {
    this.#builder = builder;
    this.#shape = shape;
    this.#seed = seed;
    const { time } = shape;
    this.#mask = builder.constant({ type: 'float32', dims: [1, 1, time, time], data: causalMask(time) }, 'mask');
  }

  weights(name: string, dims: readonly number[], scale: number, mean = 0): Value {
    const random = randomFrom(`${this.#seed}/${name}`);
    const length = dims.reduce((product, dim) => product * dim, 1);
    const data = Float32Array.from({ length }, () => mean + scale * random.normal());
    return this.#builder.parameter(name, { type: 'float32', dims, data });
  }

  integers(numbers: readonly number[]): Value {
    const data = BigInt64Array.from(numbers, BigInt);
    return this.#builder.constant({ type: 'int64', dims: [numbers.length], data });
  }

  layer(x: Value, name: string): Value {
    const builder = this.#builder;
    const attended = builder.node('Add', [x, this.#attention(this.norm(x, `${name}/norm-1`), name)]);
    return builder.node('Add', [attended, this.#perceptron(this.norm(attended, `${name}/norm-2`), name)]);
  }

  norm(x: Value, name: string): Value {
    const { width } = this.#shape;
    const [scale, bias] = [this.weights(`${name}/scale`, [width], 0.1, 1), this.weights(`${name}/bias`, [width], 0.1)];
    return this.#builder.node('LayerNormalization', [x, scale, bias]);
  }

  #linear(x: Value, name: string, from: number, to: number): Value {
    const builder = this.#builder;
    const product = builder.node('MatMul', [x, this.weights(name, [from, to], 1 / Math.sqrt(from))]);
    return builder.node('Add', [product, this.weights(`${name}/bias`, [to], 0.1)]);
  }

  #attention(x: Value, name: string): Value {
    const builder = this.#builder;
    const { width, heads, time } = this.#shape;
    const head = width / heads;
    const split = (value: Value, perm: readonly number[]) => {
      const shaped = builder.node('Reshape', [value, this.integers([-1, time, heads, head])]);
      return builder.node('Transpose', [shaped], { perm: { ints: perm } });
    };
    const projected = (part: string) => this.#linear(x, `${name}/${part}`, width, width);
    const scale = builder.constant({ type: 'float32', dims: [], data: Float32Array.of(1 / Math.sqrt(head)) });
    const query = builder.node('Mul', [projected('query'), scale]);
    const scores = builder.node('MatMul', [split(query, [0, 2, 1, 3]), split(projected('key'), [0, 2, 3, 1])]);
    const attention = builder.node('Softmax', [builder.node('Add', [scores, this.#mask])], { axis: { int: -1 } });
    const mixed = builder.node('MatMul', [attention, split(projected('value'), [0, 2, 1, 3])]);
    const together = builder.node('Transpose', [mixed], { perm: { ints: [0, 2, 1, 3] } });
    const merged = builder.node('Reshape', [together, this.integers([-1, time, width])]);
    return this.#linear(merged, `${name}/out`, width, width);
  }

  #perceptron(x: Value, name: string): Value {
    const { width } = this.#shape;
    const inner = this.#linear(x, `${name}/inner`, width, 4 * width);
    return this.#linear(this.#gelu(inner), `${name}/outer`, 4 * width, width);
  }

  #gelu(x: Value): Value {
    const builder = this.#builder;
    if (this.#shape.gelu === 'operator') return builder.node('Gelu', [x]);
    const number = (value: number) =>
      builder.constant({ type: 'float32', dims: [], data: Float32Array.of(value) }, 'number');
    const error = builder.node('Erf', [builder.node('Mul', [x, number(Math.SQRT1_2)])]);
    const twice = builder.node('Mul', [x, builder.node('Add', [error, number(1)])]);
    return builder.node('Mul', [twice, number(0.5)]);
  }
}
