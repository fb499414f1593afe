/** Values of the forward pass that the backward pass computes once more instead of keeping them. */
import type { GraphBuilder, GraphNode, Value } from '../../inference/graph/index.ts';
import type { Ops } from './ops.ts';

/**
 * Copies the nodes of segments, as far as the backward pass asks for their values. What enters a segment is made to
 * depend on the gradient that comes back to it and on the gradients of parameters that were made before, so that a
 * runtime, which goes by dependencies alone, neither computes the copies early, nor sees that they equal the originals,
 * nor puts off what needs the copies of the segment before.
 */
export class Recomputation {
  readonly #ops: Ops;
  readonly #makers: ReadonlyMap<string, GraphNode>;
  readonly #segments: ReadonlySet<string> | 'all';
  /** Not held back: they are there all the time. */
  readonly #lasting: ReadonlySet<string>;
  readonly #copies = new Map<string, Value>();
  readonly #zeros = new Map<string, Value>();
  /** Gradients of parameters since a segment was last entered. */
  #made: Value[] = [];

  constructor(
    ops: Ops,
    nodes: readonly GraphNode[],
    segments: readonly string[] | 'all',
    lasting: ReadonlySet<string>,
  ) {
    this.#ops = ops;
    this.#makers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node])));
    this.#segments = segments === 'all' ? 'all' : new Set(segments);
    this.#lasting = lasting;
  }

  /** Takes note of a gradient that the next segment shall wait for. */
  made(gradient: Value): void {
    this.#made.push(gradient);
  }

  /** The value `name` for a node of the backward pass to which `upstream` came back. */
  value(name: string, upstream: Value): Value {
    const segment = this.#segmentOf(name);
    return segment === null ? { name } : this.#copy(name, segment, upstream);
  }

  #segmentOf(name: string): string | null {
    const segment = this.#makers.get(name)?.segment ?? null;
    return segment !== null && (this.#segments === 'all' || this.#segments.has(segment)) ? segment : null;
  }

  #copy(name: string, segment: string, upstream: Value): Value {
    const known = this.#copies.get(name);
    if (known !== undefined) return known;
    const node = this.#makers.get(name);
    if (node === undefined) return { name };
    const inputs = node.inputs.map((input) => (input === '' ? null : this.#entering(input, segment, upstream)));
    const { builder } = this.#ops;
    const copies = builder.nodeWithOutputs(
      node.operator,
      inputs,
      node.outputs.length,
      node.attributes,
      `again/${name}`,
    );
    for (const [index, output] of node.outputs.entries()) this.#copies.set(output, copies[index] ?? { name });
    return this.#copies.get(name) ?? { name };
  }

  #entering(name: string, segment: string, upstream: Value): Value {
    if (this.#segmentOf(name) === segment) return this.#copy(name, segment, upstream);
    const { builder } = this.#ops;
    if (this.#lasting.has(name) || builder.tensor({ name }) !== null) return { name };
    const key = `${segment}\n${name}`;
    const known = this.#copies.get(key) ?? this.#heldBack({ name }, this.#zero(segment, upstream));
    this.#copies.set(key, known);
    return known;
  }

  /** `value` as it is, once `zero` is known: reshaped to its own shape plus that, which copies nothing. */
  #heldBack(value: Value, zero: Value): Value {
    const shape = this.#ops.add(this.#ops.node('Shape', [value]), zero);
    return this.#ops.builder.node('Reshape', [value, shape], {}, `again/${value.name}`);
  }

  /** 0 whatever the gradients are (nothing is less than itself), but only a run can know. */
  #zero(segment: string, upstream: Value): Value {
    const known = this.#zeros.get(segment);
    if (known !== undefined) return known;
    const ops = this.#ops;
    const firsts = [upstream, ...this.#made].map((gradient) => {
      const flat = ops.node('Reshape', [gradient, ops.integers([-1])]);
      return ops.node('Slice', [flat, ops.integers([0]), ops.integers([1])]);
    });
    const together = ops.node('Concat', firsts, { axis: { int: 0 } });
    const zero = ops.sum(ops.cast(ops.node('Less', [together, together]), 'int64'), [0], true);
    this.#made = [];
    this.#zeros.set(segment, zero);
    return zero;
  }
}

/** Names of what a runtime holds during a whole run. */
export const lastingValues = (builder: GraphBuilder, parameters: readonly Value[]): ReadonlySet<string> =>
  new Set([...parameters, ...builder.inputs].map(({ name }) => name));
