/** Differentiation of whole graphs: a decoder, shared and frozen parts, recomputation, free dimensions, errors. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { centralDifferences, compareGradients, relativeErrorOf } from '../../../test/support/check-gradients.ts';
import { decoderFeeds, decoderGraph, type DecoderShape, decoderWeights } from '../../../test/support/decoder.ts';
import { type Graph, GraphBuilder, type TensorData } from '../../inference/graph/index.ts';
import { openResidentSession, type ResidentSession } from '../../inference/index.ts';
import { differentiate, type DifferentiationOptions, gradientName } from './differentiate.ts';

const tiny: DecoderShape = { vocabulary: 5, width: 4, heads: 2, layers: 1, time: 3, batch: 2 };

const vector = (...data: readonly number[]): TensorData => ({
  type: 'float32',
  dims: [data.length],
  data: Float32Array.from(data),
});

let session: ResidentSession;
let opened = 0;
beforeAll(() => {
  session = openResidentSession({ provider: 'cpu', threads: 1 });
});
afterAll(() => session[Symbol.asyncDispose]());

/** Loss and gradients with the initializers' own values. */
async function run(
  graph: Graph,
  trainable: readonly string[],
  feeds: Readonly<Record<string, TensorData>> = {},
  options: DifferentiationOptions = {},
) {
  const differentiated = differentiate(graph, { loss: 'loss', trainable, ...options });
  const name = `graph ${opened++}`;
  await session.open(name, differentiated.graph);
  const values = graph.initializers.filter((initializer) => trainable.includes(initializer.name));
  const parameters = Object.fromEntries(values.map((initializer) => [initializer.name, initializer.tensor]));
  return session.run(name, { feeds: { ...parameters, ...feeds } });
}

/** The sum of squares of `w`, in a graph where `more` adds to it. */
function squares(tensor: TensorData): { builder: GraphBuilder; finish(): Graph } {
  const builder = new GraphBuilder('squares');
  const loss = builder.node('ReduceSumSquare', [builder.parameter('w', tensor)], { keepdims: { int: 0 } });
  return {
    builder,
    finish() {
      builder.output('loss', loss, 'float32', []);
      return builder.build();
    },
  };
}

describe('differentiate', () => {
  it.for(['written out', 'operator'] as const)(
    'differentiates a whole decoder with a tied embedding (GELU %s)',
    { timeout: 60_000 },
    async (gelu) => {
      const graph = decoderGraph({ ...tiny, gelu });
      const feeds = decoderFeeds(tiny, 2, 'decoder');
      const outputs = await run(graph, decoderWeights(graph), feeds);
      // A bias of all keys moves every score of a row alike: its gradient is 0 but for rounding.
      const flat = 'layer-0/key/bias';
      expect(Math.max(...centralDifferences(graph, flat, feeds).map(Math.abs))).toBeLessThan(1e-8);
      expect(Math.max(...Array.from(outputs[gradientName(flat)]?.data ?? [NaN], Number).map(Math.abs))).toBeLessThan(
        1e-6,
      );
      for (const name of decoderWeights(graph).filter((other) => other !== flat)) {
        const expected = centralDifferences(graph, name, feeds);
        expect(relativeErrorOf(outputs[gradientName(name)], expected), name).toBeLessThan(1e-3);
      }
    },
  );

  it('gives closed forms: least squares', async () => {
    const builder = new GraphBuilder('least-squares');
    const x = builder.constant({ type: 'float32', dims: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
    const w = builder.parameter('w', { type: 'float32', dims: [2, 1], data: Float32Array.of(1, -1) });
    const y = builder.constant({ type: 'float32', dims: [3, 1], data: Float32Array.of(1, 0, 2) });
    const residual = builder.node('Sub', [builder.node('MatMul', [x, w]), y]);
    builder.output('loss', builder.node('ReduceSumSquare', [residual], { keepdims: { int: 0 } }), 'float32', []);
    const outputs = await run(builder.build(), ['w']);
    // Residuals are −2, −1, −3; 2·Xᵀr = 2·(−2 − 3 − 15, −4 − 4 − 18).
    expect(outputs[gradientName('w')]).toEqual({ type: 'float32', dims: [2, 1], data: Float32Array.of(-40, -52) });
  });

  it('adds up what comes back to a shared initializer', async () => {
    const shared = decoderGraph(tiny);
    const feeds = decoderFeeds(tiny, 2, 'shared');
    const whole = await run(shared, ['embedding'], feeds);
    const apart = GraphBuilder.from(shared).build();
    const embedding = shared.initializers.find(({ name }) => name === 'embedding');
    const halves: Graph = {
      ...apart,
      initializers: [...apart.initializers, ...(embedding ? [{ ...embedding, name: 'head' }] : [])],
      nodes: apart.nodes.map((node) =>
        node.operator === 'Transpose' && node.inputs[0] === 'embedding' ? { ...node, inputs: ['head'] } : node,
      ),
    };
    const parts = await run(halves, ['embedding', 'head'], feeds);
    const sum = [...(parts[gradientName('embedding')]?.data ?? [])].map(
      (element, index) => Number(element) + Number(parts[gradientName('head')]?.data[index]),
    );
    expect(relativeErrorOf(whole[gradientName('embedding')], Float64Array.from(sum))).toBeLessThan(1e-6);
  });

  it('makes no gradient nodes for what is frozen', () => {
    const addedNodes = (layers: number, trainable: (graph: Graph) => readonly string[]) => {
      const graph = decoderGraph({ ...tiny, layers });
      const { graph: both } = differentiate(graph, { loss: 'loss', trainable: trainable(graph) });
      return both.nodes.length - graph.nodes.length;
    };
    const onlyTheEnd = () => ['norm/scale'];
    const lastLayer = (graph: Graph) =>
      decoderWeights(graph).filter((name) => name.startsWith('layer-2') && name.includes('outer'));
    expect(addedNodes(1, onlyTheEnd)).toBe(addedNodes(3, onlyTheEnd));
    expect(addedNodes(3, onlyTheEnd)).toBeLessThan(addedNodes(3, lastLayer));
    expect(addedNodes(3, lastLayer)).toBeLessThan(addedNodes(3, decoderWeights) / 5);
  });

  it('gives the same bits when segments are recomputed', async () => {
    const shape = { ...tiny, layers: 2 };
    const graph = decoderGraph(shape);
    const feeds = decoderFeeds(shape, 2, 'recompute');
    const kept = await run(graph, decoderWeights(graph), feeds);
    for (const recompute of ['all', ['layer-1']] as const) {
      expect(await run(graph, decoderWeights(graph), feeds, { recompute })).toEqual(kept);
    }
    const products = (options: DifferentiationOptions) =>
      differentiate(graph, { loss: 'loss', trainable: decoderWeights(graph), ...options }).graph.nodes.filter(
        ({ operator, segment }) => operator === 'MatMul' && segment === undefined,
      ).length;
    expect(products({ recompute: ['layer-1'] })).toBeGreaterThan(products({}));
    expect(products({ recompute: 'all' })).toBeGreaterThan(products({ recompute: ['layer-1'] }));
  });

  it('computes copies only once the gradient has come back to their segment', () => {
    const graph = decoderGraph({ ...tiny, layers: 3 });
    const trainable = decoderWeights(graph);
    const { nodes } = differentiate(graph, { loss: 'loss', trainable, recompute: 'all' }).graph;
    const makers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node])));
    const before = (name: string, seen = new Set<string>()): ReadonlySet<string> => {
      if (seen.has(name)) return seen;
      seen.add(name);
      for (const input of makers.get(name)?.inputs ?? []) before(input, seen);
      return seen;
    };
    const copies = nodes.flatMap(({ operator, outputs: [name = ''] }) =>
      operator === 'MatMul' && name.startsWith('again/') ? [before(name)] : [],
    );
    const norms = nodes.filter(({ operator }) => operator === 'LogSoftmax').map(({ name }) => name);
    expect(copies.length).toBeGreaterThan(6);
    expect(copies.every((ancestors) => norms.every((name) => ancestors.has(name)))).toBe(true);
  });

  it('leaves dimensions free that are free in the forward graph', async () => {
    const feeds = decoderFeeds(tiny, 4, 'free');
    const [fixed, free] = [4, 'batch'].map((batch) => decoderGraph({ ...tiny, batch }));
    if (!fixed || !free) throw new Error('two graphs');
    const expected = await run(fixed, decoderWeights(fixed), feeds);
    expect(await run(free, decoderWeights(free), feeds)).toEqual(expected);
  });

  it('follows two free dimensions through broadcasting, gathering, cutting and joining', async () => {
    const build = (batch: number | string, time: number | string) => {
      const builder = new GraphBuilder('free', { opset: 17 });
      const integers = (...numbers: number[]): TensorData => ({
        type: 'int64',
        dims: [numbers.length],
        data: BigInt64Array.from(numbers, BigInt),
      });
      const x = builder.input('x', 'float32', [batch, time, 3]);
      const indices = builder.input('indices', 'int64', [batch, time]);
      const w = builder.parameter('w', {
        type: 'float32',
        dims: [3, 3],
        data: Float32Array.of(1, 2, -1, 0.5, 1, 2, 0, 1, 1),
      });
      const rows = builder.node('Add', [builder.node('MatMul', [x, w]), builder.node('Gather', [w, indices])]);
      const at = (...numbers: number[]) => builder.constant(integers(...numbers));
      const last = builder.node('Slice', [rows, at(-1), at(2 ** 31 - 1), at(1)]);
      const joined = builder.node('Concat', [rows, last], { axis: { int: 1 } });
      const mean = builder.node('ReduceMean', [joined], { axes: { ints: [1] }, keepdims: { int: 0 } });
      const spread = builder.node('Mul', [rows, builder.node('Unsqueeze', [mean, at(1)])]);
      builder.output('loss', builder.node('ReduceSumSquare', [spread], { keepdims: { int: 0 } }), 'float32', []);
      return builder.build();
    };
    const feeds: Record<string, TensorData> = {
      x: { type: 'float32', dims: [2, 4, 3], data: Float32Array.from({ length: 24 }, (_, index) => Math.sin(index)) },
      indices: { type: 'int64', dims: [2, 4], data: BigInt64Array.from([0, 1, 2, 2, 1, 0, 0, 2], BigInt) },
    };
    const fixed = build(2, 4);
    const outputs = await run(fixed, ['w'], feeds);
    expect(relativeErrorOf(outputs[gradientName('w')], centralDifferences(fixed, 'w', feeds))).toBeLessThan(1e-3);
    const free = await run(build('batch', 'time'), ['w'], feeds);
    const same = Float64Array.from(outputs[gradientName('w')]?.data ?? [], Number);
    expect(relativeErrorOf(free[gradientName('w')], same)).toBeLessThan(1e-6);
  });

  it('sums over whatever broadcasting repeated', async () => {
    const shape = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 });
    const pair = shape.chain((dims) =>
      fc.tuple(
        fc.constant(dims),
        fc.array(fc.boolean(), { minLength: dims.length, maxLength: dims.length }),
        fc.nat(dims.length),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        pair,
        fc.constantFrom('Add', 'Sub', 'Mul', 'Div'),
        async ([dims, narrowed, dropped], operator) => {
          const small = dims.map((dim, axis) => (narrowed[axis] === true ? 1 : dim)).slice(dropped);
          const comparisons = await compareGradients(
            session,
            {
              build: (builder, parameter) =>
                builder.node(operator, [parameter('a', dims), parameter('b', small, (normal) => 1 + Math.abs(normal))]),
            },
            `broadcast ${opened++}`,
          );
          for (const { relativeError } of comparisons) expect(relativeError).toBeLessThan(1e-3);
        },
      ),
      { numRuns: 30, seed: 6 },
    );
  });

  it('names the operator and the node that have no gradient', () => {
    const { builder } = squares(vector(1, 2));
    const odd = builder.node('Selu', [{ name: 'w' }], {}, 'the-odd-one');
    builder.output('sum', builder.node('ReduceSum', [odd], { keepdims: { int: 0 } }), 'float32', []);
    expect(() => differentiate(builder.build(), { loss: 'sum', trainable: ['w'] })).toThrow(
      'Selu (node the-odd-one) cannot be differentiated: there is no rule for this operator.',
    );
  });

  it('does not mind operators without a gradient off the way', async () => {
    const { builder, finish } = squares(vector(1, -2));
    builder.output('aside', builder.node('Selu', [{ name: 'w' }]), 'float32', [2]);
    const outputs = await run(finish(), ['w']);
    expect(outputs[gradientName('w')]?.data).toEqual(Float32Array.of(2, -4));
  });

  it('refuses a loss of several numbers, unknown names, and parameters that it does not depend on', () => {
    const { builder, finish } = squares(vector(1, 2));
    builder.parameter('idle', vector(1));
    builder.output('idle twice', builder.node('Add', [{ name: 'idle' }, { name: 'idle' }]), 'float32', [1]);
    const graph = finish();
    expect(() => differentiate(graph, { loss: 'w', trainable: ['w'] })).toThrow(/float32 \[2\], not one/);
    expect(() => differentiate(graph, { loss: 'loss', trainable: ['v'] })).toThrow(/no initializer 'v'/);
    expect(() => differentiate(graph, { loss: 'loss', trainable: ['w', 'idle'] })).toThrow(/not depend on 'idle'/);
  });
});
