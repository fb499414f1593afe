/** Gradients of arithmetic, element by element with broadcasting. */
import type { Value } from '../../../inference/graph/index.ts';
import { lazy, type Backward, type GradientRule, type GradientRules } from '../rule.ts';

const add: GradientRule = ({ upstream, towards }) => [() => towards(0, upstream), () => towards(1, upstream)];

const sub: GradientRule = ({ ops, upstream, towards }) => [
  () => towards(0, upstream),
  () => ops.neg(towards(1, upstream)),
];

const mul: GradientRule = ({ ops, upstream, input, towards }) => [
  () => towards(0, ops.mul(upstream, input(1))),
  () => towards(1, ops.mul(upstream, input(0))),
];

/** y = a/b: dy/da = 1/b, dy/db = −y/b. */
const div: GradientRule = ({ ops, upstream, input, output, towards }) => {
  const quotient = lazy(() => ops.div(upstream, input(1)));
  return [() => towards(0, quotient()), () => ops.neg(towards(1, ops.mul(quotient(), output(0))))];
};

const everyInput: GradientRule = ({ node, upstream, towards }) =>
  node.inputs.map((_, index) => () => towards(index, upstream));

const mean: GradientRule = ({ ops, node, upstream, towards }) =>
  node.inputs.map((_, index) => () => ops.scale(towards(index, upstream), 1 / node.inputs.length));

/** The exponent as a number where it is a constant of one element. */
function exponentOf({ ops, input }: Backward): number | null {
  const tensor = ops.builder.tensor(input(1));
  return tensor?.data.length === 1 ? Number(tensor.data[0]) : null;
}

/** d xᵖ/dx = p·xᵖ⁻¹, without Pow for the exponents that layers use; d xᵖ/dp = xᵖ·ln x, taken as 0 where x ≤ 0. */
const pow: GradientRule = (node) => {
  const { ops, upstream, input, output, towards } = node;
  const base = () => {
    const exponent = exponentOf(node);
    const scaled = (factor: Value, by: number) => towards(0, ops.mul(ops.scale(upstream, by), factor));
    if (exponent === 2) return scaled(input(0), 2);
    if (exponent === 3) return scaled(ops.mul(input(0), input(0)), 3);
    if (exponent === 0.5) return towards(0, ops.div(ops.scale(upstream, 0.5), output(0)));
    const less = ops.sub(input(1), ops.scalar(1, input(1)));
    const slope = ops.mul(ops.cast(input(1), node.type(0)), ops.node('Pow', [input(0), less]));
    return towards(0, ops.mul(upstream, slope));
  };
  const power = () => {
    const positive = ops.node('Greater', [input(0), ops.scalar(0, input(0))]);
    const logarithm = ops.node('Log', [ops.node('Where', [positive, input(0), ops.scalar(1, input(0))])]);
    return towards(1, ops.cast(ops.mul(upstream, ops.mul(output(0), logarithm)), node.type(1)));
  };
  return [base, power];
};

/** Equal ones share the gradient equally. */
const extreme: GradientRule = ({ ops, node, upstream, input, output, towards, type }) => {
  const masks = lazy(() =>
    node.inputs.map((_, index) => ops.cast(ops.node('Equal', [input(index), output(0)]), type(0))),
  );
  const share = lazy(() =>
    ops.div(upstream, node.inputs.length === 1 ? (masks()[0] ?? upstream) : ops.node('Sum', masks())),
  );
  return node.inputs.map((_, index) => () => towards(index, ops.mul(share(), masks()[index] ?? upstream)));
};

/** 1 within the bounds and on them, 0 beyond; the bounds themselves are not trained. */
const clip: GradientRule = ({ ops, upstream, has, input }) => [
  () => {
    const low = has(1) ? ops.node('GreaterOrEqual', [input(0), input(1)]) : null;
    const high = has(2) ? ops.node('LessOrEqual', [input(0), input(2)]) : null;
    const within = low && high ? ops.node('And', [low, high]) : (low ?? high);
    return within ? ops.keepWhere(within, upstream) : upstream;
  },
  null,
  null,
];

const where: GradientRule = ({ ops, upstream, input, towards }) => [
  null,
  () => towards(1, ops.keepWhere(input(0), upstream)),
  () => towards(2, ops.node('Where', [input(0), ops.scalar(0, upstream), upstream])),
];

const cast: GradientRule = ({ ops, upstream, type }) => [() => ops.cast(upstream, type(0))];

/** Operators of one input, by what the upstream gradient becomes. */
const unary =
  (gradient: (node: Backward) => Value): GradientRule =>
  (node) => [() => gradient(node)];

export const arithmeticGradients: GradientRules = [
  ['Add', add],
  ['Sub', sub],
  ['Mul', mul],
  ['Div', div],
  ['Sum', everyInput],
  ['Mean', mean],
  ['Pow', pow],
  ['Max', extreme],
  ['Min', extreme],
  ['Clip', clip],
  ['Where', where],
  ['Cast', cast],
  ['Identity', unary(({ upstream }) => upstream)],
  ['Neg', unary(({ ops, upstream }) => ops.neg(upstream))],
  ['Sqrt', unary(({ ops, upstream, output }) => ops.div(ops.scale(upstream, 0.5), output(0)))],
  ['Exp', unary(({ ops, upstream, output }) => ops.mul(upstream, output(0)))],
  ['Log', unary(({ ops, upstream, input }) => ops.div(upstream, input(0)))],
  ['Abs', unary(({ ops, upstream, input }) => ops.mul(upstream, ops.node('Sign', [input(0)])))],
  ['Reciprocal', unary(({ ops, upstream, output }) => ops.neg(ops.mul(upstream, ops.mul(output(0), output(0)))))],
  ['Sin', unary(({ ops, upstream, input }) => ops.mul(upstream, ops.node('Cos', [input(0)])))],
  ['Cos', unary(({ ops, upstream, input }) => ops.neg(ops.mul(upstream, ops.node('Sin', [input(0)]))))],
];
