/** How each TensorFlow operator is written in ONNX; only those that the nets of this program have. */
import type { Value } from '../graph/index.ts';
import { cannotConvert, integerInput, tensorInput, type Conversion, type Operand } from './conversion.ts';
import { attributesOf } from './graph-model.ts';
import { convolution, depthwiseConvolution, maxPool, resizeBilinear } from './image-operators.ts';

function cast(conversion: Conversion): Operand {
  const { builder, node } = conversion;
  if (attributesOf(node).type('DstT') !== 'DT_FLOAT') throw cannotConvert(node, 'only casts to float are known');
  const input = tensorInput(conversion, 0);
  return { ...input, value: builder.node('Cast', [input.value], { to: { int: 1 } }, node.name) };
}

/** Elementwise with NumPy broadcasting; between integers that are known it is computed here. */
function elementwise(operator: string, compute: (a: number, b: number) => number) {
  return (conversion: Conversion): Operand => {
    const { builder, node, inputs } = conversion;
    const [first, second] = inputs;
    if (first?.kind === 'integers' && second?.kind === 'integers') {
      if (first.values.length !== second.values.length) throw cannotConvert(node, 'integers of unequal number');
      return { ...first, values: first.values.map((value, index) => compute(value, second.values[index] ?? 0)) };
    }
    const a = tensorInput(conversion, 0);
    const b = tensorInput(conversion, 1);
    const value = builder.node(operator, [a.value, b.value], {}, node.name);
    return { kind: 'tensor', value, shape: broadcast(conversion, a.shape, b.shape) };
  };
}

function broadcast({ node }: Conversion, a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1)
      throw cannotConvert(node, `shapes [${a.join(', ')}] and [${b.join(', ')}]`);
    return Math.max(left, right);
  });
}

function leakyRelu(conversion: Conversion): Operand {
  const { builder, node } = conversion;
  const input = tensorInput(conversion, 0);
  const alpha = { float: attributesOf(node).float('alpha') };
  return { ...input, value: builder.node('LeakyRelu', [input.value], { alpha }, node.name) };
}

function transpose(conversion: Conversion): Operand {
  const { builder, node } = conversion;
  const { value, shape, zeroPadded } = tensorInput(conversion, 0);
  const perm = integerInput(conversion, 1);
  const permuted = (of: Value) => builder.node('Transpose', [of], { perm: { ints: perm } }, node.name);
  const reordered = (list: readonly number[]) => perm.map((axis) => list[axis] ?? 0);
  return {
    kind: 'tensor',
    value: permuted(value),
    shape: reordered(shape),
    ...(zeroPadded !== undefined && {
      zeroPadded: {
        value: permuted(zeroPadded.value),
        before: reordered(zeroPadded.before),
        after: reordered(zeroPadded.after),
      },
    }),
  };
}

function concat(conversion: Conversion): Operand {
  const { builder, node, inputs } = conversion;
  const parts = inputs.slice(0, -1).map((_, index) => tensorInput(conversion, index));
  const [axis = 0] = integerInput(conversion, inputs.length - 1);
  const value = builder.node(
    'Concat',
    parts.map((part) => part.value),
    { axis: { int: axis } },
    node.name,
  );
  const size = parts.reduce((sum, part) => sum + (part.shape[axis] ?? 0), 0);
  const shape = (parts[0]?.shape ?? []).map((length, index) => (index === axis ? size : length));
  return { kind: 'tensor', value, shape };
}

/** Pad and PadV2: TensorFlow lists [before, after] per axis, ONNX all befores and then all afters. */
function pad(conversion: Conversion): Operand {
  const { builder, node, inputs } = conversion;
  const input = tensorInput(conversion, 0);
  const amounts = integerInput(conversion, 1);
  const before = input.shape.map((_, axis) => amounts[2 * axis] ?? 0);
  const after = input.shape.map((_, axis) => amounts[2 * axis + 1] ?? 0);
  const pads = BigInt64Array.from([...before, ...after], BigInt);
  const amountsValue = builder.constant({ type: 'int64', dims: [pads.length], data: pads }, `${node.name}/pads`);
  const fill = inputs.length > 2 ? [tensorInput(conversion, 2).value] : [];
  const value = builder.node('Pad', [input.value, amountsValue, ...fill], {}, node.name);
  const shape = input.shape.map((length, axis) => length + (before[axis] ?? 0) + (after[axis] ?? 0));
  if (fill.length > 0) return { kind: 'tensor', value, shape };
  return { kind: 'tensor', value, shape, zeroPadded: { value: input.value, before, after } };
}

/** The shape at the size that the original was made for: it is used for resizing, which becomes a ratio. */
function shape(conversion: Conversion): Operand {
  const { shape: values } = tensorInput(conversion, 0);
  return { kind: 'integers', dims: [values.length], values };
}

/** A contiguous piece of a list of integers, as shape arithmetic takes it. */
function stridedSlice(conversion: Conversion): Operand {
  const { node } = conversion;
  const values = integerInput(conversion, 0);
  const [begin = 0] = integerInput(conversion, 1);
  const [end = 0] = integerInput(conversion, 2);
  const [step = 1] = integerInput(conversion, 3);
  const masks = ['begin_mask', 'end_mask', 'shrink_axis_mask', 'new_axis_mask', 'ellipsis_mask'];
  if (step !== 1 || masks.some((mask) => attributesOf(node).integer(mask) !== 0)) {
    throw cannotConvert(node, 'only plain slices of shapes are known');
  }
  const piece = values.slice(begin, end);
  return { kind: 'integers', dims: [piece.length], values: piece };
}

/** Converters by TensorFlow operator. */
export const operators: ReadonlyMap<string, (conversion: Conversion) => Operand> = new Map([
  ['Add', elementwise('Add', (a, b) => a + b)],
  ['AddV2', elementwise('Add', (a, b) => a + b)],
  ['Sub', elementwise('Sub', (a, b) => a - b)],
  ['Mul', elementwise('Mul', (a, b) => a * b)],
  ['Cast', cast],
  ['ConcatV2', concat],
  ['Conv2D', convolution],
  ['_FusedConv2D', convolution],
  ['DepthwiseConv2dNative', depthwiseConvolution],
  ['FusedDepthwiseConv2dNative', depthwiseConvolution],
  ['LeakyRelu', leakyRelu],
  ['MaxPool', maxPool],
  ['Pad', pad],
  ['PadV2', pad],
  ['ResizeBilinear', resizeBilinear],
  ['Shape', shape],
  ['StridedSlice', stridedSlice],
  ['Transpose', transpose],
]);
