/** Graphs as built, and as ONNX Runtime understands them. */
import fc from 'fast-check';
import onnxProto from 'onnx-proto';
import { describe, expect, it } from 'vitest';
import { openSession } from '../session.ts';
import { encodeModel } from './encode.ts';
import type { TensorData } from './element-type.ts';
import { GraphBuilder } from './graph-builder.ts';

describe('GraphBuilder', () => {
  it('gives every value a name of its own', () => {
    const builder = new GraphBuilder('names');
    const x = builder.input('x', 'float32', [1]);
    const names = [1, 2, 3].map(() => builder.node('Relu', [x]).name);
    const pieces = builder.nodeWithOutputs('Split', [x], 2, {}, 'Relu').map((value) => value.name);
    expect(new Set([x.name, ...names, ...pieces]).size).toBe(6);
  });

  it('refuses names that are taken, values of other graphs and data that does not fill its dimensions', () => {
    const builder = new GraphBuilder('errors');
    const x = builder.input('x', 'float32', [2]);
    expect(() => builder.input('x', 'float32', [2])).toThrow(RangeError);
    expect(() => builder.output('x', x, 'float32', [2])).toThrow(RangeError);
    expect(() => builder.node('Relu', [{ name: 'y' }])).toThrow(/y is not a value/);
    expect(() => builder.constant({ type: 'float32', dims: [2, 2], data: new Float32Array(3) })).toThrow(/3 elements/);
  });

  it('leaves out what no output needs', () => {
    const builder = new GraphBuilder('unused');
    const x = builder.input('x', 'float32', [1]);
    const two = builder.constant({ type: 'float32', dims: [], data: Float32Array.of(2) });
    const unused = builder.constant({ type: 'float32', dims: [], data: Float32Array.of(3) });
    builder.node('Mul', [builder.node('Add', [x, unused]), two]);
    builder.output('y', builder.node('Mul', [x, two]), 'float32', [1]);
    const graph = builder.build();
    expect(graph.nodes.map((node) => node.operator)).toEqual(['Mul', 'Identity']);
    expect(graph.initializers.map((initializer) => initializer.name)).toEqual([two.name]);
  });
});

describe('GraphBuilder, going on from a graph', () => {
  const tensor: TensorData = { type: 'float32', dims: [3, 2], data: new Float32Array(6) };
  const linear = () => {
    const builder = new GraphBuilder('linear', { opset: 17 });
    const product = builder.segment('layer', () =>
      builder.node('MatMul', [builder.input('x', 'float32', ['n', 3]), builder.parameter('w', tensor)]),
    );
    builder.output('y', product, 'float32', ['n', 2]);
    return builder.build();
  };

  it('keeps inputs, constants, nodes, segments, outputs and the operator set', () => {
    const graph = linear();
    expect(graph.opset).toBe(17);
    expect(graph.nodes[0]).toMatchObject({ operator: 'MatMul', segment: 'layer' });
    expect(GraphBuilder.from(graph).build()).toEqual(graph);
  });

  it('makes inputs of constants, and goes on with fresh names', () => {
    const builder = GraphBuilder.from(linear(), { asInputs: ['w'] });
    builder.output('z', builder.node('MatMul', [{ name: 'x' }, { name: 'w' }]), 'float32', ['n', 2]);
    const graph = builder.build();
    expect(graph.inputs.map(({ name }) => name)).toEqual(['x', 'w']);
    expect(graph.initializers).toEqual([]);
    expect(graph.nodes.map(({ name }) => name)).toEqual(['MatMul', 'y', 'MatMul_1', 'z']);
    expect(() => GraphBuilder.from(linear(), { asInputs: ['v'] })).toThrow(/no initializer 'v'/);
    expect(() => builder.parameter('w', tensor)).toThrow(/already has the name/);
  });

  it('knows types and dimensions of what it could infer', () => {
    const builder = GraphBuilder.from(linear());
    expect(builder.info({ name: 'y' })).toEqual({ name: 'y', type: 'float32', dims: ['n', 2] });
    const odd = builder.node('Unheard', [{ name: 'y' }]);
    expect(builder.isKnown(odd)).toBe(false);
    expect(() => builder.info(odd)).toThrow(/not known/);
    expect(builder.tensor({ name: 'w' })).toBe(tensor);
    expect(builder.build().values.get('MatMul')).toEqual({ name: 'MatMul', type: 'float32', dims: ['n', 2] });
  });

  it('raises the operator set and never lowers it', () => {
    const builder = GraphBuilder.from(linear());
    builder.requireOpset(16);
    expect(builder.opset).toBe(17);
    builder.requireOpset(20);
    expect(builder.build().opset).toBe(20);
  });
});

describe('encodeModel', () => {
  it('writes every kind of attribute, and free and fixed dimensions', () => {
    const builder = new GraphBuilder('attributes');
    const x = builder.input('x', 'int64', ['n', 3]);
    const y = builder.node('Anything', [x, null, x], {
      int: { int: 1 },
      float: { float: 1 },
      string: { string: 'é' },
      ints: { ints: [1, 2] },
      floats: { floats: [0.5] },
    });
    builder.output('y', y, 'bool', []);
    const model = onnxProto.onnx.ModelProto.toObject(onnxProto.onnx.ModelProto.decode(encodeModel(builder.build())), {
      longs: Number,
    });
    expect(model['opsetImport']).toEqual([{ domain: '', version: 13 }]);
    expect(model['graph'].input[0].type.tensorType.shape.dim).toEqual([{ dimParam: 'n' }, { dimValue: 3 }]);
    expect(model['graph'].node[0].input).toEqual(['x', '', 'x']);
    expect(model['graph'].node[0].attribute).toEqual([
      { name: 'int', type: 2, i: 1 },
      { name: 'float', type: 1, f: 1 },
      { name: 'string', type: 3, s: Buffer.from('é') },
      { name: 'ints', type: 7, ints: [1, 2] },
      { name: 'floats', type: 6, floats: [0.5] },
    ]);
  });

  it('keeps constants bit for bit, as ONNX Runtime gives them back', async () => {
    const dims = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 });
    const tensor: fc.Arbitrary<TensorData> = dims.chain((shape) => {
      const length = shape.reduce((a, b) => a * b, 1);
      const exactly = { minLength: length, maxLength: length };
      return fc.oneof(
        fc.float32Array({ ...exactly, noNaN: true }).map((data) => ({ type: 'float32' as const, dims: shape, data })),
        fc.int32Array(exactly).map((data) => ({ type: 'int32' as const, dims: shape, data })),
        fc.bigInt64Array(exactly).map((data) => ({ type: 'int64' as const, dims: shape, data })),
        fc.uint8Array(exactly).map((data) => ({ type: 'uint8' as const, dims: shape, data })),
      );
    });
    await fc.assert(
      fc.asyncProperty(fc.array(tensor, { minLength: 1, maxLength: 6 }), async (tensors) => {
        const builder = new GraphBuilder('constants');
        for (const [index, item] of tensors.entries()) {
          builder.output(`y${index}`, builder.constant(item), item.type, item.dims);
        }
        await using session = await openSession(encodeModel(builder.build()), { provider: 'cpu', threads: 1 });
        const outputs = await session.run({});
        expect(tensors.map((_, index) => outputs[`y${index}`])).toEqual(tensors);
      }),
      { numRuns: 8 },
    );
  });
});
