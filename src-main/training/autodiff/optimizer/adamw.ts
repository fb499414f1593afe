/** AdamW: Adam with decoupled weight decay. */
import { Ops } from '../ops.ts';
import type { Schedule } from './schedule.ts';
import { chain, mapValues, type Slot, stateless, type Transform, type Values } from './transform.ts';
import type { Value } from '../../../inference/graph/index.ts';

export interface AdamOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

const meanName = (parameter: string) => `adam/mean/${parameter}`;
const squareName = (parameter: string) => `adam/square/${parameter}`;
const meanScale = 'adam/mean-scale';
const squareScale = 'adam/square-scale';

/**
 * m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², update m̂ / (√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ). The corrections
 * are computed in float64 for each step. Source: Kingma and Ba, 2015, algorithm 1.
 */
export function scaleByAdam({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {}): Transform {
  return {
    init: (parameters) =>
      parameters.flatMap(({ name, type, dims }): Slot[] => [
        { name: meanName(name), type, dims },
        { name: squareName(name), type, dims },
      ]),
    scalars: (step) => ({
      [meanScale]: 1 / (1 - beta1 ** step),
      [squareScale]: 1 / Math.sqrt(1 - beta2 ** step),
    }),
    update(builder, { updates, state, scalar }) {
      const ops = new Ops(builder);
      const next = new Map<string, Value>();
      /** from + share·(to − from) */
      const towards = (from: Value, to: Value, share: number) => ops.add(from, ops.scale(ops.sub(to, from), share));
      const scaled = mapValues(updates, (gradient, name) => {
        const [mean, square] = [state.get(meanName(name)), state.get(squareName(name))];
        if (!mean || !square) throw new RangeError(`adam has no state for ${name}`);
        const nextMean = towards(mean, gradient, 1 - beta1);
        const nextSquare = towards(square, ops.mul(gradient, gradient), 1 - beta2);
        next.set(meanName(name), nextMean);
        next.set(squareName(name), nextSquare);
        const deviation = ops.mul(ops.node('Sqrt', [nextSquare]), scalar(squareScale));
        return ops.div(ops.mul(nextMean, scalar(meanScale)), ops.add(deviation, ops.scalar(epsilon, gradient)));
      });
      return { updates: scaled, state: next, metrics: new Map() };
    },
  };
}

/** Adds `decay` times the parameter to the updates of those that `decays` picks. */
const addDecayedWeights = (decay: number, decays: (slot: Omit<Slot, 'type'>) => boolean): Transform =>
  stateless((builder, { updates, parameters }) => {
    const ops = new Ops(builder);
    const decayed = (update: Value, name: string) => {
      const parameter = parameters.get(name);
      const isPicked = parameter && decays({ name, dims: ops.dims(parameter).map(Number) });
      return isPicked ? ops.add(update, ops.scale(parameter, decay)) : update;
    };
    return { updates: decay === 0 ? updates : mapValues(updates, decayed) };
  });

const rateName = 'schedule/rate';

/** Turns updates into steps downhill: times minus the rate of the step. */
export const scaleBySchedule = (schedule: Schedule): Transform => ({
  init: () => [],
  scalars: (step) => ({ [rateName]: -schedule(step) }),
  update(builder, { updates, scalar }) {
    const ops = new Ops(builder);
    const downhill: Values = mapValues(updates, (update) => ops.mul(update, scalar(rateName)));
    return { updates: downhill, state: new Map(), metrics: new Map() };
  },
});

export interface AdamWOptions extends AdamOptions {
  readonly schedule: Schedule;
  readonly weightDecay?: number;
  /** Which parameters decay; by default those of two or more dimensions, so that biases and norms do not. */
  readonly decays?: (slot: { readonly name: string; readonly dims: readonly number[] }) => boolean;
}

/** Source: Loshchilov and Hutter, 2019, algorithm 2, with the rate of the schedule on the decay as well. */
export const adamw = ({
  schedule,
  weightDecay = 0.01,
  decays = ({ dims }) => dims.length >= 2,
  ...adam
}: AdamWOptions): Transform =>
  chain(scaleByAdam(adam), addDecayedWeights(weightDecay, decays), scaleBySchedule(schedule));
