/** Turns a forward graph with a loss and an optimizer into the graphs that training runs. Pure. */
import { elementCount, type Graph, GraphBuilder, type TensorData, type Value } from '../../../inference/graph/index.ts';
import { appendLossGradients, type DifferentiationOptions } from '../differentiate.ts';
import { Ops } from '../ops.ts';
import type { Slot, Transform, Values } from '../optimizer/transform.ts';

export type Tensors = Readonly<Record<string, TensorData>>;

export interface TrainingOptions extends DifferentiationOptions {
  /** A value or output of the forward graph of one element. */
  readonly loss: Value | string;
  /** Initializers of the forward graph. All others are frozen and cost no backward pass. */
  readonly trainable: readonly string[];
  readonly optimizer: Transform;
}

/**
 * What training runs. Parameters and state are inputs under their names and, updated, outputs under `nextName`. What the
 * forward graph takes and gives keeps its name.
 */
export interface TrainingPlan {
  /** Forward, backward and update. */
  readonly step: Graph;
  /** Forward and backward of one of several micro-batches: adds its gradients to sums. */
  readonly accumulate: Graph;
  /** Update by the sums, each times the input `share`. */
  readonly apply: Graph;
  /** The forward pass alone. */
  readonly forward: Graph;
  /** The trainable initializers as they are at first. */
  readonly parameters: Tensors;
  /** The state of the optimizer as it is at first. */
  readonly state: Tensors;
  /** Names of sums of gradients; all start at zero. */
  readonly sums: Tensors;
  /** Numbers to feed to update `step`, counted from 1. */
  scalars(step: number): Tensors;
}

export const nextName = (name: string): string => `next/${name}`;
const sumName = (parameter: string): string => `sum/${parameter}`;
export const shareName = 'share';

/** Throws what `differentiate` throws, and RangeError where a trainable initializer is not float32. */
export function planTraining(graph: Graph, options: TrainingOptions): TrainingPlan {
  const { trainable, optimizer } = options;
  const initializers = new Map(graph.initializers.map(({ name, tensor }) => [name, tensor]));
  const parameters = trainable.map((name): [string, TensorData] => {
    const tensor = initializers.get(name);
    if (tensor?.type !== 'float32') throw new RangeError(`'${name}' is not a float32 initializer of ${graph.name}`);
    return [name, tensor];
  });
  const slots = parameters.map(([name, { type, dims }]): Slot => ({ name, type, dims }));
  const state = optimizer.init(slots);
  return {
    step: stepGraph(graph, options, slots, state),
    accumulate: accumulateGraph(graph, options, slots),
    apply: applyGraph(graph, options, slots, state),
    forward: GraphBuilder.from(graph, { asInputs: trainable }).build(),
    parameters: Object.fromEntries(parameters),
    state: Object.fromEntries(state.map((slot) => [slot.name, zeros(slot.dims)])),
    sums: Object.fromEntries(slots.map(({ name, dims }) => [sumName(name), zeros(dims)])),
    scalars: (step) =>
      Object.fromEntries(Object.entries(optimizer.scalars(step)).map(([name, number]) => [name, scalarTensor(number)])),
  };
}

export const scalarTensor = (number: number): TensorData => ({
  type: 'float32',
  dims: [],
  data: Float32Array.of(number),
});

const zeros = (dims: readonly number[]): TensorData => ({
  type: 'float32',
  dims,
  data: new Float32Array(elementCount(dims)),
});

function stepGraph(graph: Graph, options: TrainingOptions, slots: readonly Slot[], state: readonly Slot[]): Graph {
  const builder = GraphBuilder.from(graph, { asInputs: options.trainable });
  const gradients = appendLossGradients(builder, options);
  const parameters = new Map(slots.map(({ name }) => [name, { name }]));
  appendUpdate(builder, options.optimizer, { gradients, parameters, slots, state });
  return builder.build();
}

function accumulateGraph(graph: Graph, options: TrainingOptions, slots: readonly Slot[]): Graph {
  const builder = GraphBuilder.from(graph, { asInputs: options.trainable });
  const gradients = appendLossGradients(builder, options);
  for (const { name, type, dims } of slots) {
    const sum = builder.input(sumName(name), type, dims);
    const total = builder.node('Add', [sum, gradients.get(name) ?? sum]);
    builder.output(nextName(sumName(name)), total, type, dims);
  }
  return builder.build();
}

function applyGraph(graph: Graph, options: TrainingOptions, slots: readonly Slot[], state: readonly Slot[]): Graph {
  const builder = new GraphBuilder(`${graph.name}/apply`, { opset: graph.opset });
  const ops = new Ops(builder);
  const share = builder.input(shareName, 'float32', []);
  const inputs = slots.map(({ name, type, dims }) => ({
    name,
    parameter: builder.input(name, type, dims),
    gradient: ops.mul(builder.input(sumName(name), type, dims), share),
  }));
  appendUpdate(builder, options.optimizer, {
    gradients: new Map(inputs.map(({ name, gradient }) => [name, gradient])),
    parameters: new Map(inputs.map(({ name, parameter }) => [name, parameter])),
    slots,
    state,
  });
  return builder.build();
}

interface UpdateParts {
  readonly gradients: Values;
  readonly parameters: Values;
  readonly slots: readonly Slot[];
  readonly state: readonly Slot[];
}

function appendUpdate(builder: GraphBuilder, optimizer: Transform, parts: UpdateParts): void {
  const { gradients, parameters, slots, state } = parts;
  const scalars = new Map(Object.keys(optimizer.scalars(1)).map((name) => [name, builder.input(name, 'float32', [])]));
  const outcome = optimizer.update(builder, {
    updates: gradients,
    parameters,
    state: new Map(state.map(({ name, type, dims }) => [name, builder.input(name, type, dims)])),
    scalar(name) {
      const value = scalars.get(name);
      if (value === undefined) throw new RangeError(`the optimizer sets no number '${name}'`);
      return value;
    },
  });
  for (const { name, type, dims } of slots) {
    const [parameter, update] = [parameters.get(name), outcome.updates.get(name)];
    if (parameter === undefined || update === undefined) throw new RangeError(`the optimizer lost '${name}'`);
    builder.output(nextName(name), builder.node('Add', [parameter, update]), type, dims);
  }
  for (const { name, type, dims } of state) {
    const value = outcome.state.get(name);
    if (value === undefined) throw new RangeError(`the optimizer lost its state '${name}'`);
    builder.output(nextName(name), value, type, dims);
  }
  for (const [name, value] of outcome.metrics) builder.output(name, value, 'float32', []);
}
