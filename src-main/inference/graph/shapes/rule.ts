/** What a shape rule sees of a node, and what all rules read in the same way. */
import { intsAttribute } from '../attributes.ts';
import type { ElementType } from '../element-type.ts';
import type { Attributes, Dimension } from '../graph.ts';

/** What is known of a value before the graph runs. */
export interface Known {
  readonly type: ElementType;
  readonly dims: readonly Dimension[];
  /** The elements of a short vector or scalar of integers, where they are known: shapes, axes, bounds. */
  readonly content?: readonly Dimension[];
}

/** A node whose inputs are all known. */
export interface Shaped {
  readonly operator: string;
  readonly attributes: Attributes;
  /** Null for an optional input that is left out. */
  readonly inputs: readonly (Known | null)[];
  readonly outputCount: number;
  /** A name for a dimension that only a run tells; unique to this node. */
  unknown(axis: number | string): Dimension;
  /** The error for a node that cannot be right. */
  wrong(what: string): RangeError;
}

/** What a node gives, one entry per output. Throws `wrong` where inputs do not fit. */
export type ShapeRule = (node: Shaped) => readonly Known[];

export function inputOf(node: Shaped, index: number): Known {
  const input = node.inputs[index];
  if (input === undefined || input === null) throw node.wrong(`input ${index} is missing`);
  return input;
}

/** `axis` counted from the front. */
export function axisOf(node: Shaped, axis: number, rank: number): number {
  const front = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || front < 0 || front >= rank) throw node.wrong(`no axis ${axis} in ${rank} dimensions`);
  return front;
}

/** Sizes in input `index`, or in the attribute of the older operator sets; null where left out or not known. */
export function sizesOf(node: Shaped, index: number, attribute: string): readonly number[] | null {
  const content = node.inputs[index]?.content ?? intsAttribute(node.attributes, attribute);
  return content !== null && content.every((size) => typeof size === 'number') ? content : null;
}

/** A dimension of `dims`, which the caller knows to have it. */
export const dimAt = (dims: readonly Dimension[], axis: number): Dimension => dims[axis] ?? 1;

export const withDim = (dims: readonly Dimension[], axis: number, dim: Dimension): Dimension[] =>
  dims.map((other, index) => (index === axis ? dim : other));
