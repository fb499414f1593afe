/** Logistic regression with a quadratic penalty, in the form that knows its examples only through a kernel. */
import { choleskyFactor, choleskySolve } from '../../math/cholesky.ts';
import { logLoss, sigmoid } from '../../math/logistic.ts';

export interface KernelLogistic {
  /** `[N]`, one for each training example; they add up to 0. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/** Newton's method at least doubles the right digits in a step, near the end; it is there after five to ten. */
const mostSteps = 50;
/** Logits that change by less are there. */
const tolerance = 1e-7;
/** Below this a weight p(1 − p) is rounding: an example that is right beyond doubt. */
const smallestWeight = 1e-10;

/**
 * Minimises `Σ log(1 + exp(−yᵢ fᵢ)) + ½ λ cᵀ K c`, `yᵢ = ±1`, over coefficients `c` and an intercept `b` that is not
 * penalised, where `f = K c + b`. With `K = X Xᵀ` this is logistic regression with the L2 penalty `½ λ |w|²`, `w = Xᵀ c`.
 * `kernel` is `[N, N]`, row by row, symmetric and positive semidefinite; `labels` (`[N]`) are 1 or 0; `penalty` is λ > 0.
 * With one class only there is no minimum: the coefficients are then 0, the intercept the log-odds of (n + 1) to 1.
 *
 * Newton's steps as weighted least squares, halved where one would overshoot; deterministic.
 * Source: Zhu and Hastie 2005, §2; the intercept by elimination (Rasmussen and Williams 2006, §2.7).
 */
export function fitKernelLogistic(kernel: Float64Array, labels: readonly (0 | 1)[], penalty: number): KernelLogistic {
  const size = labels.length;
  if (kernel.length !== size * size)
    throw new RangeError(`${kernel.length} kernel values do not belong to ${size} labels.`);
  if (!(penalty > 0)) throw new RangeError(`The penalty must be above 0, not ${penalty}.`);
  const positives = labels.filter((label) => label === 1).length;
  if (positives === 0 || positives === size) {
    const certainty = Math.log(size + 1);
    return { coefficients: new Float64Array(size), intercept: positives === 0 ? -certainty : certainty };
  }
  let state = stateOf(kernel, labels, penalty, new Float64Array(size), Math.log(positives / (size - positives)));
  for (let step = 0; step < mostSteps; step++) {
    const target = newtonTarget(kernel, labels, penalty, state);
    let share = 1;
    let next = state;
    do {
      const at = share;
      const { coefficients: from, intercept } = state;
      const mixed = from.map((value, index) => value + at * ((target.coefficients[index] as number) - value));
      next = stateOf(kernel, labels, penalty, mixed, intercept + at * (target.intercept - intercept));
      share /= 2;
    } while (next.loss > state.loss + 1e-12 * Math.abs(state.loss) && share > 1e-6);
    const change = next.logits.reduce(
      (most, logit, index) => Math.max(most, Math.abs(logit - (state.logits[index] as number))),
      0,
    );
    state = next;
    if (change < tolerance) break;
  }
  return { coefficients: state.coefficients, intercept: state.intercept };
}

interface State extends KernelLogistic {
  readonly logits: Float64Array;
  readonly loss: number;
}

function stateOf(
  kernel: Float64Array,
  labels: readonly (0 | 1)[],
  penalty: number,
  coefficients: Float64Array,
  intercept: number,
): State {
  const size = labels.length;
  const logits = new Float64Array(size);
  let loss = 0;
  for (let row = 0; row < size; row++) {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += (kernel[row * size + k] as number) * (coefficients[k] as number);
    const logit = sum + intercept;
    logits[row] = logit;
    loss += logLoss(logit, labels[row] ?? 0) + (penalty / 2) * sum * (coefficients[row] as number);
  }
  return { coefficients, intercept, logits, loss };
}

/** The minimum of the loss's quadratic approximation about `state`. */
function newtonTarget(kernel: Float64Array, labels: readonly (0 | 1)[], penalty: number, state: State): KernelLogistic {
  const size = labels.length;
  const system = kernel.slice();
  const working = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    const logit = state.logits[row] as number;
    const probability = sigmoid(logit);
    const weight = Math.max(smallestWeight, probability * (1 - probability));
    system[row * size + row] = (kernel[row * size + row] as number) + penalty / weight;
    working[row] = logit + ((labels[row] ?? 0) - probability) / weight;
  }
  const factor = choleskyFactor(system, size);
  const ofTarget = choleskySolve(factor, working);
  const ofOnes = choleskySolve(factor, new Float64Array(size).fill(1));
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const intercept = total(ofTarget) / total(ofOnes);
  return { coefficients: ofTarget.map((value, index) => value - intercept * (ofOnes[index] as number)), intercept };
}
