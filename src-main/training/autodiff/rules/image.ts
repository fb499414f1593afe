/** Gradients of convolution and pooling. */
import {
  intAttribute,
  intsAttribute,
  stringAttribute,
  type Attributes,
  type Dimension,
  type Value,
} from '../../../inference/graph/index.ts';
import type { Backward, GradientRule, GradientRules } from '../rule.ts';

interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Before each spatial axis, then after each. */
  readonly pads: readonly number[];
}

function windowOf({ attributes, dims, unsupported }: Backward, kernel: readonly Dimension[]): Window {
  if (stringAttribute(attributes, 'auto_pad', 'NOTSET') !== 'NOTSET') throw unsupported('its padding is automatic');
  const rank = dims(0).length - 2;
  const ones = Array.from({ length: rank }, () => 1);
  if (!kernel.every((size) => typeof size === 'number')) throw unsupported('the size of its kernel is not known');
  return {
    kernel,
    strides: intsAttribute(attributes, 'strides') ?? ones,
    dilations: intsAttribute(attributes, 'dilations') ?? ones,
    pads: intsAttribute(attributes, 'pads') ?? [...ones, ...ones].map(() => 0),
  };
}

function knownSizes({ unsupported }: Backward, dims: readonly Dimension[]): readonly number[] {
  if (!dims.every((dim) => typeof dim === 'number')) throw unsupported('the size of its picture is not known');
  return dims;
}

/** What a transposed convolution must add at the far end to come back to the picture's size. */
function restOf(node: Backward, { kernel, strides, dilations, pads }: Window): readonly number[] {
  const sizes = knownSizes(node, node.dims(0).slice(2));
  const outcome = knownSizes(node, node.ops.dims(node.upstream).slice(2));
  return sizes.map((size, axis) => {
    const reach =
      (strides[axis] ?? 1) * ((outcome[axis] ?? 1) - 1) + (dilations[axis] ?? 1) * ((kernel[axis] ?? 1) - 1) + 1;
    return size - (reach - (pads[axis] ?? 0) - (pads[axis + sizes.length] ?? 0));
  });
}

const ints = (values: readonly number[]) => ({ ints: values });

function spread(node: Backward, weights: Value, window: Window, group: number): Value {
  const attributes: Attributes = {
    kernel_shape: ints(window.kernel),
    strides: ints(window.strides),
    dilations: ints(window.dilations),
    pads: ints(window.pads),
    output_padding: ints(restOf(node, window)),
    group: { int: group },
  };
  return node.ops.node('ConvTranspose', [node.upstream, weights], attributes);
}

/**
 * Each weight is the product of the picture and the gradient at one shift: a convolution of the picture with the
 * gradient as kernel, in which channels and batch change places, strides and dilations likewise.
 */
function convWeights(node: Backward, window: Window, group: number): Value {
  const { ops, upstream, input, dims } = node;
  const spatial = dims(0)
    .slice(2)
    .map((_, axis) => axis + 2);
  const [batch, channels] = [ops.dims(upstream)[0], knownSizes(node, dims(0).slice(1, 2))[0] ?? 1];
  const sizes = knownSizes(node, dims(0).slice(2));
  if (group > 1 && typeof batch !== 'number') throw node.unsupported('its batch is not known');
  const split =
    group === 1
      ? input(0)
      : ops.node('Reshape', [input(0), ops.integers([Number(batch), group, channels / group, ...sizes])]);
  const picture =
    group === 1
      ? ops.transpose(split, [1, 0, ...spatial])
      : ops.node('Reshape', [
          ops.transpose(split, [2, 1, 0, ...spatial.map((axis) => axis + 1)]),
          ops.integers([channels / group, group * Number(batch), ...sizes]),
        ]);
  const shifted = ops.node('Conv', [picture, ops.transpose(upstream, [1, 0, ...spatial])], {
    strides: ints(window.dilations),
    dilations: ints(window.strides),
    pads: ints(window.pads),
    group: { int: group },
  });
  const weights = ops.transpose(shifted, [1, 0, ...spatial]);
  const inside = [ops.integers(spatial.map(() => 0)), ops.integers(window.kernel), ops.integers(spatial)];
  return ops.node('Slice', [weights, ...inside]);
}

const conv: GradientRule = (node) => {
  const { ops, attributes, upstream, input, dims } = node;
  const window = windowOf(node, dims(1).slice(2));
  const group = intAttribute(attributes, 'group', 1);
  const pictureAxes = [
    0,
    ...dims(0)
      .slice(2)
      .map((_, axis) => axis + 2),
  ];
  return [
    () => spread(node, input(1), window, group),
    () => convWeights(node, window, group),
    () => ops.sum(upstream, pictureAxes, false),
  ];
};

/** A depthwise convolution whose weights are all the same. */
const averagePool: GradientRule = (node) => [
  () => {
    const { ops, attributes, upstream, dims, unsupported } = node;
    const window = windowOf(node, intsAttribute(attributes, 'kernel_shape') ?? []);
    const isPadded = window.pads.some((pad) => pad > 0);
    if (isPadded && intAttribute(attributes, 'count_include_pad', 0) === 0) throw unsupported('it leaves padding out');
    if (intAttribute(attributes, 'ceil_mode', 0) === 1) throw unsupported('its windows reach beyond the picture');
    const [channels = 1] = knownSizes(node, dims(0).slice(1, 2));
    const share = ops.scalar(1 / window.kernel.reduce((product, size) => product * size, 1), upstream);
    const weights = ops.node('Expand', [share, ops.integers([channels, 1, ...window.kernel])]);
    return spread(node, weights, window, channels);
  },
];

const globalAveragePool: GradientRule = (node) => [
  () => {
    const { ops, upstream, dims, like } = node;
    const pixels = knownSizes(node, dims(0).slice(2)).reduce((product, size) => product * size, 1);
    return ops.expand(ops.scale(upstream, 1 / pixels), like(0));
  },
];

/** Pools once more for the places of the maxima: the forward pass does not keep them. */
const maxPool: GradientRule = (node) => [
  () => {
    const { ops, attributes, upstream, input, like } = node;
    const [, places = upstream] = ops.builder.nodeWithOutputs('MaxPool', [input(0)], 2, attributes, 'gradient/MaxPool');
    ops.builder.requireOpset(16);
    const flat = (value: Value) => ops.node('Reshape', [value, ops.integers([-1])]);
    const total = ops.node('ScatterElements', [flat(ops.zeros(like(0), upstream)), flat(places), flat(upstream)], {
      reduction: { string: 'add' },
    });
    return ops.reshape(total, like(0));
  },
];

export const imageGradients: GradientRules = [
  ['Conv', conv],
  ['AveragePool', averagePool],
  ['GlobalAveragePool', globalAveragePool],
  ['MaxPool', maxPool],
];
