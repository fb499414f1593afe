/** What a gradient rule is given of a node, and what it answers. */
import { AppError } from '../../contract/errors.ts';
import type { Attributes, Dimension, ElementType, GraphNode, Value } from '../../inference/graph/index.ts';
import type { Like, Ops } from './ops.ts';

/** A node on the way back: its forward values (recomputed ones where asked for), and what came back to its outputs. */
export interface Backward {
  readonly ops: Ops;
  readonly node: GraphNode;
  readonly attributes: Attributes;
  /** What came back to the first output, of that output's shape. */
  readonly upstream: Value;
  /** What came back to output `index`; null where nothing did. */
  upstreamOf(index: number): Value | null;
  /** Whether an optional input is there. */
  has(index: number): boolean;
  input(index: number): Value;
  output(index: number): Value;
  dims(index: number): readonly Dimension[];
  type(index: number): ElementType;
  /** The shape of input `index`, without asking for its elements. */
  like(index: number): Like;
  likeOutput(index: number): Like;
  /** `gradient`, of the output's shape, summed to what input `index` was before it was broadcast. */
  towards(index: number, gradient: Value): Value;
  /** The error for what this rule does not support. */
  unsupported(what: string): AppError;
}

/** Makes the gradient of one input; called only where it is needed, so that frozen parts cost nothing. */
export type Gradient = () => Value;

/** One entry per input; null where nothing flows back. */
export type GradientRule = (node: Backward) => readonly (Gradient | null)[];

export type GradientRules = readonly (readonly [operator: string, rule: GradientRule])[];

export const cannotDifferentiate = (node: GraphNode, what: string): AppError =>
  new AppError('invalid-argument', `${node.operator} (node ${node.name}) cannot be differentiated: ${what}.`, {
    details: { operator: node.operator, node: node.name },
  });

/** Computes once, at the first call. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** Integers that are known before the graph runs: an input of the node, or the attribute of older operator sets. */
export function knownIntegers({ ops, node, input, unsupported }: Backward, index: number): readonly number[] | null {
  if ((node.inputs[index] ?? '') === '') return null;
  const integers = ops.builder.integers(input(index));
  if (integers === null || !integers.every((integer) => typeof integer === 'number')) {
    throw unsupported(`input ${index} is not known before the graph runs`);
  }
  return integers;
}

/** `axis` counted from the front. */
export const frontAxis = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);
