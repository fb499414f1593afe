/** Shapes of reductions. */
import { intAttribute } from '../attributes.ts';
import { axisOf, inputOf, sizesOf, type ShapeRule } from './rule.ts';

const reduce: ShapeRule = (node) => {
  const { type, dims } = inputOf(node, 0);
  const given = sizesOf(node, 1, 'axes');
  if (given === null && node.inputs[1]) {
    return [{ type, dims: dims.map((_, axis) => node.unknown(axis)) }];
  }
  const none = given === null || given.length === 0;
  if (none && intAttribute(node.attributes, 'noop_with_empty_axes', 0) === 1) return [{ type, dims }];
  const axes = new Set(none ? dims.keys() : given.map((axis) => axisOf(node, axis, dims.length)));
  const kept = intAttribute(node.attributes, 'keepdims', 1) === 1;
  return [{ type, dims: dims.flatMap((dim, axis) => (axes.has(axis) ? (kept ? [1] : []) : [dim])) }];
};

const operators = ['Sum', 'Mean', 'Max', 'Min', 'Prod', 'SumSquare', 'L1', 'L2', 'LogSum', 'LogSumExp'];

export const reduceShapes: readonly (readonly [string, ShapeRule])[] = operators.map((name) => [
  `Reduce${name}`,
  reduce,
]);
