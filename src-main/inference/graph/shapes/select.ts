/** Shapes of operators that pick elements by index. */
import { intAttribute } from '../attributes.ts';
import type { Dimension } from '../graph.ts';
import { axisOf, inputOf, withDim, type ShapeRule } from './rule.ts';

const gather: ShapeRule = (node) => {
  const [data, indices] = [inputOf(node, 0), inputOf(node, 1)];
  const axis = axisOf(node, intAttribute(node.attributes, 'axis', 0), data.dims.length);
  const dims = [...data.dims.slice(0, axis), ...indices.dims, ...data.dims.slice(axis + 1)];
  const known = data.content;
  const picked = known && indices.content?.map((index) => (typeof index === 'number' ? known.at(index) : undefined));
  const content = picked?.every((dim): dim is Dimension => dim !== undefined) ? picked : null;
  return [{ type: data.type, dims, ...(content && { content }) }];
};

const gatherElements: ShapeRule = (node) => [{ type: inputOf(node, 0).type, dims: inputOf(node, 1).dims }];

const gatherND: ShapeRule = (node) => {
  const [{ type, dims }, indices] = [inputOf(node, 0), inputOf(node, 1).dims];
  const depth = indices.at(-1);
  if (typeof depth !== 'number') throw node.wrong('the length of its index tuples is not known');
  const batchDims = intAttribute(node.attributes, 'batch_dims', 0);
  return [{ type, dims: [...indices.slice(0, -1), ...dims.slice(batchDims + depth)] }];
};

const argMax: ShapeRule = (node) => {
  const { dims } = inputOf(node, 0);
  const axis = axisOf(node, intAttribute(node.attributes, 'axis', 0), dims.length);
  const kept = intAttribute(node.attributes, 'keepdims', 1) === 1;
  return [{ type: 'int64', dims: kept ? withDim(dims, axis, 1) : dims.filter((_, index) => index !== axis) }];
};

const topK: ShapeRule = (node) => {
  const { type, dims } = inputOf(node, 0);
  const axis = axisOf(node, intAttribute(node.attributes, 'axis', -1), dims.length);
  const picked = withDim(dims, axis, node.inputs[1]?.content?.[0] ?? node.unknown(axis));
  return [
    { type, dims: picked },
    { type: 'int64', dims: picked },
  ];
};

const oneHot: ShapeRule = (node) => {
  const { dims } = inputOf(node, 0);
  const axis = axisOf(node, intAttribute(node.attributes, 'axis', -1), dims.length + 1);
  const depth = node.inputs[1]?.content?.[0] ?? node.unknown(axis);
  return [{ type: inputOf(node, 2).type, dims: dims.toSpliced(axis, 0, depth) }];
};

const nonZero: ShapeRule = (node) => [{ type: 'int64', dims: [inputOf(node, 0).dims.length, node.unknown(1)] }];

export const selectShapes: readonly (readonly [string, ShapeRule])[] = [
  ['Gather', gather],
  ['GatherElements', gatherElements],
  ['GatherND', gatherND],
  ['ArgMax', argMax],
  ['ArgMin', argMax],
  ['TopK', topK],
  ['OneHot', oneHot],
  ['NonZero', nonZero],
];
