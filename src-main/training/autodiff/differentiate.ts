/** Reverse-mode differentiation: adds to a graph the nodes that compute gradients of some of its values. */

import { type ElementType, type Graph, GraphBuilder, type GraphNode, type Value } from '../../inference/graph/index.ts';
import { flatOperators, gradientRules } from './gradient-rules.ts';
import { type Like, Ops } from './ops.ts';
import { lastingValues, Recomputation } from './recompute.ts';
import { type Backward, cannotDifferentiate } from './rule.ts';

export interface DifferentiationOptions {
  /** Segments (`GraphBuilder.segment`) whose values are computed once more in the backward pass, to save memory. */
  readonly recompute?: readonly string[] | 'all';
}

/** A value, and the gradient of what is differentiated with respect to it, of the same shape. */
export interface Seed {
  readonly value: Value;
  readonly upstream: Value;
}

/** Name of the output that holds the gradient of the trainable initializer `name`. */
export const gradientName = (name: string): string => `gradient/${name}`;

const isFloat = (type: ElementType): boolean => type === 'float32' || type === 'float64';

/**
 * Adds the backward pass of `seeds` to `builder`: for each of `targets` (inputs, constants or values between) the sum of
 * its gradients over all seeds, of the target's shape; a target that no seed depends on has none. Only nodes on a way
 * from a target to a seed are gone through, and only gradients that are needed are made. Nodes are those of ONNX
 * operator set 13, or 16 where indices repeat.
 * Throws AppError `invalid-argument`, naming operator and node, where an operator on the way has no gradient.
 */
export function appendGradients(
  builder: GraphBuilder,
  seeds: readonly Seed[],
  targets: readonly Value[],
  { recompute = [] }: DifferentiationOptions = {},
): ReadonlyMap<string, Value> {
  const nodes = [...builder.nodes];
  const ops = new Ops(builder);
  const active = valuesBehind(builder, nodes, targets);
  const again = new Recomputation(ops, nodes, recompute, lastingValues(builder, targets));
  const gradients = new Gradients(ops);
  const isTarget = new Set(targets.map(({ name }) => name));
  for (const { value, upstream } of seeds) gradients.add(value.name, upstream);

  for (const node of nodes.toReversed()) {
    if (!node.inputs.some((name) => active.has(name)) || flatOperators.has(node.operator)) continue;
    const upstreams = node.outputs.map((name) => gradients.total(name));
    if (upstreams.every((upstream) => upstream === null)) continue;
    const rule = gradientRules.get(node.operator);
    if (rule === undefined) throw cannotDifferentiate(node, 'there is no rule for this operator');
    const perInput = rule(backwardOf(ops, node, upstreams, again));
    for (const [index, name] of node.inputs.entries()) {
      const gradient = active.has(name) ? perInput[index] : null;
      if (!gradient) continue;
      const made = gradient();
      gradients.add(name, made);
      if (isTarget.has(name)) again.made(made);
    }
  }
  const found = targets.flatMap(({ name }): [string, Value][] => {
    const total = gradients.total(name);
    return total === null ? [] : [[name, total]];
  });
  return new Map(found);
}

/** The targets and what is computed from them by ways that small changes can take. */
function valuesBehind(builder: GraphBuilder, nodes: readonly GraphNode[], targets: readonly Value[]): Set<string> {
  const active = new Set(targets.map(({ name }) => name));
  for (const node of nodes) {
    if (flatOperators.has(node.operator) || !node.inputs.some((name) => active.has(name))) continue;
    for (const name of node.outputs) {
      if (name !== '' && (!builder.isKnown({ name }) || isFloat(builder.info({ name }).type))) active.add(name);
    }
  }
  return active;
}

/** What came back to each value so far, added up when it is asked for. */
class Gradients {
  readonly #ops: Ops;
  readonly #parts = new Map<string, Value[]>();

  constructor(ops: Ops) {
    this.#ops = ops;
  }

  add(name: string, gradient: Value): void {
    this.#parts.set(name, [...(this.#parts.get(name) ?? []), gradient]);
  }

  total(name: string): Value | null {
    const [first, ...rest] = this.#parts.get(name) ?? [];
    if (first === undefined) return null;
    const total = rest.reduce(this.#ops.add, first);
    this.#parts.set(name, [total]);
    return total;
  }
}

function backwardOf(ops: Ops, node: GraphNode, upstreams: readonly (Value | null)[], again: Recomputation): Backward {
  const anyUpstream = upstreams.find((upstream) => upstream !== null) ?? { name: '' };
  const nameOf = (names: readonly string[], index: number) => {
    const name = names[index] ?? '';
    if (name === '') throw cannotDifferentiate(node, `input ${index} is missing`);
    return name;
  };
  const valueOf = (name: string) => again.value(name, anyUpstream);
  const like = (name: string): Like => ({ dims: ops.dims({ name }), value: () => valueOf(name) });
  return {
    ops,
    node,
    attributes: node.attributes,
    get upstream() {
      const [first] = upstreams;
      if (first) return first;
      throw cannotDifferentiate(node, 'something depends on an output other than its first');
    },
    upstreamOf: (index) => upstreams[index] ?? null,
    has: (index) => (node.inputs[index] ?? '') !== '',
    input: (index) => valueOf(nameOf(node.inputs, index)),
    output: (index) => valueOf(nameOf(node.outputs, index)),
    dims: (index) => ops.dims({ name: nameOf(node.inputs, index) }),
    type: (index) => ops.builder.info({ name: nameOf(node.inputs, index) }).type,
    like: (index) => like(nameOf(node.inputs, index)),
    likeOutput: (index) => like(nameOf(node.outputs, index)),
    towards: (index, gradient) => ops.unbroadcast(gradient, like(nameOf(node.inputs, index))),
    unsupported: (what) => cannotDifferentiate(node, what),
  };
}

export interface Differentiated {
  /** The forward graph with the trainable initializers as inputs, and gradients as outputs named by `gradientName`. */
  readonly graph: Graph;
  /** By name of the trainable initializer. */
  readonly gradients: ReadonlyMap<string, Value>;
}

/**
 * The graph that computes, beside what `graph` does, the gradient of `loss` (a value or output of one element) with
 * respect to each initializer named in `trainable`.
 * Throws RangeError for a loss of several elements, a name that is no initializer, or one that the loss does not depend
 * on; AppError `invalid-argument` for an operator without a gradient.
 */
export function differentiate(
  graph: Graph,
  options: DifferentiationOptions & { readonly loss: Value | string; readonly trainable: readonly string[] },
): Differentiated {
  const builder = GraphBuilder.from(graph, { asInputs: options.trainable });
  const gradients = appendLossGradients(builder, options);
  for (const [name, gradient] of gradients) {
    const { type, dims } = builder.info({ name });
    builder.output(gradientName(name), gradient, type, dims);
  }
  return { graph: builder.build(), gradients };
}

/** `appendGradients` of one loss, with the checks that `differentiate` names. */
export function appendLossGradients(
  builder: GraphBuilder,
  { loss, trainable, ...options }: DifferentiationOptions & { loss: Value | string; trainable: readonly string[] },
): ReadonlyMap<string, Value> {
  const value = typeof loss === 'string' ? { name: loss } : loss;
  const { type, dims } = builder.info(value);
  if (!dims.every((dim) => dim === 1) || !isFloat(type)) {
    throw new RangeError(`the loss ${value.name} is ${type} [${dims.join(', ')}], not one floating-point number`);
  }
  const ops = new Ops(builder);
  const upstream = ops.expand(ops.scalar(1, value), { dims, value: () => value });
  const targets = trainable.map((name) => ({ name }));
  const gradients = appendGradients(builder, [{ value, upstream }], targets, options);
  const idle = trainable.find((name) => !gradients.has(name));
  if (idle !== undefined) throw new RangeError(`the loss ${value.name} does not depend on '${idle}'`);
  return gradients;
}
