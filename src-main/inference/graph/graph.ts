/** An ONNX graph as plain data. */
import type { ElementType, TensorData } from './element-type.ts';

/** A tensor that flows between nodes. */
export interface Value {
  readonly name: string;
}

/** An attribute says its kind, since ONNX tells 1 from 1.0. */
export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly string: string }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] };

export type Attributes = Readonly<Record<string, Attribute>>;

export interface GraphNode {
  readonly operator: string;
  readonly name: string;
  /** Names of values; '' for an optional input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
  /** The segment that it was made in; differentiation can recompute whole segments instead of keeping their values. */
  readonly segment?: string;
}

/** A dimension is a size, or a name for a size that each run chooses; equal names are equal sizes. */
export type Dimension = number | string;

/** What is known of a value: inputs and outputs are declared so, everything between is inferred. */
export interface ValueInfo {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly Dimension[];
}

export interface Initializer {
  readonly name: string;
  readonly tensor: TensorData;
}

/** Nodes are in an order in which every value is made before it is used. */
export interface Graph {
  readonly name: string;
  /** Version of the ONNX operator set. */
  readonly opset: number;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly initializers: readonly Initializer[];
  readonly nodes: readonly GraphNode[];
  /** Type and dimensions of every value for which they could be inferred. */
  readonly values: ReadonlyMap<string, ValueInfo>;
}
