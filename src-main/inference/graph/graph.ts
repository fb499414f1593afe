/** An ONNX graph as plain data, and the builder that writes one node after another with names that never clash. */
import { elementCount, type ElementType, type TensorData } from './element-type.ts';

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
}

/** A dimension is a size, or a name for a size that each run chooses; equal names are equal sizes. */
export type Dimension = number | string;

/** What a graph takes or gives. */
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
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly initializers: readonly Initializer[];
  readonly nodes: readonly GraphNode[];
}

/**
 * Builds a `Graph`. Every method that makes a value returns it, so a node can only use what exists; a hint is the
 * readable part of a name, to which a number is added where it is taken.
 */
export class GraphBuilder {
  readonly #name: string;
  readonly #names = new Set<string>();
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: ValueInfo[] = [];
  readonly #initializers: Initializer[] = [];
  readonly #nodes: GraphNode[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  /** An input of the graph, under exactly this name. Throws RangeError where the name is taken. */
  input(name: string, type: ElementType, dims: readonly Dimension[]): Value {
    this.#claim(name);
    this.#inputs.push({ name, type, dims });
    return { name };
  }

  /** A constant that is stored with the graph. Throws RangeError where data and dims disagree. */
  constant(tensor: TensorData, hint = 'constant'): Value {
    if (tensor.data.length !== elementCount(tensor.dims)) {
      throw new RangeError(
        `constant ${hint}: ${tensor.data.length} elements for dimensions [${tensor.dims.join(', ')}]`,
      );
    }
    const name = this.#fresh(hint);
    this.#initializers.push({ name, tensor });
    return { name };
  }

  /** A node with one output. A null input is an optional one that is left out. */
  node(operator: string, inputs: readonly (Value | null)[], attributes: Attributes = {}, hint = operator): Value {
    const name = this.#fresh(hint);
    this.#append(operator, name, inputs, [name], attributes);
    return { name };
  }

  /** A node with `count` outputs. */
  nodeWithOutputs(
    operator: string,
    inputs: readonly (Value | null)[],
    count: number,
    attributes: Attributes = {},
    hint = operator,
  ): Value[] {
    const outputs = Array.from({ length: count }, () => this.#fresh(hint));
    this.#append(operator, outputs[0] ?? this.#fresh(hint), inputs, outputs, attributes);
    return outputs.map((name) => ({ name }));
  }

  /** Gives `value` out of the graph under exactly this name. Throws RangeError where the name is taken. */
  output(name: string, value: Value, type: ElementType, dims: readonly Dimension[]): void {
    this.#claim(name);
    this.#append('Identity', name, [value], [name], {});
    this.#outputs.push({ name, type, dims });
  }

  /** The graph so far, without nodes and constants that no output needs (a runtime would compute them all the same). */
  build(): Graph {
    const needed = new Set(this.#outputs.map((output) => output.name));
    const nodes: GraphNode[] = [];
    for (const node of this.#nodes.toReversed()) {
      if (!node.outputs.some((name) => needed.has(name))) continue;
      nodes.push(node);
      for (const name of node.inputs) needed.add(name);
    }
    return {
      name: this.#name,
      inputs: [...this.#inputs],
      outputs: [...this.#outputs],
      initializers: this.#initializers.filter(({ name }) => needed.has(name)),
      nodes: nodes.toReversed(),
    };
  }

  #append(
    operator: string,
    name: string,
    inputs: readonly (Value | null)[],
    outputs: readonly string[],
    attributes: Attributes,
  ): void {
    const names = inputs.map((input) => input?.name ?? '');
    const unknown = names.find((input) => input !== '' && !this.#names.has(input));
    if (unknown !== undefined) throw new RangeError(`${operator} ${name}: ${unknown} is not a value of this graph`);
    this.#nodes.push({ operator, name, inputs: names, outputs, attributes });
  }

  #claim(name: string): void {
    if (name === '' || this.#names.has(name)) throw new RangeError(`a graph already has the name '${name}'`);
    this.#names.add(name);
  }

  #fresh(hint: string): string {
    let name = hint;
    for (let count = 1; name === '' || this.#names.has(name); count++) name = `${hint}_${count}`;
    this.#names.add(name);
    return name;
  }
}
