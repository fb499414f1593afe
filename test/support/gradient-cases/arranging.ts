/** Cases of operators that arrange, pick, reduce and convolve. */
import { apart, conv, int, integers, ints, nary, pieces, string, unary, withIntegers, type Build } from './build.ts';

export const arrangingCases: Readonly<Record<string, Build>> = {
  'Reshape, with an open size': withIntegers('Reshape', [2, 3, 4], [[4, -1]]),
  Flatten: unary('Flatten', apart, { axis: int(2) }, [2, 3, 4]),
  Squeeze: withIntegers('Squeeze', [2, 1, 3, 1], [[1]]),
  Unsqueeze: withIntegers('Unsqueeze', [2, 3], [[0, 2]]),
  'Transpose, three axes': unary('Transpose', apart, { perm: ints(2, 0, 1) }, [2, 3, 4]),
  Concat: nary(
    'Concat',
    [
      [2, 1, 3],
      [2, 4, 3],
      [2, 2, 3],
    ],
    { axis: int(1) },
  ),
  'Split, all parts used': pieces([2, 6], [2, 1, 3], ([a, b, c], builder) =>
    builder.node(
      'Concat',
      [c, b, a].map((part) => part ?? null),
      { axis: int(1) },
    ),
  ),
  'Split, parts left unused': pieces([2, 6], [2, 1, 3], ([, b], builder) => builder.node('Exp', [b ?? null])),
  'Slice, two axes': withIntegers(
    'Slice',
    [4, 5],
    [
      [1, -3],
      [3, 2 ** 31],
      [0, 1],
    ],
  ),
  'Slice, forward steps': withIntegers('Slice', [7, 2], [[1], [7], [0], [3]]),
  'Slice, backward steps': withIntegers('Slice', [7, 2], [[-1], [-100], [0], [-2]]),
  Expand: withIntegers('Expand', [3, 1], [[2, 3, 4]]),
  'Pad, two axes': withIntegers('Pad', [2, 3], [[1, 0, 2, 1]]),
  'Gather, indices that repeat': (builder, parameter) =>
    builder.node('Gather', [parameter('x', [5, 3]), integers(builder, [4, 0, -1, 4, 2, 4], [2, 3])]),
  'Gather, inner axis': (builder, parameter) =>
    builder.node('Gather', [parameter('x', [2, 4, 3]), integers(builder, [3, 1, 3])], { axis: int(1) }),
  'Gather, one index': (builder, parameter) =>
    builder.node('Gather', [parameter('x', [2, 4, 3]), integers(builder, [-2], [])], { axis: int(1) }),
  'GatherElements, one per row': (builder, parameter) =>
    builder.node('GatherElements', [parameter('x', [3, 4]), integers(builder, [3, 0, 3], [3, 1])], { axis: int(1) }),
  'GatherElements, indices that repeat': (builder, parameter) =>
    builder.node('GatherElements', [parameter('x', [4, 2]), integers(builder, [0, 3, 0, 1, 2, 3], [3, 2])], {
      axis: int(0),
    }),
  'GatherND, tuples that repeat': (builder, parameter) =>
    builder.node('GatherND', [parameter('x', [3, 4, 2]), integers(builder, [0, 1, 2, -1, 0, 1], [3, 2])]),
  'ScatterND, in place': (builder, parameter) =>
    builder.node('ScatterND', [
      parameter('x', [4, 3]),
      integers(builder, [2, 0], [2, 1]),
      parameter('updates', [2, 3]),
    ]),
  'ScatterND, added': (builder, parameter) =>
    builder.node(
      'ScatterND',
      [parameter('x', [4, 3]), integers(builder, [2, 0], [2, 1]), parameter('updates', [2, 3])],
      {
        reduction: string('add'),
      },
    ),
  'ScatterElements, in place': (builder, parameter) =>
    builder.node(
      'ScatterElements',
      [parameter('x', [2, 4]), integers(builder, [1, 3, 0, 2], [2, 2]), parameter('updates', [2, 2])],
      {
        axis: int(1),
      },
    ),
  'ReduceSum, kept': withIntegers('ReduceSum', [2, 3, 4], [[0, 2]]),
  'ReduceSum, dropped': withIntegers('ReduceSum', [2, 3, 4], [[-1, 0]], { keepdims: int(0) }),
  'ReduceSum, all': unary('ReduceSum', apart, { keepdims: int(0) }),
  'ReduceMean, as an attribute': unary('ReduceMean', apart, { axes: ints(1), keepdims: int(0) }, [2, 3, 4]),
  'ReduceMean, as an input': withIntegers('ReduceMean', [2, 3, 4], [[1]]),
  'ReduceMax, dropped': unary('ReduceMax', apart, { axes: ints(1), keepdims: int(0) }, [3, 4]),
  ReduceMin: unary('ReduceMin', apart, { axes: ints(0) }, [3, 4]),
  ReduceL1: unary('ReduceL1', apart, { axes: ints(1) }, [3, 4]),
  ReduceL2: unary('ReduceL2', apart, { axes: ints(1), keepdims: int(0) }, [3, 4]),
  ReduceSumSquare: unary('ReduceSumSquare', apart, { axes: ints(0), keepdims: int(0) }, [3, 4]),
  ReduceLogSumExp: unary('ReduceLogSumExp', apart, { axes: ints(1), keepdims: int(0) }, [3, 4]),
  'CumSum, exclusive': (builder, parameter) =>
    builder.node('CumSum', [parameter('x', [2, 5]), integers(builder, [1], [])], { exclusive: int(1) }),
  'Conv, padded': conv([2, 3, 5, 4], [4, 3, 3, 2], { pads: ints(1, 0, 1, 1) }),
  'Conv, strides that leave a rest': conv([2, 2, 6, 5], [3, 2, 3, 3], { strides: ints(2, 2), pads: ints(1, 1, 0, 0) }),
  'Conv, dilated': conv([1, 2, 7, 7], [2, 2, 3, 3], { dilations: ints(2, 2) }),
  'Conv, depthwise': conv([2, 3, 5, 5], [3, 1, 3, 3], { group: int(3), pads: ints(1, 1, 1, 1), strides: ints(2, 1) }),
  'Conv, in groups': conv([2, 4, 4, 4], [6, 2, 3, 3], { group: int(2), pads: ints(1, 1, 1, 1) }),
  'Conv, one spatial axis': conv([2, 3, 6], [2, 3, 3], { pads: ints(2, 0) }),
  AveragePool: unary('AveragePool', apart, { kernel_shape: ints(2, 2), strides: ints(2, 1) }, [1, 2, 5, 4]),
  GlobalAveragePool: unary('GlobalAveragePool', apart, {}, [2, 3, 2, 4]),
  'MaxPool, windows that overlap': unary(
    'MaxPool',
    apart,
    { kernel_shape: ints(3, 3), strides: ints(2, 2), pads: ints(1, 1, 1, 1) },
    [2, 2, 5, 5],
  ),
};
