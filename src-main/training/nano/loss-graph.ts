/** The graph that trains a nano net: what it says, believes and sees against what it should, and which of two it prefers. */
import type { Dimension, Graph, Value } from '../../inference/graph/index.ts';
import { nanoBody, type NanoSize, type NanoWeights } from '../../inquiry/policies/nano/index.ts';
import { classCount } from '../../inquiry/grammar.ts';

/** Where a choice is not open, before the softmax. */
const closed = -1e9;

export interface LossOptions {
  readonly precision?: 'float32' | 'float64';
  /** With the preference loss and its strength β; without it the graph has no inputs for pairs. */
  readonly preference?: { readonly beta: number };
}

/**
 * Adds losses to the body. All weights are factors in a sum: whoever makes a batch divides by what it likes. Beside the
 * body's inputs:
 * - choices: `choice/at` `[choices]` int64, places in the flattened batch; `choice/row` `[choices, 1]` int64, what was
 *   chosen; `choice/open` `[choices, rows]` bool, among what; `choice/weight` `[choices]` of its −log π.
 * - beliefs: `belief/at` `[beliefs]`; `belief/told` and `belief/truth` `[beliefs, classes]`, 0 for the classes told apart
 *   and for those that are true, −1e9 for others; `belief/weight`. The loss is −ln Σ over the true ones.
 * - frames: `frame/at` `[frames]`, `frame/label` and `frame/weight` of its binary log-loss.
 * - bags: `bag/frames` `[bags, frames]`, −ln n for the n frames of the bag, −1e9 for others: the log-mean-exp of their
 *   evidence is judged by `bag/label`, `bag/weight`. What video-level labels tell.
 * - pairs: `pair/chosen` and `pair/rejected` `[pairs, choices]` weights of log π in each trajectory; `pair/reference`
 *   `[pairs]` the same difference under the reference; `pair/smoothing`; `pair/weight`.
 *
 * Outputs: `loss` and its parts `loss/choice`, `loss/belief`, `loss/evidence`, `loss/preference` (scalars); `log-probs`
 * `[choices, 1]`; with pairs `margin` `[pairs]`, Δ(τ⁺) − Δ(τ⁻), and `chosen` `[pairs]`, Σ w·log π(τ⁺).
 * Source: DESIGN §8; the multiple-instance pooling after Wang et al. 2018 (log-sum-exp).
 */
export function nanoLossGraph(size: NanoSize, weights: NanoWeights, options: LossOptions = {}): Graph {
  const { precision = 'float32', preference } = options;
  const body = nanoBody(size, weights, { precision });
  const { builder, number, scalar, integers } = body;
  const op = (operator: string, inputs: readonly (Value | null)[], attributes = {}) =>
    builder.node(operator, inputs, attributes);
  const places = (name: string, count: string) => builder.input(name, 'int64', [count]);
  const logSumExp = (value: Value) => op('ReduceLogSumExp', [value], { axes: { ints: [1] }, keepdims: { int: 0 } });
  const flat = (value: Value) => op('Reshape', [value, integers([-1])]);
  const summed = (value: Value) => op('ReduceSum', [value, integers([0])], { keepdims: { int: 0 } });
  const weighed = (losses: Value, name: string, count: Dimension) => summed(op('Mul', [losses, number(name, [count])]));
  /** ln(e^x + e^0), which neither overflows nor, as sums of |x| do, loses its slope at 0. */
  const softplus = (value: Value) => {
    const both = op(
      'Concat',
      [op('Unsqueeze', [value, integers([1])]), op('Unsqueeze', [op('Mul', [value, scalar(0)]), integers([1])])],
      { axis: { int: 1 } },
    );
    return logSumExp(both);
  };
  const binaryLoss = (logits: Value, labels: Value) => op('Sub', [softplus(logits), op('Mul', [logits, labels])]);

  const said = op('Gather', [body.hidden, places('choice/at', 'choices')]);
  const logits = body.tokenLogits(said);
  const open = builder.input('choice/open', 'bool', ['choices', builder.info(logits).dims[1] ?? 0]);
  const logProbs = op('LogSoftmax', [op('Where', [open, logits, scalar(closed)])], { axis: { int: -1 } });
  const chosen = op('GatherElements', [logProbs, builder.input('choice/row', 'int64', ['choices', 1])], {
    axis: { int: 1 },
  });
  const choiceLoss = op('Neg', [weighed(flat(chosen), 'choice/weight', 'choices')]);

  const read = body.classLogits(op('Gather', [body.hidden, places('belief/at', 'beliefs')]));
  const told = op('LogSoftmax', [op('Add', [read, number('belief/told', ['beliefs', classCount])])], {
    axis: { int: -1 },
  });
  const inTruth = logSumExp(op('Add', [told, number('belief/truth', ['beliefs', classCount])]));
  const beliefLoss = op('Neg', [weighed(inTruth, 'belief/weight', 'beliefs')]);

  const evidence = flat(op('Gather', [body.evidence, places('frame/at', 'frames')]));
  const frameLoss = weighed(binaryLoss(evidence, number('frame/label', ['frames'])), 'frame/weight', 'frames');
  const pooled = logSumExp(op('Add', [number('bag/frames', ['bags', 'frames']), evidence]));
  const bagLoss = weighed(binaryLoss(pooled, number('bag/label', ['bags'])), 'bag/weight', 'bags');
  const evidenceLoss = op('Add', [frameLoss, bagLoss]);

  const give = (name: string, value: Value, dims: readonly Dimension[] = []) =>
    builder.output(name, value, precision, dims);
  let loss = op('Add', [op('Add', [choiceLoss, beliefLoss]), evidenceLoss]);
  if (preference !== undefined) {
    const ofPairs = (name: string) => flat(op('MatMul', [number(name, ['pairs', 'choices']), chosen]));
    const better = ofPairs('pair/chosen');
    const gained = op('Sub', [better, ofPairs('pair/rejected')]);
    const margin = op('Sub', [gained, number('pair/reference', ['pairs'])]);
    const scaled = op('Mul', [margin, scalar(preference.beta)]);
    const smoothing = number('pair/smoothing', ['pairs']);
    const right = op('Mul', [op('Sub', [scalar(1), smoothing]), softplus(op('Neg', [scaled]))]);
    const wrong = op('Mul', [smoothing, softplus(scaled)]);
    const preferenceLoss = weighed(op('Add', [right, wrong]), 'pair/weight', 'pairs');
    loss = op('Add', [loss, preferenceLoss]);
    give('loss/preference', preferenceLoss);
    give('margin', margin, ['pairs']);
    give('chosen', better, ['pairs']);
  }
  give('loss', loss);
  give('loss/choice', choiceLoss);
  give('loss/belief', beliefLoss);
  give('loss/evidence', evidenceLoss);
  give('log-probs', chosen, ['choices', 1]);
  return builder.build();
}
