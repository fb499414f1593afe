/** A TensorFlow node that is being converted: its inputs, and what can go wrong with them. */
import { AppError } from '../../contract/errors.ts';
import type { GraphBuilder, Value } from '../graph/index.ts';
import type { TensorFlowConstant, TensorFlowNode } from './graph-model.ts';

/** A value of the ONNX graph and its shape at the size that the original was made for. */
export interface TensorOperand {
  readonly kind: 'tensor';
  readonly value: Value;
  readonly shape: readonly number[];
  /** Where the tensor is another one with zeros around it: a convolution pads by itself and leaves the copy out. */
  readonly zeroPadded?: ZeroPadding;
}

interface ZeroPadding {
  readonly value: Value;
  /** Zeros before and after, per axis. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** What a node takes and gives: a tensor of the ONNX graph, or a constant that is known now. */
export type Operand = TensorOperand | TensorFlowConstant;

/** A node to be converted, with its inputs already converted. */
export interface Conversion {
  readonly builder: GraphBuilder;
  readonly node: TensorFlowNode;
  readonly inputs: readonly Operand[];
}

/** The error for something in a supported operator that is not supported. */
export const cannotConvert = (node: TensorFlowNode, what: string): AppError =>
  new AppError('invalid-argument', `${node.op} (node ${node.name}) cannot be converted: ${what}.`, {
    details: { operator: node.op, node: node.name },
  });

/** Input `index` as a tensor of the ONNX graph; float constants become float16 initializers behind a Cast. */
export function tensorInput({ builder, node, inputs }: Conversion, index: number): TensorOperand {
  const operand = inputs[index];
  if (operand === undefined) throw cannotConvert(node, `input ${index} is missing`);
  if (operand.kind === 'tensor') return operand;
  if (operand.kind === 'integers') throw cannotConvert(node, `input ${index} holds integers`);
  const value = weightFrom(builder, node.name, operand.dims, operand.bits);
  return { kind: 'tensor', value, shape: operand.dims };
}

/** A float32 value whose initializer holds `bits` as float16, half the size in the file. */
export function weightFrom(builder: GraphBuilder, name: string, dims: readonly number[], bits: Uint16Array): Value {
  const half = builder.constant({ type: 'float16', dims, data: bits }, `${name}/float16`);
  return builder.node('Cast', [half], { to: { int: 1 } }, `${name}/weights`);
}

/** Input `index` as integers that are known at conversion. */
export function integerInput({ node, inputs }: Conversion, index: number): readonly number[] {
  const operand = inputs[index];
  if (operand?.kind !== 'integers') throw cannotConvert(node, `input ${index} is not known before the graph runs`);
  return operand.values;
}
