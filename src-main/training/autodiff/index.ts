/**
 * Differentiation and training of ONNX graphs, as ONNX graphs.
 *
 * A forward graph is built with `inference/graph`, its parameters as named initializers. `differentiate` adds the
 * backward pass, `planTraining` the update as well; both are pure and give graphs of standard ONNX operators, which any
 * ONNX runtime executes on whatever provider is there. `openTrainingSession` runs such a plan in a thread.
 *
 *     const plan = planTraining(graph, {
 *       loss: 'loss',
 *       trainable: ['weights', 'bias'],
 *       optimizer: chain(clipByGlobalNorm(1), adamw({ schedule: warmupCosine({ peak: 1e-3, warmupSteps: 100, steps: 5000 }) })),
 *     });
 *     await using training = await openTrainingSession(plan, { provider: 'cpu', threads: 2 });
 *     const { outputs, metrics } = await training.step({ x, y });
 *     const trained = withParameters(graph, await training.parameters());
 *
 * What is where:
 * - `differentiate.ts` goes through the nodes backwards; `rules/` has the gradient of each operator, one family a file;
 *   `ops.ts` is what rules are written in. An operator without a rule is an error that names it and its node.
 * - Frozen parts cost nothing: gradients are made only on ways from a trainable initializer to the loss.
 * - `recompute.ts`: segments of the forward graph (`GraphBuilder.segment`) can be computed once more in the backward
 *   pass instead of being kept.
 * - `optimizer/`: gradient transforms in the manner of optax, and schedules.
 * - `session/`: the plan of a training run, the thread that runs it, checkpoints.
 *
 * Ties of maxima share the gradient equally; at a kink of an activation the gradient is one of its two sides'.
 */
export { appendGradients, differentiate, gradientName } from './differentiate.ts';
export type { Differentiated, DifferentiationOptions, Seed } from './differentiate.ts';
export { adamw, scaleByAdam, scaleBySchedule } from './optimizer/adamw.ts';
export type { AdamOptions, AdamWOptions } from './optimizer/adamw.ts';
export { clipByGlobalNorm } from './optimizer/clip-by-global-norm.ts';
export { constant, warmupCosine, type Schedule } from './optimizer/schedule.ts';
export { chain, type Transform } from './optimizer/transform.ts';
export { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from './session/checkpoint.ts';
export { planTraining, type Tensors, type TrainingOptions, type TrainingPlan } from './session/plan.ts';
export { openTrainingSession } from './session/training-session.ts';
export type { StepOutcome, TrainingSession, TrainingSessionOptions } from './session/training-session.ts';
export { withParameters } from './session/with-parameters.ts';
