/** Gradients of the softmax family. */
import { intAttribute } from '../../../inference/graph/index.ts';
import type { Backward, GradientRule, GradientRules } from '../rule.ts';

const axisOf = ({ attributes }: Backward) => intAttribute(attributes, 'axis', -1);

/** dx = y·(g − Σ g·y). */
const softmax: GradientRule = (node) => [
  () => {
    const { ops, upstream, output } = node;
    const total = ops.sum(ops.mul(upstream, output(0)), [axisOf(node)], true);
    return ops.mul(output(0), ops.sub(upstream, total));
  },
];

/** dx = g − softmax(x)·Σ g. */
const logSoftmax: GradientRule = (node) => [
  () => {
    const { ops, upstream, output } = node;
    const total = ops.sum(upstream, [axisOf(node)], true);
    return ops.sub(upstream, ops.mul(ops.exp(output(0)), total));
  },
];

export const softmaxGradients: GradientRules = [
  ['Softmax', softmax],
  ['LogSoftmax', logSoftmax],
];
