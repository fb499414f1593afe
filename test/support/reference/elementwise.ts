/** Elementwise operators of the reference evaluator. */
import { at, broadcastDims, generate, type Tensor } from './tensor.ts';

/** Source: Abramowitz and Stegun, 1964, 7.1.6 (series) and 7.1.14 (continued fraction); about 1e-15. */
function erf(x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude > 3) {
    let fraction = 0;
    for (let k = 60; k > 0; k--) fraction = k / 2 / (magnitude + fraction);
    return Math.sign(x) * (1 - Math.exp(-x * x) / (Math.sqrt(Math.PI) * (magnitude + fraction)));
  }
  let term = magnitude;
  let sum = term;
  for (let n = 1; n < 80; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return Math.sign(x) * ((2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum);
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const clampUnit = (x: number) => Math.min(1, Math.max(0, x));

/** Numbers of the node's attributes, with the operators' defaults. */
export type NumberAttribute = (name: string, fallback: number) => number;

export const unary: Readonly<Record<string, (x: number, attribute: NumberAttribute) => number>> = {
  Identity: (x) => x,
  Cast: (x) => x,
  Neg: (x) => -x,
  Abs: Math.abs,
  Sqrt: Math.sqrt,
  Exp: Math.exp,
  Log: Math.log,
  Reciprocal: (x) => 1 / x,
  Sin: Math.sin,
  Cos: Math.cos,
  Erf: erf,
  Relu: (x) => Math.max(0, x),
  LeakyRelu: (x, attribute) => (x > 0 ? x : x * attribute('alpha', 0.01)),
  Elu: (x, attribute) => (x > 0 ? x : attribute('alpha', 1) * Math.expm1(x)),
  Sigmoid: sigmoid,
  HardSigmoid: (x, attribute) => clampUnit(attribute('alpha', 0.2) * x + attribute('beta', 0.5)),
  Tanh: Math.tanh,
  Softplus: (x) => Math.log1p(Math.exp(x)),
};

export const gelu = (x: number): number => (x * (1 + erf(x / Math.SQRT2))) / 2;
export const tanhGelu = (x: number): number =>
  (x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))) / 2;

/** Of any number of inputs, broadcast. */
export const nary: Readonly<Record<string, (elements: readonly number[]) => number>> = {
  Add: ([a = NaN, b = NaN]) => a + b,
  Sub: ([a = NaN, b = NaN]) => a - b,
  Mul: ([a = NaN, b = NaN]) => a * b,
  Div: ([a = NaN, b = NaN]) => a / b,
  Pow: ([a = NaN, b = NaN]) => a ** b,
  Max: (elements) => Math.max(...elements),
  Min: (elements) => Math.min(...elements),
  Sum: (elements) => elements.reduce((sum, element) => sum + element, 0),
  Mean: (elements) => elements.reduce((sum, element) => sum + element, 0) / elements.length,
  Clip: ([x = NaN, low = -Infinity, high = Infinity]) => Math.min(high, Math.max(low, x)),
  Where: ([condition = NaN, a = NaN, b = NaN]) => (condition === 0 ? b : a),
  Greater: ([a = NaN, b = NaN]) => (a > b ? 1 : 0),
  Less: ([a = NaN, b = NaN]) => (a < b ? 1 : 0),
};

export function broadcastMap(inputs: readonly Tensor[], combine: (elements: readonly number[]) => number): Tensor {
  const dims = broadcastDims(inputs.map((input) => input.dims));
  return generate(dims, (coordinates) => combine(inputs.map((input) => at(input, coordinates))));
}
