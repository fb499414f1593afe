/** Cases of operators that compute: arithmetic, activations, products, norms. */
import { apart, condition, int, nary, positive, power, scalar, string, unary, type Build } from './build.ts';

export const computingCases: Readonly<Record<string, Build>> = {
  'Add, broadcast': nary('Add', [[2, 3, 1], [4]]),
  'Sub, broadcast': nary('Sub', [[3], [2, 1, 3]]),
  'Mul, broadcast': nary('Mul', [
    [2, 3, 4],
    [3, 1],
  ]),
  'Mul, of a value with itself': (builder, parameter) => {
    const x = parameter('x', [2, 3]);
    return builder.node('Mul', [x, x]);
  },
  'Div, broadcast': nary(
    'Div',
    [
      [2, 3],
      [2, 1],
    ],
    {},
    positive,
  ),
  'Sum, of three': nary('Sum', [[2, 3], [3], [1, 1]]),
  'Mean, of two': nary('Mean', [[2, 3], [3]]),
  'Pow, squared': power(2),
  'Pow, cubed': power(3),
  'Pow, root': power(0.5),
  'Pow, other': power(-1.5),
  'Pow, exponents trained': nary('Pow', [[2, 3], [3]], {}, positive),
  'Max, of three': nary('Max', [[2, 3], [3], [2, 1]]),
  'Min, of two': nary('Min', [[2, 3], [3]]),
  'Clip, both bounds': (builder, parameter) =>
    builder.node('Clip', [parameter('x', [4, 5]), scalar(builder, -0.7), scalar(builder, 0.6)]),
  'Clip, upper bound': (builder, parameter) => builder.node('Clip', [parameter('x', [9]), null, scalar(builder, 0.3)]),
  'Where, broadcast': (builder, parameter) =>
    builder.node('Where', [condition(builder), parameter('a', [3]), parameter('b', [2, 1])]),
  Cast: unary('Cast', (normal) => normal, { to: int(1) }),
  'Identity, used twice': (builder, parameter) => {
    const x = builder.node('Identity', [parameter('x', [3])]);
    return builder.node('Add', [x, builder.node('Exp', [x])]);
  },
  Neg: unary('Neg', apart),
  Sqrt: unary('Sqrt', positive),
  Exp: unary('Exp', apart),
  Log: unary('Log', positive),
  Abs: unary('Abs', apart),
  Reciprocal: unary('Reciprocal', positive),
  Sin: unary('Sin', apart),
  Cos: unary('Cos', apart),
  Erf: unary('Erf', apart),
  Relu: unary('Relu', apart),
  LeakyRelu: unary('LeakyRelu', apart, { alpha: { float: 0.1 } }),
  Elu: unary('Elu', apart, { alpha: { float: 1.3 } }),
  Sigmoid: unary('Sigmoid', apart),
  HardSigmoid: unary('HardSigmoid', (normal) => 2 * normal),
  Tanh: unary('Tanh', apart),
  Softplus: unary('Softplus', apart),
  Gelu: unary('Gelu', (normal) => 2 * normal),
  'Gelu, tanh': unary('Gelu', (normal) => 2 * normal, { approximate: string('tanh') }),
  'Silu, written out': (builder, parameter) => {
    const x = parameter('x', [7]);
    return builder.node('Mul', [x, builder.node('Sigmoid', [x])]);
  },
  'MatMul, matrices': nary('MatMul', [
    [3, 4],
    [4, 2],
  ]),
  'MatMul, linear layer': nary('MatMul', [
    [2, 3, 4],
    [4, 2],
  ]),
  'MatMul, batched': nary('MatMul', [
    [2, 3, 4],
    [2, 4, 2],
  ]),
  'MatMul, batches broadcast': nary('MatMul', [
    [2, 1, 3, 4],
    [3, 4, 2],
  ]),
  'MatMul, one matrix before a batch': nary('MatMul', [
    [3, 4],
    [2, 4, 2],
  ]),
  'MatMul, vectors': nary('MatMul', [[4], [4]]),
  'MatMul, vector before a batch': nary('MatMul', [[4], [2, 4, 3]]),
  'MatMul, vector before a matrix': nary('MatMul', [[4], [4, 3]]),
  'MatMul, vector after a batch': nary('MatMul', [[2, 3, 4], [4]]),
  Gemm: nary('Gemm', [[3, 4], [4, 2], [2]]),
  'Gemm, first transposed, scaled': nary(
    'Gemm',
    [
      [4, 3],
      [4, 2],
      [3, 1],
    ],
    { transA: int(1), alpha: { float: 0.5 }, beta: { float: 2 } },
  ),
  'Gemm, second transposed': nary(
    'Gemm',
    [
      [3, 4],
      [2, 4],
    ],
    { transB: int(1) },
  ),
  'Gemm, both transposed': nary(
    'Gemm',
    [
      [4, 3],
      [2, 4],
    ],
    { transA: int(1), transB: int(1) },
  ),
  'Einsum, attention': nary(
    'Einsum',
    [
      [2, 3, 2, 4],
      [2, 5, 2, 4],
    ],
    { equation: string('bthd,bshd->bhts') },
  ),
  'Einsum, an axis that is summed alone': nary('Einsum', [[2, 3, 4], [4]], { equation: string('ijk,k->k') }),
  Softmax: unary('Softmax', apart, {}, [2, 3, 4]),
  'Softmax, another axis': unary('Softmax', apart, { axis: int(1) }, [2, 3, 4]),
  LogSoftmax: unary('LogSoftmax', apart, { axis: int(-1) }, [2, 5]),
  'LayerNormalization, scale and bias': nary('LayerNormalization', [[2, 3, 4], [4], [4]]),
  'LayerNormalization, two axes, no bias': nary(
    'LayerNormalization',
    [
      [2, 3, 4],
      [3, 4],
    ],
    { axis: int(1) },
  ),
  SimplifiedLayerNormalization: nary('SimplifiedLayerNormalization', [[2, 3, 4], [4]], {
    axis: int(-1),
    epsilon: { float: 1e-5 },
  }),
  RMSNormalization: nary('RMSNormalization', [[2, 3, 4], [4]]),
};
