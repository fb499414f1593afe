/** Shapes of operators that work element by element, or that keep the shape of their first input. */
import { intAttribute } from '../attributes.ts';
import { onnxTypeOf, type ElementType } from '../element-type.ts';
import { broadcast } from './dimension.ts';
import { dimAt, axisOf, inputOf, type Known, type Shaped, type ShapeRule } from './rule.ts';

const same: ShapeRule = (node) => [inputOf(node, 0)];

function broadcastOf(node: Shaped, inputs: readonly (Known | null)[]): readonly (string | number)[] {
  const dims = broadcast(inputs.flatMap((input) => (input === null ? [] : [input.dims])));
  if (dims === null) {
    throw node.wrong(`${inputs.map((input) => `[${input?.dims.join(', ')}]`).join(' and ')} do not broadcast`);
  }
  return dims;
}

const broadcasting: ShapeRule = (node) => {
  const { type } = inputOf(node, 0);
  const other = node.inputs.find((input) => input !== null && input.type !== type);
  if (other && node.operator !== 'Pow') throw node.wrong(`inputs are of types ${type} and ${other.type}`);
  return [{ type, dims: broadcastOf(node, node.inputs) }];
};

const comparing: ShapeRule = (node) => [{ type: 'bool', dims: broadcastOf(node, node.inputs) }];

const typeNumbered = (number: number): ElementType | undefined =>
  (Object.keys(onnxTypeOf) as ElementType[]).find((type) => onnxTypeOf[type] === number);

const cast: ShapeRule = (node) => {
  const input = inputOf(node, 0);
  const type = typeNumbered(intAttribute(node.attributes, 'to', 0));
  if (type === undefined) throw node.wrong('casts to a type that is not known here');
  return [{ ...input, type }];
};

const where: ShapeRule = (node) => [{ type: inputOf(node, 1).type, dims: broadcastOf(node, node.inputs) }];

/** Mean and inverse deviation, the optional outputs, keep the axes in front of the normalised ones. */
const normalization: ShapeRule = (node) => {
  const input = inputOf(node, 0);
  const axis = axisOf(node, intAttribute(node.attributes, 'axis', -1), input.dims.length);
  const dims = input.dims.map((dim, index) => (index < axis ? dim : 1));
  return [input, ...Array.from({ length: node.outputCount - 1 }, () => ({ type: input.type, dims }))];
};

/** Parametric slopes and the like broadcast to the first input only. */
const towardsFirst: ShapeRule = (node) => {
  const input = inputOf(node, 0);
  const dims = broadcastOf(node, node.inputs.slice(0, 2));
  if (dims.some((dim, axis) => dim !== dimAt(input.dims, axis))) throw node.wrong('the first input is the smaller one');
  return [input];
};

const sameOperators = [
  ...['Abs', 'Neg', 'Sign', 'Exp', 'Log', 'Sqrt', 'Reciprocal', 'Floor', 'Ceil', 'Round', 'Erf', 'Sin', 'Cos', 'Tan'],
  ...['Relu', 'LeakyRelu', 'Elu', 'Celu', 'Selu', 'ThresholdedRelu', 'Sigmoid', 'HardSigmoid', 'HardSwish', 'Swish'],
  ...['Tanh', 'Softplus', 'Softsign', 'Mish', 'Gelu', 'Identity', 'Not', 'Clip', 'Softmax', 'LogSoftmax', 'Hardmax'],
  ...[
    'CumSum',
    'Trilu',
    'Dropout',
    'LpNormalization',
    'InstanceNormalization',
    'GroupNormalization',
    'RMSNormalization',
    'SimplifiedLayerNormalization',
  ],
  ...['BatchNormalization', 'ScatterND', 'ScatterElements', 'ReverseSequence', 'IsNaN', 'IsInf'],
];
const boolean = new Set(['IsNaN', 'IsInf']);

export const elementwiseShapes: readonly (readonly [string, ShapeRule])[] = [
  ...sameOperators.map((operator): [string, ShapeRule] => [
    operator,
    boolean.has(operator) ? (node) => [{ type: 'bool', dims: inputOf(node, 0).dims }] : same,
  ]),
  ...['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Mod', 'Min', 'Max', 'Sum', 'Mean', 'And', 'Or', 'Xor'].map(
    (operator): [string, ShapeRule] => [operator, broadcasting],
  ),
  ...['Equal', 'Less', 'LessOrEqual', 'Greater', 'GreaterOrEqual'].map((operator): [string, ShapeRule] => [
    operator,
    comparing,
  ]),
  ['Cast', cast],
  ['Where', where],
  ['LayerNormalization', normalization],
  ['PRelu', towardsFirst],
];
