/** Shapes of convolution and pooling. */
import { intAttribute, intsAttribute, stringAttribute } from '../attributes.ts';
import type { Dimension } from '../graph.ts';
import { dimAt, inputOf, type Known, type Shaped, type ShapeRule } from './rule.ts';

/** Size after a window of `kernel` went over `size` along one spatial axis. Source: ONNX, Conv and MaxPool. */
function windowed(node: Shaped, spatial: number, size: Dimension, kernel: number, rank: number): Dimension {
  const { attributes } = node;
  const stride = intsAttribute(attributes, 'strides')?.[spatial] ?? 1;
  const dilation = intsAttribute(attributes, 'dilations')?.[spatial] ?? 1;
  const pads = intsAttribute(attributes, 'pads');
  const padding = (pads?.[spatial] ?? 0) + (pads?.[spatial + rank] ?? 0);
  const automatic = stringAttribute(attributes, 'auto_pad', 'NOTSET').startsWith('SAME');
  if (typeof size !== 'number') return `(${size})/${[kernel, stride, dilation, padding, automatic].join(',')}`;
  if (automatic) return Math.ceil(size / stride);
  const steps = (size + padding - dilation * (kernel - 1) - 1) / stride;
  return (intAttribute(attributes, 'ceil_mode', 0) === 1 ? Math.ceil(steps) : Math.floor(steps)) + 1;
}

const conv: ShapeRule = (node) => {
  const [{ type, dims }, weights] = [inputOf(node, 0), inputOf(node, 1).dims];
  const spatial = dims.slice(2).map((size, axis) => {
    const kernel = dimAt(weights, axis + 2);
    return typeof kernel === 'number' ? windowed(node, axis, size, kernel, dims.length - 2) : node.unknown(axis);
  });
  return [{ type, dims: [dimAt(dims, 0), dimAt(weights, 0), ...spatial] }];
};

const pool: ShapeRule = (node) => {
  const { type, dims } = inputOf(node, 0);
  const kernels = intsAttribute(node.attributes, 'kernel_shape') ?? [];
  const spatial = dims.slice(2).map((size, axis) => windowed(node, axis, size, kernels[axis] ?? 1, dims.length - 2));
  const outcome: Known = { type, dims: [...dims.slice(0, 2), ...spatial] };
  return node.outputCount > 1 ? [outcome, { ...outcome, type: 'int64' }] : [outcome];
};

const globalPool: ShapeRule = (node) => {
  const { type, dims } = inputOf(node, 0);
  return [{ type, dims: dims.map((dim, axis) => (axis < 2 ? dim : 1)) }];
};

const convTranspose: ShapeRule = (node) => {
  const [{ type, dims }, weights] = [inputOf(node, 0), inputOf(node, 1).dims];
  const { attributes } = node;
  const rank = dims.length - 2;
  const pads = intsAttribute(attributes, 'pads');
  const spatial = dims.slice(2).map((size, axis) => {
    const kernel = dimAt(weights, axis + 2);
    if (typeof size !== 'number' || typeof kernel !== 'number') return node.unknown(axis);
    const stride = intsAttribute(attributes, 'strides')?.[axis] ?? 1;
    const dilation = intsAttribute(attributes, 'dilations')?.[axis] ?? 1;
    const extra = intsAttribute(attributes, 'output_padding')?.[axis] ?? 0;
    return stride * (size - 1) + extra + dilation * (kernel - 1) + 1 - (pads?.[axis] ?? 0) - (pads?.[axis + rank] ?? 0);
  });
  const perGroup = dimAt(weights, 1);
  const channels = typeof perGroup === 'number' ? perGroup * intAttribute(attributes, 'group', 1) : perGroup;
  return [{ type, dims: [dimAt(dims, 0), channels, ...spatial] }];
};

export const imageShapes: readonly (readonly [string, ShapeRule])[] = [
  ['Conv', conv],
  ['ConvTranspose', convTranspose],
  ['MaxPool', pool],
  ['AveragePool', pool],
  ['GlobalAveragePool', globalPool],
  ['GlobalMaxPool', globalPool],
];
