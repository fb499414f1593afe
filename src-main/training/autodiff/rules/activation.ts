/** Gradients of activations. */
import { floatAttribute, stringAttribute, type Value } from '../../../inference/graph/index.ts';
import type { Ops } from '../ops.ts';
import type { Backward, GradientRule, GradientRules } from '../rule.ts';

const activation =
  (gradient: (node: Backward) => Value): GradientRule =>
  (node) => [() => gradient(node)];

const relu = ({ ops, upstream, output }: Backward) =>
  ops.keepWhere(ops.node('Greater', [output(0), ops.scalar(0, upstream)]), upstream);

const leakyRelu = ({ ops, upstream, input, attributes }: Backward) => {
  const positive = ops.node('Greater', [input(0), ops.scalar(0, upstream)]);
  return ops.node('Where', [positive, upstream, ops.scale(upstream, floatAttribute(attributes, 'alpha', 0.01))]);
};

/** y = α(eˣ − 1) below 0, where dy/dx = y + α. */
const elu = ({ ops, upstream, input, output, attributes }: Backward) => {
  const alpha = ops.scalar(floatAttribute(attributes, 'alpha', 1), upstream);
  const positive = ops.node('Greater', [input(0), ops.scalar(0, upstream)]);
  return ops.node('Where', [positive, upstream, ops.mul(upstream, ops.add(output(0), alpha))]);
};

const sigmoid = ({ ops, upstream, output }: Backward) =>
  ops.mul(upstream, ops.sub(output(0), ops.mul(output(0), output(0))));

/** Where the line is cut off at 0 or 1 nothing flows. */
const hardSigmoid = ({ ops, upstream, output, attributes }: Backward) => {
  const above = ops.node('Greater', [output(0), ops.scalar(0, upstream)]);
  const below = ops.node('Less', [output(0), ops.scalar(1, upstream)]);
  return ops.keepWhere(ops.node('And', [above, below]), ops.scale(upstream, floatAttribute(attributes, 'alpha', 0.2)));
};

const tanh = ({ ops, upstream, output }: Backward) =>
  ops.sub(upstream, ops.mul(upstream, ops.mul(output(0), output(0))));

const softplus = ({ ops, upstream, input }: Backward) => ops.mul(upstream, ops.node('Sigmoid', [input(0)]));

/** d erf(x)/dx = 2/√π·e^(−x²), the factor within the exponent. */
const erf = ({ ops, upstream, input }: Backward) => {
  const factor = ops.scalar(Math.log(2 / Math.sqrt(Math.PI)), upstream);
  return ops.mul(upstream, ops.exp(ops.sub(factor, ops.mul(input(0), input(0)))));
};

/** With u = x/√2: dy/dx = ½ + ½·erf(u) + u·e^(−u²)/√π. Source: Hendrycks and Gimpel, 2016, y = x·Φ(x). */
function exactGeluSlope(ops: Ops, x: Value): Value {
  const u = ops.scale(x, Math.SQRT1_2);
  const density = ops.exp(ops.sub(ops.scalar(-0.5 * Math.log(Math.PI), x), ops.mul(u, u)));
  const half = ops.scalar(0.5, x);
  const cumulative = ops.add(ops.mul(ops.node('Erf', [u]), half), half);
  return ops.add(cumulative, ops.mul(u, density));
}

/** y = x·σ(2z), z = √(2/π)·(x + 0.044715·x³), so dy/dx = s + 2x·(s − s²)·dz/dx. */
function tanhGeluSlope(ops: Ops, x: Value): Value {
  const root = Math.sqrt(2 / Math.PI);
  const square = ops.mul(x, x);
  const cubic = ops.add(ops.scale(square, 2 * root * 0.044715), ops.scalar(2 * root, x));
  const s = ops.node('Sigmoid', [ops.mul(x, cubic)]);
  const slope = ops.add(ops.scale(square, 6 * root * 0.044715), ops.scalar(2 * root, x));
  return ops.add(s, ops.mul(ops.mul(x, slope), ops.sub(s, ops.mul(s, s))));
}

const gelu = ({ ops, upstream, input, attributes }: Backward) => {
  const slope = stringAttribute(attributes, 'approximate', 'none') === 'tanh' ? tanhGeluSlope : exactGeluSlope;
  return ops.mul(upstream, slope(ops, input(0)));
};

export const activationGradients: GradientRules = [
  ['Relu', activation(relu)],
  ['LeakyRelu', activation(leakyRelu)],
  ['Elu', activation(elu)],
  ['Sigmoid', activation(sigmoid)],
  ['HardSigmoid', activation(hardSigmoid)],
  ['Tanh', activation(tanh)],
  ['Softplus', activation(softplus)],
  ['Erf', activation(erf)],
  ['Gelu', activation(gelu)],
];
