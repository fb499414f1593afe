/** The builder of graphs: one node after another, with names that never clash, types and dimensions inferred. */
import { elementCount, type ElementType, type TensorData } from './element-type.ts';
import type { Attributes, Dimension, Graph, GraphNode, Initializer, Value, ValueInfo } from './graph.ts';
import { inferNode } from './shapes/infer.ts';
import type { Known } from './shapes/rule.ts';

/** What most operators here were written for. Source: ONNX 1.8. */
const defaultOpset = 13;

/** Longest vector of integers whose elements shape rules look at: no tensor has more dimensions. */
const longestContent = 64;

/**
 * Builds a `Graph`. Every method that makes a value returns it, so a node can only use what exists; a hint is the
 * readable part of a name, to which a number is added where it is taken. Types and dimensions are inferred as nodes are
 * added: equal names of dimensions are equal sizes, and a dimension with a name is never the 1 of a broadcast.
 */
export class GraphBuilder {
  readonly #name: string;
  readonly #names = new Set<string>();
  readonly #known = new Map<string, Known>();
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: ValueInfo[] = [];
  readonly #initializers = new Map<string, Initializer>();
  readonly #nodes: GraphNode[] = [];
  #opset: number;
  #segment: string | null = null;

  constructor(name: string, { opset = defaultOpset }: { readonly opset?: number } = {}) {
    this.#name = name;
    this.#opset = opset;
  }

  /** A builder that goes on from `graph`. Initializers named in `asInputs` become inputs of the same name. */
  static from(graph: Graph, { asInputs = [] }: { readonly asInputs?: readonly string[] } = {}): GraphBuilder {
    const builder = new GraphBuilder(graph.name, { opset: graph.opset });
    const freed = new Set(asInputs);
    for (const { name, type, dims } of graph.inputs) builder.input(name, type, dims);
    for (const { name, tensor } of graph.initializers) {
      if (freed.delete(name)) builder.input(name, tensor.type, tensor.dims);
      else builder.parameter(name, tensor);
    }
    const [missing] = freed;
    if (missing !== undefined) throw new RangeError(`graph ${graph.name} has no initializer '${missing}'`);
    for (const node of graph.nodes) {
      for (const name of node.outputs) builder.#claim(name);
      builder.#append(node);
    }
    builder.#outputs.push(...graph.outputs);
    return builder;
  }

  get opset(): number {
    return this.#opset;
  }

  get inputs(): readonly ValueInfo[] {
    return this.#inputs;
  }

  /** The nodes so far, each after those that it uses. */
  get nodes(): readonly GraphNode[] {
    return this.#nodes;
  }

  /** Raises the operator set for operators that came later. What an existing node means must not differ between the two. */
  requireOpset(version: number): void {
    this.#opset = Math.max(this.#opset, version);
  }

  /** An input of the graph, under exactly this name. Throws RangeError where the name is taken. */
  input(name: string, type: ElementType, dims: readonly Dimension[]): Value {
    this.#claim(name);
    this.#inputs.push({ name, type, dims });
    this.#known.set(name, { type, dims });
    return { name };
  }

  /** A constant that is stored with the graph. Throws RangeError where data and dims disagree. */
  constant(tensor: TensorData, hint = 'constant'): Value {
    return this.#store(this.#fresh(hint), tensor);
  }

  /** A constant under exactly this name, by which weights are found again. Throws RangeError where the name is taken. */
  parameter(name: string, tensor: TensorData): Value {
    this.#claim(name);
    return this.#store(name, tensor);
  }

  /** A node with one output. A null input is an optional one that is left out. */
  node(operator: string, inputs: readonly (Value | null)[], attributes: Attributes = {}, hint = operator): Value {
    const name = this.#fresh(hint);
    this.#append(this.#nodeFrom(operator, name, inputs, [name], attributes));
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
    this.#append(this.#nodeFrom(operator, outputs[0] ?? this.#fresh(hint), inputs, outputs, attributes));
    return outputs.map((name) => ({ name }));
  }

  /** Marks the nodes that `build` makes as a segment. Segments do not nest: the inner name counts. */
  segment<T>(name: string, build: () => T): T {
    const outer = this.#segment;
    this.#segment = name;
    try {
      return build();
    } finally {
      this.#segment = outer;
    }
  }

  /** Gives `value` out of the graph under exactly this name. Throws RangeError where the name is taken. */
  output(name: string, value: Value, type: ElementType, dims: readonly Dimension[]): void {
    this.#claim(name);
    this.#append(this.#nodeFrom('Identity', name, [value], [name], {}));
    this.#outputs.push({ name, type, dims });
  }

  /** Type and dimensions of `value`. Throws RangeError where an operator before it has no shape rule. */
  info(value: Value): ValueInfo {
    const known = this.#known.get(value.name);
    if (known === undefined) throw new RangeError(`type and dimensions of ${value.name} are not known`);
    return { name: value.name, type: known.type, dims: known.dims };
  }

  /** Whether `info` knows of `value`. */
  isKnown(value: Value): boolean {
    return this.#known.has(value.name);
  }

  /** The integers that `value` holds, where they are known before the graph runs: axes, shapes, bounds. */
  integers(value: Value): readonly Dimension[] | null {
    return this.#known.get(value.name)?.content ?? null;
  }

  /** The tensor that `value` is a constant for; null where a run computes it. */
  tensor(value: Value): TensorData | null {
    return this.#initializers.get(value.name)?.tensor ?? null;
  }

  /** The graph so far, without nodes and constants that no output needs (a runtime would compute them all the same). */
  build(): Graph {
    const needed = new Set(this.#outputs.map((output) => output.name));
    const nodes: GraphNode[] = [];
    for (const node of this.#nodes.toReversed()) {
      if (!node.outputs.some((name) => needed.has(name))) continue;
      nodes.push(node);
      for (const name of [...node.inputs, ...node.outputs]) needed.add(name);
    }
    for (const { name } of this.#inputs) needed.add(name);
    return {
      name: this.#name,
      opset: this.#opset,
      inputs: [...this.#inputs],
      outputs: [...this.#outputs],
      initializers: [...this.#initializers.values()].filter(({ name }) => needed.has(name)),
      nodes: nodes.toReversed(),
      values: new Map(
        [...this.#known].flatMap(([name, { type, dims }]) => (needed.has(name) ? [[name, { name, type, dims }]] : [])),
      ),
    };
  }

  #store(name: string, tensor: TensorData): Value {
    const { type, dims, data } = tensor;
    if (data.length !== elementCount(dims)) {
      throw new RangeError(`constant ${name}: ${data.length} elements for dimensions [${dims.join(', ')}]`);
    }
    this.#initializers.set(name, { name, tensor });
    const isShort = (type === 'int64' || type === 'int32') && dims.length < 2 && data.length <= longestContent;
    this.#known.set(name, { type, dims, ...(isShort && { content: Array.from(data, Number) }) });
    return { name };
  }

  #nodeFrom(
    operator: string,
    name: string,
    inputs: readonly (Value | null)[],
    outputs: readonly string[],
    attributes: Attributes,
  ): GraphNode {
    const names = inputs.map((input) => input?.name ?? '');
    const segment = this.#segment === null ? {} : { segment: this.#segment };
    return { operator, name, inputs: names, outputs, attributes, ...segment };
  }

  #append(node: GraphNode): void {
    const unknown = node.inputs.find((input) => input !== '' && !this.#names.has(input));
    if (unknown !== undefined) {
      throw new RangeError(`${node.operator} ${node.name}: ${unknown} is not a value of this graph`);
    }
    const inputs = node.inputs.map((name) => (name === '' ? null : this.#known.get(name)));
    const known = inferNode(node, inputs);
    for (const [index, name] of node.outputs.entries()) {
      const outcome = known?.[index];
      if (name !== '' && outcome !== undefined) this.#known.set(name, outcome);
    }
    this.#nodes.push(node);
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
