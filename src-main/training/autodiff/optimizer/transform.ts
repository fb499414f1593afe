/**
 * Gradient transforms in the manner of optax: pure `init` and `update`, where `update` adds nodes to a graph instead of
 * computing. Source: DeepMind, Optax (2020).
 */
import type { ElementType, GraphBuilder, Value } from '../../../inference/graph/index.ts';

/** A parameter or a state tensor before there is a graph. */
export interface Slot {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly number[];
}

export type Values = ReadonlyMap<string, Value>;

export interface UpdateInputs {
  /** What is added to the parameters in the end; at first the gradients. By name of the parameter. */
  readonly updates: Values;
  readonly parameters: Values;
  /** By name of the slot. */
  readonly state: Values;
  /** A number that each step sets, by the names of `scalars`. */
  scalar(name: string): Value;
}

export interface UpdateOutputs {
  readonly updates: Values;
  readonly state: Values;
  /** Numbers worth a curve, each a value of one element. */
  readonly metrics: Values;
}

export interface Transform {
  /** The state that these parameters need; all of it starts at zero. */
  init(parameters: readonly Slot[]): readonly Slot[];
  update(builder: GraphBuilder, inputs: UpdateInputs): UpdateOutputs;
  /** Numbers of update `step`, counted from 1. */
  scalars(step: number): Readonly<Record<string, number>>;
}

/** One after another: each sees the updates as the one before left them. */
export const chain = (...transforms: readonly Transform[]): Transform => ({
  init: (parameters) => transforms.flatMap((transform) => transform.init(parameters)),
  scalars: (step) => Object.assign({}, ...transforms.map((transform) => transform.scalars(step))),
  update(builder, inputs) {
    let updates = inputs.updates;
    const state = new Map<string, Value>();
    const metrics = new Map<string, Value>();
    for (const transform of transforms) {
      const outcome = transform.update(builder, { ...inputs, updates });
      updates = outcome.updates;
      for (const [name, value] of outcome.state) state.set(name, value);
      for (const [name, value] of outcome.metrics) metrics.set(name, value);
    }
    return { updates, state, metrics };
  },
});

/** A transform without state or numbers of its own. */
export const stateless = (
  update: (builder: GraphBuilder, inputs: UpdateInputs) => { readonly updates: Values; readonly metrics?: Values },
): Transform => ({
  init: () => [],
  scalars: () => ({}),
  update(builder, inputs) {
    const { updates, metrics = new Map() } = update(builder, inputs);
    return { updates, metrics, state: new Map() };
  },
});

/** Every entry through `change`. */
export const mapValues = (values: Values, change: (value: Value, name: string) => Value): Values =>
  new Map([...values].map(([name, value]) => [name, change(value, name)]));
