/** Gradients of matrix products. */
import { floatAttribute, intAttribute, stringAttribute, type Value } from '../../../inference/graph/index.ts';
import type { Backward, GradientRule, GradientRules } from '../rule.ts';

/**
 * A product with one matrix for the whole batch, as in linear layers: two products of plain matrices, which Gemm takes
 * transposed as they lie.
 */
const linear: GradientRule = ({ ops, upstream, input, like }) => [
  () => {
    const flat = ops.node('Gemm', [ops.rows(upstream), input(1)], { transB: { int: 1 } });
    return ops.reshape(flat, like(0));
  },
  () => ops.node('Gemm', [ops.rows(input(0)), ops.rows(upstream)], { transA: { int: 1 } }),
];

/** Batches of matrices, and vectors, which are matrices of one row or column. */
const batched: GradientRule = ({ ops, upstream, input, like, dims, towards }) => {
  const [isRow, isColumn] = [dims(0).length === 1, dims(1).length === 1];
  const rank = ops.dims(upstream).length;
  const columnAdded = isColumn ? ops.unsqueeze(upstream, [rank]) : upstream;
  const gradient = isRow ? ops.unsqueeze(columnAdded, [isColumn ? rank : rank - 1]) : columnAdded;
  const left = () => (isRow ? ops.unsqueeze(input(0), [0]) : input(0));
  const right = () => (isColumn ? ops.unsqueeze(input(1), [1]) : input(1));
  const bring = (index: number, isVector: boolean, value: Value) => {
    if (!isVector) return towards(index, value);
    const batch = ops.dims(value).length - 2;
    const summed =
      batch === 0
        ? value
        : ops.sum(
            value,
            Array.from({ length: batch }, (_, axis) => axis),
            false,
          );
    return ops.reshape(summed, like(index));
  };
  return [
    () => bring(0, isRow, ops.node('MatMul', [gradient, ops.transposeMatrix(right())])),
    () => bring(1, isColumn, ops.node('MatMul', [ops.transposeMatrix(left()), gradient])),
  ];
};

const matMul: GradientRule = (node) =>
  node.dims(0).length >= 2 && node.dims(1).length === 2 ? linear(node) : batched(node);

/** Y = α·A'·B' + β·C, where ' may transpose. */
const gemm: GradientRule = ({ ops, attributes, upstream, input, towards }) => {
  const [transA, transB] = [intAttribute(attributes, 'transA', 0), intAttribute(attributes, 'transB', 0)];
  const alpha = { float: floatAttribute(attributes, 'alpha', 1) };
  const product = (a: Value, b: Value, flipA: number, flipB: number) =>
    ops.node('Gemm', [a, b], { alpha, transA: { int: flipA }, transB: { int: flipB } });
  return [
    () => (transA === 0 ? product(upstream, input(1), 0, 1 - transB) : product(input(1), upstream, transB, 1)),
    () => (transB === 0 ? product(input(0), upstream, 1 - transA, 0) : product(upstream, input(0), 1, transA)),
    () => ops.scale(towards(2, upstream), floatAttribute(attributes, 'beta', 1)),
  ];
};

/**
 * The gradient of an operand is the Einsum of the upstream gradient with the other operands onto its axes; an axis that
 * only it has was summed, so that its gradient is the same all along.
 */
const einsum: GradientRule = ({ ops, node, attributes, upstream, input, like, towards, unsupported }: Backward) => {
  const [left = '', right = ''] = stringAttribute(attributes, 'equation', '').replaceAll(' ', '').split('->');
  const operands = left.split(',');
  return node.inputs.map((_, index) => () => {
    const own = operands[index] ?? '';
    if (new Set(own.split('')).size !== own.length) throw unsupported(`'${own}' takes a diagonal`);
    const others = operands.flatMap((subscripts, other) =>
      other === index ? [] : [{ subscripts, value: input(other) }],
    );
    const elsewhere = new Set(others.map(({ subscripts }) => subscripts).join('') + right);
    const reached = own
      .split('')
      .filter((letter) => elsewhere.has(letter))
      .join('');
    const equation = `${[right, ...others.map(({ subscripts }) => subscripts)].join(',')}->${reached}`;
    const gradient = ops.node('Einsum', [upstream, ...others.map(({ value }) => value)], {
      equation: { string: equation },
    });
    const alone = own.split('').flatMap((letter, axis) => (elsewhere.has(letter) ? [] : [axis]));
    return alone.length === 0 ? towards(index, gradient) : ops.expand(ops.unsqueeze(gradient, alone), like(index));
  });
};

export const matrixGradients: GradientRules = [
  ['MatMul', matMul],
  ['Gemm', gemm],
  ['Einsum', einsum],
];
