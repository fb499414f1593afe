/** Shapes as inferred: with names for sizes that only a run tells, and as ONNX Runtime gives them. */
import { describe, expect, it } from 'vitest';
import { openSession } from '../../session.ts';
import { encodeModel } from '../encode.ts';
import { GraphBuilder } from '../graph-builder.ts';
import type { Dimension, Value } from '../graph.ts';

const integers = (builder: GraphBuilder, ...numbers: readonly number[]): Value =>
  builder.constant({ type: 'int64', dims: [numbers.length], data: BigInt64Array.from(numbers, BigInt) });
const int = (value: number) => ({ int: value });
const ints = (...values: readonly number[]) => ({ ints: values });

type Build = (builder: GraphBuilder, x: Value) => Value;

/** Of x [batch, time, 6]: what is built, and the dimensions that are expected. */
const cases: readonly (readonly [string, Build, readonly Dimension[]])[] = [
  ['reshape with an open size', (b, x) => b.node('Reshape', [x, integers(b, 0, 0, 2, -1)]), ['batch', 'time', 2, 3]],
  ['rows as one axis', (b, x) => b.node('Reshape', [x, integers(b, -1, 6)]), ['batch*time', 6]],
  ['flatten', (b, x) => b.node('Flatten', [x], { axis: int(1) }), ['batch', '6*time']],
  [
    'there and back, by the shape of the original',
    (b, x) => b.node('Reshape', [b.node('Reshape', [x, integers(b, -1)]), b.node('Shape', [x])]),
    ['batch', 'time', 6],
  ],
  [
    'a shape put together from parts',
    (b, x) => {
      const front = b.node('Slice', [b.node('Shape', [x]), integers(b, 0), integers(b, 2)]);
      const shape = b.node('Concat', [front, integers(b, 3, 2)], { axis: int(0) });
      return b.node('Reshape', [x, shape]);
    },
    ['batch', 'time', 3, 2],
  ],
  ['transpose', (b, x) => b.node('Transpose', [x], { perm: ints(1, 0, 2) }), ['time', 'batch', 6]],
  ['unsqueeze', (b, x) => b.node('Unsqueeze', [x, integers(b, 1, -1)]), ['batch', 1, 'time', 6, 1]],
  ['concat', (b, x) => b.node('Concat', [x, x], { axis: int(1) }), ['batch', '(time+time+0)', 6]],
  ['concat of sizes', (b, x) => b.node('Concat', [x, x], { axis: int(-1) }), ['batch', 'time', 12]],
  [
    'slice from the back',
    (b, x) => b.node('Slice', [x, integers(b, -2), integers(b, 9), integers(b, 2)]),
    ['batch', 'time', 2],
  ],
  [
    'gather one',
    (b, x) =>
      b.node('Gather', [x, b.constant({ type: 'int64', dims: [], data: BigInt64Array.of(0n) })], { axis: int(1) }),
    ['batch', 6],
  ],
  ['reduce', (b, x) => b.node('ReduceSum', [x, integers(b, 1)], { keepdims: int(0) }), ['batch', 6]],
  ['reduce all', (b, x) => b.node('ReduceMax', [x]), [1, 1, 1]],
  [
    'scores',
    (b, x) => b.node('MatMul', [x, b.node('Transpose', [x], { perm: ints(0, 2, 1) })]),
    ['batch', 'time', 'time'],
  ],
  ['comparison', (b, x) => b.node('Greater', [x, b.node('ReduceMax', [x], { axes: ints(2) })]), ['batch', 'time', 6]],
  ['pad', (b, x) => b.node('Pad', [x, integers(b, 0, 1, 0, 0, 2, 3)]), ['batch', '(time+3)', 9]],
  [
    'split',
    (b, x) => b.nodeWithOutputs('Split', [x, integers(b, 2, 4)], 2, { axis: int(2) })[1] ?? x,
    ['batch', 'time', 4],
  ],
];

describe('shape inference', () => {
  it.for(cases)('%s', async ([, build, expected]) => {
    const builder = new GraphBuilder('shapes', { opset: 17 });
    const value = build(builder, builder.input('x', 'float32', ['batch', 'time', 6]));
    const { type, dims } = builder.info(value);
    expect(dims).toEqual(expected);
    builder.output('shape', builder.node('Shape', [value]), 'int64', [dims.length]);
    await using session = await openSession(encodeModel(builder.build()), { provider: 'cpu', threads: 1 });
    const x = { type: 'float32', dims: [2, 5, 6], data: new Float32Array(60) } as const;
    const outputs = await session.run({ x });
    const sizes: Readonly<Record<string, number>> = {
      ...{ batch: 2, time: 5, 'batch*time': 10, '6*time': 30, '(time+time+0)': 10, '(time+3)': 8 },
    };
    const given = [...(outputs['shape']?.data ?? [])].map(Number);
    expect(given).toEqual(dims.map((dim) => (typeof dim === 'number' ? dim : sizes[dim])));
    expect(type === 'bool').toBe(value.name.startsWith('Greater'));
  });

  it('says which node cannot be right', () => {
    const builder = new GraphBuilder('wrong', { opset: 17 });
    const x = builder.input('x', 'float32', ['n', 3]);
    const y = builder.input('y', 'float32', [4, 2]);
    expect(() => builder.node('MatMul', [x, y], {}, 'product')).toThrow('MatMul product: inner sizes are 3 and 4');
    expect(() => builder.node('Add', [x, y], {}, 'sum')).toThrow(/Add sum: .*do not broadcast/);
    expect(() => builder.node('Softmax', [builder.node('Squeeze', [y, integers(builder, 5)])])).toThrow(/no axis 5/);
    expect(() => builder.node('Reshape', [y, integers(builder, 3, 3)])).toThrow(/8 elements do not fill/);
    expect(() => builder.node('Add', [x, integers(builder, 1)])).toThrow(/types float32 and int64/);
  });
});
