/** Operators over images. TensorFlow keeps channels last, ONNX first: each is wrapped in two Transposes, of which ONNX Runtime removes all but a few. */
import type { Attributes, GraphBuilder, Value } from '../graph/index.ts';
import {
  cannotConvert,
  integerInput,
  tensorInput,
  weightFrom,
  type Conversion,
  type Operand,
  type TensorOperand,
} from './conversion.ts';
import { attributesOf } from './graph-model.ts';

const channelsFirst = (builder: GraphBuilder, value: Value) =>
  builder.node('Transpose', [value], { perm: { ints: [0, 3, 1, 2] } });
const channelsLast = (builder: GraphBuilder, value: Value, hint: string) =>
  builder.node('Transpose', [value], { perm: { ints: [0, 2, 3, 1] } }, hint);

/** What convolutions and pools share: where the window goes. Rows and columns of TensorFlow's [1, rows, columns, 1]. */
function windowOf({ node }: Conversion) {
  const attributes = attributesOf(node);
  const format = attributes.string('data_format');
  if (format !== '' && format !== 'NHWC') throw cannotConvert(node, `data format ${format}`);
  const rowsAndColumns = (list: readonly number[]): [number, number] => [list[1] ?? 1, list[2] ?? 1];
  const padding = attributes.string('padding');
  if (padding !== 'SAME' && padding !== 'VALID') throw cannotConvert(node, `padding ${padding}`);
  return {
    strides: rowsAndColumns(attributes.integers('strides')),
    dilations: rowsAndColumns(attributes.integers('dilations')),
    kernel: rowsAndColumns(attributes.integers('ksize')),
    padding,
  } as const;
}

type Window = ReturnType<typeof windowOf>;

/** TensorFlow's SAME is ONNX's SAME_UPPER for every size: an odd pixel of padding goes after. */
const autoPad = ({ padding }: Window): Attributes => ({
  auto_pad: { string: padding === 'SAME' ? 'SAME_UPPER' : 'VALID' },
});

function outputLength(window: Window, axis: 0 | 1, length: number, kernel: number): number {
  const covered = window.padding === 'SAME' ? length : length - (kernel - 1) * window.dilations[axis];
  return Math.ceil(covered / window.strides[axis]);
}

const outputShape = (window: Window, shape: readonly number[], kernel: readonly [number, number], channels: number) => [
  shape[0] ?? 1,
  outputLength(window, 0, shape[1] ?? 0, kernel[0]),
  outputLength(window, 1, shape[2] ?? 0, kernel[1]),
  channels,
];

/** Conv2D and _FusedConv2D: weights [rows, columns, in, out] become [out, in, rows, columns]. */
export function convolution(conversion: Conversion): Operand {
  const { bits, dims } = weightsOf(conversion);
  const [rows, columns, inside, outside] = dims;
  const weights = new Uint16Array(bits.length);
  bits.forEach((bit, index) => {
    const out = index % outside;
    const from = Math.floor(index / outside) % inside;
    const place = Math.floor(index / (outside * inside));
    weights[(out * inside + from) * rows * columns + place] = bit;
  });
  return convolve(conversion, weights, [outside, inside, rows, columns], 1);
}

/** DepthwiseConv2dNative and its fused form: [rows, columns, channels, multiplier] become one group per channel. */
export function depthwiseConvolution(conversion: Conversion): Operand {
  const { bits, dims } = weightsOf(conversion);
  const [rows, columns, channels, multiplier] = dims;
  const outside = channels * multiplier;
  const weights = new Uint16Array(bits.length);
  bits.forEach((bit, index) => {
    weights[(index % outside) * rows * columns + Math.floor(index / outside)] = bit;
  });
  return convolve(conversion, weights, [outside, 1, rows, columns], channels);
}

function weightsOf({ node, inputs }: Conversion) {
  const operand = inputs[1];
  if (operand?.kind !== 'float16') throw cannotConvert(node, 'its weights are no constant');
  const [rows, columns, inside, outside] = operand.dims;
  if (rows === undefined || columns === undefined || inside === undefined || outside === undefined) {
    throw cannotConvert(node, `weights of shape [${operand.dims.join(', ')}]`);
  }
  return { bits: operand.bits, dims: [rows, columns, inside, outside] as const };
}

function convolve(
  conversion: Conversion,
  bits: Uint16Array,
  dims: readonly [number, number, number, number],
  group: number,
): Operand {
  const { builder, node, inputs } = conversion;
  const input = tensorInput(conversion, 0);
  const window = windowOf(conversion);
  const fused = attributesOf(node).strings('fused_ops');
  const withBias = fused[0] === 'BiasAdd';
  if (fused.length > 0 && !withBias) throw cannotConvert(node, `fused with ${fused.join(', ')}`);
  const bias = withBias ? tensorInput(conversion, 2).value : null;
  if (!withBias && inputs.length > 2) throw cannotConvert(node, 'it has inputs that no fused operator uses');

  const weights = weightFrom(builder, node.name, dims, bits);
  const padding = foldedPadding(window, input);
  const image = channelsFirst(builder, padding?.value ?? input.value);
  const operands = bias === null ? [image, weights] : [image, weights, bias];
  const attributes = {
    strides: { ints: window.strides },
    dilations: { ints: window.dilations },
    group: { int: group },
    ...(padding === null ? autoPad(window) : { pads: { ints: padding.pads } }),
  };
  const plain = builder.node('Conv', operands, attributes, node.name);
  const value = channelsLast(builder, activate(conversion, plain, fused[1]), node.name);
  return { kind: 'tensor', value, shape: outputShape(window, input.shape, [dims[2], dims[3]], dims[0]) };
}

/** The zeros around `input` as ONNX's pads of a convolution, where they lie around its rows and columns alone. */
function foldedPadding(window: Window, { zeroPadded }: TensorOperand) {
  if (window.padding !== 'VALID' || zeroPadded === undefined) return null;
  const { value, before, after } = zeroPadded;
  const pads = [before[1] ?? 0, before[2] ?? 0, after[1] ?? 0, after[2] ?? 0];
  const elsewhere = [before[0], before[3], after[0], after[3]];
  return elsewhere.every((amount) => amount === 0) && pads.every((amount) => amount >= 0) ? { value, pads } : null;
}

function activate({ builder, node }: Conversion, value: Value, activation: string | undefined): Value {
  const bound = (limit: number) =>
    builder.constant({ type: 'float32', dims: [], data: Float32Array.of(limit) }, 'bound');
  if (activation === undefined) return value;
  if (activation === 'Relu') return builder.node('Relu', [value], {}, node.name);
  if (activation === 'Relu6') return builder.node('Clip', [value, bound(0), bound(6)], {}, node.name);
  throw cannotConvert(node, `fused with ${activation}`);
}

export function maxPool(conversion: Conversion): Operand {
  const { builder, node } = conversion;
  const input = tensorInput(conversion, 0);
  const window = windowOf(conversion);
  const attributes = {
    strides: { ints: window.strides },
    kernel_shape: { ints: window.kernel },
    ...autoPad(window),
  };
  const pooled = builder.node('MaxPool', [channelsFirst(builder, input.value)], attributes, node.name);
  const shape = outputShape(window, input.shape, window.kernel, input.shape[3] ?? 0);
  return { kind: 'tensor', value: channelsLast(builder, pooled, node.name), shape };
}

/**
 * The size to resize to is known at the size that the original was made for. It is written as its ratio to the input,
 * which holds at every size for the powers of two that feature pyramids use; any other ratio is refused.
 */
export function resizeBilinear(conversion: Conversion): Operand {
  const { builder, node } = conversion;
  const input = tensorInput(conversion, 0);
  const [rows = 0, columns = 0] = integerInput(conversion, 1);
  if (!attributesOf(node).boolean('half_pixel_centers')) throw cannotConvert(node, 'its pixel centres are not halves');
  const scales = [1, 1, rows / (input.shape[1] ?? 0), columns / (input.shape[2] ?? 0)];
  if (scales.some((scale) => !Number.isInteger(Math.log2(scale)))) {
    throw cannotConvert(node, `it resizes by ${scales.slice(2).join(' and ')}`);
  }
  const scaling = builder.constant(
    { type: 'float32', dims: [4], data: Float32Array.from(scales) },
    `${node.name}/scales`,
  );
  const attributes = { mode: { string: 'linear' }, coordinate_transformation_mode: { string: 'half_pixel' } };
  const resized = builder.node('Resize', [channelsFirst(builder, input.value), null, scaling], attributes, node.name);
  const shape = [input.shape[0] ?? 1, rows, columns, input.shape[3] ?? 0];
  return { kind: 'tensor', value: channelsLast(builder, resized, node.name), shape };
}
