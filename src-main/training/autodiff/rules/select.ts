/** Gradients of operators that pick elements by index, and of those that put them there. */
import { intAttribute, stringAttribute, type Value } from '../../../inference/graph/index.ts';
import { padInto, type Before } from '../pad-into.ts';
import { frontAxis, type Backward, type GradientRule, type GradientRules } from '../rule.ts';
import { scatterAlong } from '../scatter.ts';

const axisOf = ({ attributes, dims }: Backward) => frontAxis(intAttribute(attributes, 'axis', 0), dims(0).length);

/** The index that every run picks, where it is a constant scalar and the place is known. */
function onlyIndex(node: Backward): number | 'last' | null {
  const { ops, input, dims } = node;
  const index = ops.builder.integers(input(1))?.[0];
  if (dims(1).length > 0 || typeof index !== 'number') return null;
  const size = dims(0)[axisOf(node)];
  if (index >= 0) return index;
  return typeof size === 'number' ? index + size : index === -1 ? 'last' : null;
}

const gather: GradientRule = (node) => [
  () => {
    const { ops, upstream, input, like, dims } = node;
    const axis = axisOf(node);
    const index = onlyIndex(node);
    if (index === null) return scatterAlong(ops, upstream, input(1), axis, like(0));
    const before = dims(0).map((_, other): Before => (other === axis ? (index === 'last' ? 'rest' : index) : 0));
    return padInto(ops, ops.unsqueeze(upstream, [axis]), before, like(0));
  },
  null,
];

/** Where one element is picked per row, none comes twice, and a plain scatter does. */
const gatherElements: GradientRule = (node) => [
  () => {
    const { ops, upstream, input, like, dims } = node;
    const axis = axisOf(node);
    const isSingle = dims(1)[axis] === 1;
    if (!isSingle) ops.builder.requireOpset(16);
    return ops.node('ScatterElements', [ops.zeros(like(0), upstream), input(1), upstream], {
      axis: { int: axis },
      ...(isSingle ? {} : { reduction: { string: 'add' } }),
    });
  },
  null,
];

/** Index tuples become places in the data with its indexed axes as one. */
const gatherND: GradientRule = ({ ops, attributes, upstream, input, like, dims, unsupported }) => [
  () => {
    const depth = dims(1).at(-1);
    const sizes = dims(0).slice(0, Number(depth));
    const rest = dims(0).slice(Number(depth));
    if (intAttribute(attributes, 'batch_dims', 0) !== 0) throw unsupported('it has batch dimensions');
    if (![...sizes, ...rest].every((size) => typeof size === 'number')) throw unsupported('a size is not known');
    const strides = sizes.map((_, axis) =>
      sizes.slice(axis + 1).reduce<number>((product, size) => product * Number(size), 1),
    );
    const tuples = input(1);
    const wrapped = ops.add(tuples, ops.integers(sizes.map(Number)));
    const isNegative = ops.node('Less', [tuples, ops.integers([0])]);
    const front = ops.node('Where', [isNegative, wrapped, tuples]);
    const places = ops.sum(ops.mul(front, ops.integers(strides)), [-1], false);
    const flatDims = [sizes.reduce<number>((product, size) => product * Number(size), 1), ...rest];
    const flat = scatterAlong(ops, upstream, places, 0, { dims: flatDims, value: () => upstream });
    return ops.reshape(flat, like(0));
  },
  null,
];

/** Of places that were overwritten nothing flows to the data; with addition everything does. */
const scatter =
  (pick: (node: Backward, upstream: Value, indices: Value) => Value): GradientRule =>
  (node) => {
    const { ops, attributes, upstream, input, like, unsupported } = node;
    const reduction = stringAttribute(attributes, 'reduction', 'none');
    if (reduction !== 'none' && reduction !== 'add') throw unsupported(`its reduction is '${reduction}'`);
    const { operator } = node.node;
    const axis = operator === 'ScatterElements' ? { axis: { int: axisOf(node) } } : {};
    return [
      () =>
        reduction === 'add' ? upstream : ops.node(operator, [upstream, input(1), ops.zeros(like(2), upstream)], axis),
      null,
      () => pick(node, upstream, input(1)),
    ];
  };

export const selectGradients: GradientRules = [
  ['Gather', gather],
  ['GatherElements', gatherElements],
  ['GatherND', gatherND],
  ['ScatterND', scatter(({ ops }, upstream, indices) => ops.node('GatherND', [upstream, indices]))],
  [
    'ScatterElements',
    scatter((node, upstream, indices) =>
      node.ops.node('GatherElements', [upstream, indices], { axis: { int: axisOf(node) } }),
    ),
  ],
];
