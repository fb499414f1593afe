/** The nano net as an ONNX graph: one body for reading whole sequences, for going on from a cache, and for training. */
import { GraphBuilder, type Dimension, type Graph, type Value } from '../../../inference/graph/index.ts';
import { tokens, classCount } from '../../grammar.ts';
import { modalities, modalityNames, rowsPerPosition, type NanoSize } from './nano-config.ts';
import { weightNamed, weightSpecs, type NanoWeights } from './nano-weights.ts';

/** LayerNormalization came with it. */
const opset = 17;
/** Added to what may not be attended to or chosen. */
const closed = -1e9;
const epsilon = 1e-5;

/** Keys and values of the positions before, `[batch, heads, past, width / heads]`. */
interface Cached {
  readonly keys: Value;
  readonly values: Value;
}

/** What training builds on. */
export interface NanoBody {
  readonly builder: GraphBuilder;
  /** `[batch · time, width]` */
  readonly hidden: Value;
  /** `[batch · time, 1]` */
  readonly evidence: Value;
  /** `[N, width]` → `[N, rowCount]` logits of what comes next. */
  readonly tokenLogits: (hidden: Value) => Value;
  /** `[N, width]` → `[N, classCount]` */
  readonly classLogits: (hidden: Value) => Value;
  readonly scalar: (value: number) => Value;
  readonly integers: (values: readonly number[]) => Value;
  readonly number: (name: string, dims: readonly Dimension[]) => Value;
}

type Precision = 'float32' | 'float64';

/**
 * The body of the net over a batch of sequences. Inputs:
 * `rows` `[batch, time, 3]` int64, embedding rows that a position adds up; `soft` `[batch, time]` int64, 0 for none, else
 * 1 + its place among the soft tokens of all modalities in their order; one `soft/NAME` `[NAME, features]` per modality;
 * `cosine`, `sine` `[batch, time, width / heads / 2]`, the turn of each position's time; `group` `[batch, time]` int64.
 * A position attends to those of its own group and of groups before it.
 */
export function nanoBody(
  size: NanoSize,
  weights: NanoWeights,
  { precision = 'float32', cache = false }: { precision?: Precision; cache?: boolean } = {},
): NanoBody & { readonly present: readonly Cached[] } {
  const { width, layers, heads } = size;
  const depth = width / heads;
  const builder = new GraphBuilder('nano', { opset });
  const real = (values: readonly number[], dims: readonly number[]) =>
    precision === 'float32'
      ? builder.constant({ type: precision, dims, data: Float32Array.from(values) })
      : builder.constant({ type: precision, dims, data: Float64Array.from(values) });
  const scalar = (value: number) => real([value], []);
  const integers = (values: readonly number[]) =>
    builder.constant({ type: 'int64', dims: [values.length], data: BigInt64Array.from(values, BigInt) });
  const op = (operator: string, inputs: readonly (Value | null)[], attributes = {}) =>
    builder.node(operator, inputs, attributes);
  const reshaped = (value: Value, dims: readonly number[]) => op('Reshape', [value, integers(dims)]);
  const number = (name: string, dims: readonly Dimension[]) => builder.input(name, precision, dims);
  const parameters = new Map(
    Object.keys(weightSpecs(size)).map((name) => {
      const { dims, data } = weightNamed(weights, name);
      const tensor =
        precision === 'float32'
          ? ({ type: precision, dims, data } as const)
          : ({ type: precision, dims, data: Float64Array.from(data) } as const);
      return [name, builder.parameter(name, tensor)];
    }),
  );
  const weight = (name: string) => parameters.get(name) ?? missing(name);

  const rows = builder.input('rows', 'int64', ['batch', 'time', rowsPerPosition]);
  const soft = builder.input('soft', 'int64', ['batch', 'time']);
  const group = builder.input('group', 'int64', ['batch', 'time']);
  const turn = ['cosine', 'sine'].map((name) =>
    op('Unsqueeze', [number(name, ['batch', 'time', depth / 2]), integers([1])]),
  );

  const softRows = modalityNames.map((name) => {
    const shown = number(`soft/${name}`, [name, modalities[name]]);
    return op('Add', [op('MatMul', [shown, weight(`project/${name}`)]), weight(`project/${name}/bias`)]);
  });
  const none = real(
    Array.from({ length: width }, () => 0),
    [1, width],
  );
  const table = op('Concat', [none, ...softRows], { axis: { int: 0 } });
  const embedded = op('ReduceSum', [op('Gather', [weight('embedding'), rows]), integers([2])], {
    keepdims: { int: 0 },
  });
  let x = op('Add', [embedded, op('Gather', [table, soft])]);

  const past = cache ? pastOf(builder, size, precision) : null;
  const allGroups = past === null ? group : op('Concat', [past.group, group], { axis: { int: 1 } });
  const open = op('LessOrEqual', [
    op('Unsqueeze', [allGroups, integers([1, 2])]),
    op('Unsqueeze', [group, integers([1, 3])]),
  ]);
  const mask = op('Where', [open, scalar(0), scalar(closed)]);

  /** Turns `[batch, ·, time, depth]` by each position's time, or back. */
  const turned = (value: Value, back = false) => {
    const [cosine, sine] = turn as [Value, Value];
    const [a, b] = builder.nodeWithOutputs('Split', [value, integers([depth / 2, depth / 2])], 2, {
      axis: { int: 3 },
    }) as [Value, Value];
    const [first, second] = [
      op(back ? 'Add' : 'Sub', [op('Mul', [a, cosine]), op('Mul', [b, sine])]),
      op('Mul', [b, cosine]),
    ];
    const other = op('Mul', [a, sine]);
    return op('Concat', [first, back ? op('Sub', [second, other]) : op('Add', [second, other])], { axis: { int: 3 } });
  };
  const normalised = (value: Value, gain: string) =>
    op('LayerNormalization', [value, weight(gain)], { axis: { int: -1 }, epsilon: { float: epsilon } });

  const present: Cached[] = [];
  for (let layer = 0; layer < layers; layer++) {
    x = builder.segment(`layer-${layer}`, () => {
      const name = `layer-${layer}`;
      const mixed = op('MatMul', [normalised(x, `${name}/attention/gain`), weight(`${name}/attention/in`)]);
      const byHead = op('Transpose', [reshaped(mixed, [0, 0, 3 * heads, depth])], { perm: { ints: [0, 2, 1, 3] } });
      // Values turn too: what a position reads tells when it was, relative to itself, and never when that is.
      const [query, key, value] = builder.nodeWithOutputs(
        'Split',
        [turned(byHead), integers([heads, heads, heads])],
        3,
        { axis: { int: 1 } },
      ) as [Value, Value, Value];
      const before = past?.layers[layer];
      const keys = before === undefined ? key : op('Concat', [before.keys, key], { axis: { int: 2 } });
      const values = before === undefined ? value : op('Concat', [before.values, value], { axis: { int: 2 } });
      present.push({ keys, values });
      const affinity = op('MatMul', [query, op('Transpose', [keys], { perm: { ints: [0, 1, 3, 2] } })]);
      const weighed = op('Add', [op('Mul', [affinity, scalar(1 / Math.sqrt(depth))]), mask]);
      const read = op('MatMul', [op('Softmax', [weighed], { axis: { int: -1 } }), values]);
      const joined = reshaped(op('Transpose', [turned(read, true)], { perm: { ints: [0, 2, 1, 3] } }), [0, 0, width]);
      const attended = op('Add', [x, op('MatMul', [joined, weight(`${name}/attention/out`)])]);

      const inner = op('Add', [
        op('MatMul', [normalised(attended, `${name}/inner/gain`), weight(`${name}/inner/in`)]),
        weight(`${name}/inner/in/bias`),
      ]);
      const active = op('Mul', [inner, op('Sigmoid', [inner])]);
      const out = op('Add', [op('MatMul', [active, weight(`${name}/inner/out`)]), weight(`${name}/inner/out/bias`)]);
      return op('Add', [attended, out]);
    });
  }

  const hidden = reshaped(normalised(x, 'last/gain'), [-1, width]);
  const transposed = (value: Value) => op('Transpose', [value], { perm: { ints: [1, 0] } });
  const classes = op('Slice', [
    weight('embedding'),
    integers([tokens.class]),
    integers([tokens.class + classCount]),
    integers([0]),
  ]);
  return {
    builder,
    hidden,
    evidence: op('Add', [op('MatMul', [hidden, weight('evidence/head')]), weight('evidence/bias')]),
    tokenLogits: (chosen) =>
      op('MatMul', [op('MatMul', [chosen, weight('token/head')]), transposed(weight('embedding'))]),
    classLogits: (chosen) =>
      op('Add', [
        op('MatMul', [op('MatMul', [chosen, weight('belief/head')]), transposed(classes)]),
        weight('belief/bias'),
      ]),
    scalar,
    integers,
    number,
    present,
  };
}

/** Inputs of the cache: `past/group` and, per layer, `past/keys/N` and `past/values/N`. */
function pastOf(builder: GraphBuilder, { width, layers, heads }: NanoSize, precision: Precision) {
  const dims = ['batch', heads, 'past', width / heads];
  return {
    group: builder.input('past/group', 'int64', ['batch', 'past']),
    layers: Array.from({ length: layers }, (_, layer) => ({
      keys: builder.input(`past/keys/${layer}`, precision, dims),
      values: builder.input(`past/values/${layer}`, precision, dims),
    })),
  };
}

/**
 * The net for acting: besides the body's inputs and the cache's it takes `at` `[N]` int64, places in the flattened batch,
 * and gives for them `tokens` `[N, rowCount]` and `classes` `[N, classCount]` logits, `evidence` `[batch · time, 1]`, and
 * the cache with the new positions as `keys/N`, `values/N`.
 */
export function inferenceGraph(size: NanoSize, weights: NanoWeights): Graph {
  const { builder, hidden, evidence, tokenLogits, classLogits, present } = nanoBody(size, weights, { cache: true });
  const chosen = builder.node('Gather', [hidden, builder.input('at', 'int64', ['chosen'])]);
  const give = (name: string, value: Value) => builder.output(name, value, 'float32', builder.info(value).dims);
  give('tokens', tokenLogits(chosen));
  give('classes', classLogits(chosen));
  give('evidence', evidence);
  for (const [layer, { keys, values }] of present.entries()) {
    give(`keys/${layer}`, keys);
    give(`values/${layer}`, values);
  }
  return builder.build();
}

function missing(name: string): never {
  throw new RangeError(`The net has no weight ${name}.`);
}
