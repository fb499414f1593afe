/** Logistic regression beside log-odds that are known, for many examples of some hundred numbers each. */
import { choleskyFactor, choleskySolve } from './cholesky.ts';
import { logLoss, sigmoid } from './logistic.ts';

export interface OffsetExample {
  /** `[D]`; an intercept is an entry that is 1 in every row. */
  readonly row: Float64Array;
  /** Log-odds that stay. */
  readonly offset: number;
  /** Probability that both together should come to, [0, 1]. */
  readonly target: number;
  /** 0 or more. */
  readonly weight: number;
}

/** It is there after five to ten steps. */
const mostSteps = 25;
const tolerance = 1e-5;
/** A step is halved down to this share of it. */
const smallestShare = 0.5 ** 19;

/**
 * Minimises `Σ wᵢ·H(tᵢ, σ(oᵢ + xᵢ·β)) + ½ λ |β|²`, H the cross-entropy, over `β`, `[D]`. Newton's steps, halved where one
 * would overshoot; deterministic. Throws a RangeError for rows of different lengths or none, and for a penalty that is not
 * above 0.
 * Source: McCullagh and Nelder 1989, §2.5 (iterated least squares) and §4.4 (binary data).
 */
export function fitOffsetLogistic(examples: readonly OffsetExample[], penalty: number): Float64Array {
  const size = examples[0]?.row.length ?? 0;
  if (size === 0 || examples.some(({ row }) => row.length !== size)) {
    throw new RangeError(`${examples.length} rows of different lengths, or none, are no training set.`);
  }
  if (!(penalty > 0)) throw new RangeError(`The penalty must be above 0, not ${penalty}.`);
  let beta = new Float64Array(size);
  let loss = lossOf(examples, penalty, beta);
  for (let step = 0; step < mostSteps; step++) {
    const move = newtonStep(examples, penalty, beta);
    let share = 1;
    let next = moved(beta, move, share);
    let nextLoss = lossOf(examples, penalty, next);
    for (; nextLoss > loss && share > smallestShare; nextLoss = lossOf(examples, penalty, next)) {
      share /= 2;
      next = moved(beta, move, share);
    }
    if (nextLoss > loss) break;
    [beta, loss] = [next, nextLoss];
    if (move.every((change) => share * Math.abs(change) < tolerance)) break;
  }
  return beta;
}

const moved = (beta: Float64Array, move: Float64Array, share: number) =>
  beta.map((value, entry) => value - share * (move[entry] ?? 0));

function lossOf(examples: readonly OffsetExample[], penalty: number, beta: Float64Array): number {
  const ofWeights = beta.reduce((sum, value) => sum + (penalty / 2) * value * value, 0);
  return examples.reduce(
    (sum, { row, offset, target, weight }) => sum + weight * logLoss(offset + dot(row, beta), target),
    ofWeights,
  );
}

/** Gradient over curvature. */
function newtonStep(examples: readonly OffsetExample[], penalty: number, beta: Float64Array): Float64Array {
  const size = beta.length;
  const gradient = beta.map((value) => penalty * value);
  const curvature = new Float64Array(size * size);
  for (let entry = 0; entry < size; entry++) curvature[entry * size + entry] = penalty;
  for (const { row, offset, target, weight } of examples) {
    const p = sigmoid(offset + dot(row, beta));
    const bend = weight * p * (1 - p);
    for (let a = 0; a < size; a++) {
      const value = row[a] as number;
      // Most entries of most rows are 0, what is not known.
      if (value === 0) continue;
      gradient[a] = (gradient[a] as number) + weight * (p - target) * value;
      for (let b = 0; b <= a; b++) {
        curvature[a * size + b] = (curvature[a * size + b] as number) + bend * value * (row[b] as number);
      }
    }
  }
  return choleskySolve(choleskyFactor(curvature, size), gradient);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let entry = 0; entry < a.length; entry++) sum += (a[entry] as number) * (b[entry] as number);
  return sum;
}
