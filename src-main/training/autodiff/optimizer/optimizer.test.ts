/** Optimizers against naive implementations, and schedules. */
import { describe, expect, it } from 'vitest';
import { GraphBuilder, type TensorData } from '../../../inference/graph/index.ts';
import { randomFrom } from '../../../math/random.ts';
import {
  adamw,
  chain,
  clipByGlobalNorm,
  constant,
  openTrainingSession,
  planTraining,
  scaleByAdam,
  scaleBySchedule,
  type Transform,
  warmupCosine,
} from '../index.ts';

const cpu = { provider: 'cpu', threads: 1 } as const;

/** A graph whose gradients are what is fed: loss = Σ matrix·gm + Σ vector·gv. */
function linearGraph(matrix: TensorData, vector: TensorData) {
  const builder = new GraphBuilder('linear', { opset: 17 });
  const term = (name: string, tensor: TensorData) => {
    const product = builder.node('Mul', [
      builder.parameter(name, tensor),
      builder.input(`gradient of ${name}`, 'float32', tensor.dims),
    ]);
    return builder.node('ReduceSum', [product], { keepdims: { int: 0 } });
  };
  builder.output('loss', builder.node('Add', [term('matrix', matrix), term('vector', vector)]), 'float32', []);
  return builder.build();
}

const random = randomFrom('optimizer');
const tensor = (...dims: readonly number[]): TensorData => ({
  type: 'float32',
  dims,
  data: Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => random.normal()),
});
const [matrix, vector] = [tensor(3, 4), tensor(5)];

const plans = (optimizer: Transform) =>
  planTraining(linearGraph(matrix, vector), { loss: 'loss', trainable: ['matrix', 'vector'], optimizer });
const feedsOf = (gradients: Readonly<Record<string, TensorData>>) =>
  Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [`gradient of ${name}`, gradient]));

/** AdamW as written in the paper, element by element in float64. */
class NaiveAdamW {
  readonly weights: number[];
  readonly #mean: number[];
  readonly #square: number[];
  readonly #decay: number;
  #step = 0;

  constructor(weights: TensorData, decay: number) {
    this.weights = Array.from(weights.data, Number);
    this.#mean = this.weights.map(() => 0);
    this.#square = this.weights.map(() => 0);
    this.#decay = decay;
  }

  update(gradient: TensorData, rate: number): void {
    this.#step++;
    for (const [index, weight] of this.weights.entries()) {
      const g = Number(gradient.data[index]);
      const m = 0.9 * (this.#mean[index] ?? 0) + 0.1 * g;
      const v = 0.99 * (this.#square[index] ?? 0) + 0.01 * g * g;
      this.#mean[index] = m;
      this.#square[index] = v;
      const adam = m / (1 - 0.9 ** this.#step) / (Math.sqrt(v / (1 - 0.99 ** this.#step)) + 1e-8);
      this.weights[index] = weight - rate * (adam + this.#decay * weight);
    }
  }
}

describe('adamw', () => {
  it('follows the naive implementation over 20 steps, and does not decay vectors', async () => {
    const schedule = warmupCosine({ peak: 0.1, warmupSteps: 5, steps: 20 });
    const optimizer = adamw({ schedule, weightDecay: 0.1, beta2: 0.99 });
    await using session = await openTrainingSession(plans(optimizer), cpu);
    const naive = { matrix: new NaiveAdamW(matrix, 0.1), vector: new NaiveAdamW(vector, 0) };
    for (let step = 1; step <= 20; step++) {
      const gradients = { matrix: tensor(3, 4), vector: tensor(5) };
      expect((await session.step(feedsOf(gradients))).step).toBe(step);
      naive.matrix.update(gradients.matrix, schedule(step));
      naive.vector.update(gradients.vector, schedule(step));
    }
    const parameters = await session.parameters();
    for (const name of ['matrix', 'vector'] as const) {
      const worst = naive[name].weights.map((weight, index) =>
        Math.abs(weight - Number(parameters[name]?.data[index])),
      );
      expect(Math.max(...worst), name).toBeLessThan(2e-5);
    }
  });

  it('moves by the rate against the sign of the gradient at first', async () => {
    await using session = await openTrainingSession(plans(chain(scaleByAdam(), scaleBySchedule(constant(0.01)))), cpu);
    const gradients = { matrix: tensor(3, 4), vector: tensor(5) };
    await session.step(feedsOf(gradients));
    const { vector: moved } = await session.parameters();
    for (const [index, before] of vector.data.entries()) {
      const expected = Number(before) - 0.01 * Math.sign(Number(gradients.vector.data[index]));
      expect(Number(moved?.data[index])).toBeCloseTo(expected, 5);
    }
  });
});

describe('clipByGlobalNorm', () => {
  it('scales all gradients together to the limit, leaves smaller ones, and tells the norm', async () => {
    const optimizer = chain(clipByGlobalNorm(5), scaleBySchedule(constant(1)));
    await using session = await openTrainingSession(plans(optimizer), cpu);
    const filled = (dims: readonly number[], value: number): TensorData => ({
      type: 'float32',
      dims,
      data: new Float32Array(dims.reduce((a, b) => a * b, 1)).fill(value),
    });
    // Norm √(12·2² + 5·2²) = √68; then √17/2 ≤ 5.
    const { metrics } = await session.step(feedsOf({ matrix: filled([3, 4], 2), vector: filled([5], -2) }));
    expect(metrics['gradient-norm']).toBeCloseTo(Math.sqrt(68), 5);
    const clipped = await session.parameters();
    for (const [index, before] of vector.data.entries()) {
      expect(Number(clipped['vector']?.data[index]) - Number(before)).toBeCloseTo((2 * 5) / Math.sqrt(68), 5);
    }
    await session.step(feedsOf({ matrix: filled([3, 4], 0.5), vector: filled([5], 0.5) }));
    const { matrix: after } = await session.parameters();
    for (const [index, before] of (clipped['matrix']?.data ?? []).entries()) {
      expect(Number(after?.data[index]) - Number(before)).toBeCloseTo(-0.5, 5);
    }
  });
});

describe('schedules', () => {
  it('warm up in a line, come down in half a cosine and stay', () => {
    const schedule = warmupCosine({ peak: 1, warmupSteps: 4, steps: 12, floor: 0.1 });
    expect([1, 2, 3, 4].map(schedule)).toEqual([0.25, 0.5, 0.75, 1]);
    expect(schedule(8)).toBeCloseTo(0.55, 12);
    expect(schedule(12)).toBeCloseTo(0.1, 12);
    expect(schedule(100)).toBeCloseTo(0.1, 12);
    expect(warmupCosine({ peak: 1, warmupSteps: 0, steps: 2 })(1)).toBeCloseTo(0.5, 12);
    expect([1, 7].map(constant(0.3))).toEqual([0.3, 0.3]);
  });
});
