/** Shapes of matrix products. */
import { intAttribute, stringAttribute } from '../attributes.ts';
import type { Dimension } from '../graph.ts';
import { broadcast } from './dimension.ts';
import { dimAt, inputOf, type Shaped, type ShapeRule } from './rule.ts';

/** Two sizes that are known must agree; names are taken to. */
function checkInner(node: Shaped, a: Dimension, b: Dimension): void {
  if (typeof a === 'number' && typeof b === 'number' && a !== b) throw node.wrong(`inner sizes are ${a} and ${b}`);
}

const matMul: ShapeRule = (node) => {
  const [{ type, dims: a }, { dims: b }] = [inputOf(node, 0), inputOf(node, 1)];
  if (a.length === 0 || b.length === 0) throw node.wrong('scalars are no matrices');
  checkInner(node, dimAt(a, a.length - 1), dimAt(b, Math.max(0, b.length - 2)));
  const batch = broadcast([a.slice(0, -2), b.slice(0, -2)]);
  if (batch === null) throw node.wrong(`[${a.join(', ')}] and [${b.join(', ')}] do not broadcast`);
  const rows = a.length > 1 ? [dimAt(a, a.length - 2)] : [];
  const columns = b.length > 1 ? [dimAt(b, b.length - 1)] : [];
  return [{ type, dims: [...batch, ...rows, ...columns] }];
};

const gemm: ShapeRule = (node) => {
  const [{ type, dims: a }, { dims: b }] = [inputOf(node, 0), inputOf(node, 1)];
  if (a.length !== 2 || b.length !== 2) throw node.wrong('both inputs must be matrices');
  const transA = intAttribute(node.attributes, 'transA', 0);
  const transB = intAttribute(node.attributes, 'transB', 0);
  checkInner(node, dimAt(a, 1 - transA), dimAt(b, transB));
  return [{ type, dims: [dimAt(a, transA), dimAt(b, 1 - transB)] }];
};

const einsum: ShapeRule = (node) => {
  const equation = stringAttribute(node.attributes, 'equation', '').replaceAll(' ', '');
  const [left = '', right] = equation.split('->');
  if (right === undefined || equation.includes('.'))
    throw node.wrong(`'${equation}' must name every axis and the output`);
  const sizes = new Map<string, Dimension>();
  for (const [index, subscripts] of left.split(',').entries()) {
    const { dims } = inputOf(node, index);
    if (dims.length !== subscripts.length)
      throw node.wrong(`'${subscripts}' names ${subscripts.length} of ${dims.length} axes`);
    for (const [axis, letter] of subscripts.split('').entries()) {
      if (!sizes.has(letter) || sizes.get(letter) === 1) sizes.set(letter, dimAt(dims, axis));
    }
  }
  const dims = right.split('').map((letter) => {
    const size = sizes.get(letter);
    if (size === undefined) throw node.wrong(`'${letter}' is no axis of an input`);
    return size;
  });
  return [{ type: inputOf(node, 0).type, dims }];
};

export const matrixShapes: readonly (readonly [string, ShapeRule])[] = [
  ['MatMul', matMul],
  ['Gemm', gemm],
  ['Einsum', einsum],
];
