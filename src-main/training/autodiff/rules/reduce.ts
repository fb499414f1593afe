/** Gradients of reductions. */
import { intAttribute, intsAttribute, type Value } from '../../../inference/graph/index.ts';
import { frontAxis, knownIntegers, type Backward, type GradientRule, type GradientRules } from '../rule.ts';

function reducedAxes(node: Backward): readonly number[] {
  const { attributes, dims } = node;
  const rank = dims(0).length;
  const given = knownIntegers(node, 1) ?? intsAttribute(attributes, 'axes') ?? [];
  if (given.length > 0) return given.map((axis) => frontAxis(axis, rank)).toSorted((a, b) => a - b);
  return intAttribute(attributes, 'noop_with_empty_axes', 0) === 1
    ? []
    : Array.from({ length: rank }, (_, axis) => axis);
}

/** `value`, of the output's shape, with size 1 in place of the axes that were reduced: it broadcasts to the input. */
const kept = (node: Backward, value: Value): Value =>
  intAttribute(node.attributes, 'keepdims', 1) === 1 ? value : node.ops.unsqueeze(value, reducedAxes(node));

/** A reduction whose gradient, before it is spread over the input, is `slope`. */
const reduction =
  (slope: (node: Backward, upstream: Value) => Value): GradientRule =>
  (node) => [() => node.ops.expand(slope(node, kept(node, node.upstream)), node.like(0)), null];

function mean(node: Backward, upstream: Value): Value {
  const { ops, dims, input } = node;
  const sizes = reducedAxes(node).map((axis) => dims(0)[axis]);
  if (sizes.every((size) => typeof size === 'number')) {
    return ops.scale(upstream, 1 / sizes.reduce((product, size) => product * size, 1));
  }
  const ratio = ops.div(ops.node('Size', [input(0)]), ops.node('Size', [upstream]));
  return ops.div(upstream, ops.cast(ratio, node.type(0)));
}

/** Equal ones share the gradient equally. */
function extreme(node: Backward, upstream: Value): Value {
  const { ops, input, output, type } = node;
  const mask = ops.cast(ops.node('Equal', [input(0), kept(node, output(0))]), type(0));
  return ops.mul(mask, ops.div(upstream, ops.sum(mask, reducedAxes(node), true)));
}

/** The same sum from the other end. */
const cumulativeSum: GradientRule = ({ ops, attributes, upstream, input }) => [
  () =>
    ops.node('CumSum', [upstream, input(1)], {
      exclusive: { int: intAttribute(attributes, 'exclusive', 0) },
      reverse: { int: 1 - intAttribute(attributes, 'reverse', 0) },
    }),
  null,
];

export const reduceGradients: GradientRules = [
  ['ReduceSum', reduction((_, upstream) => upstream)],
  ['ReduceMean', reduction(mean)],
  ['ReduceMax', reduction(extreme)],
  ['ReduceMin', reduction(extreme)],
  ['ReduceL1', reduction(({ ops, input }, upstream) => ops.mul(ops.node('Sign', [input(0)]), upstream))],
  [
    'ReduceL2',
    reduction((node, upstream) => node.ops.mul(node.input(0), node.ops.div(upstream, kept(node, node.output(0))))),
  ],
  ['ReduceSumSquare', reduction(({ ops, input }, upstream) => ops.mul(input(0), ops.scale(upstream, 2)))],
  [
    'ReduceLogSumExp',
    reduction((node, upstream) => {
      const { ops, input, output } = node;
      return ops.mul(ops.exp(ops.sub(input(0), kept(node, output(0)))), upstream);
    }),
  ],
  ['CumSum', cumulativeSum],
];
