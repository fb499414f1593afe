/** Examples as the tensors of a training step: sequences padded to one length, and what is asked of their positions. */
import type { TensorData } from '../../inference/graph/index.ts';
import { classCount, tokens } from '../../inquiry/grammar.ts';
import {
  collate,
  type NanoSize,
  type NanoWords,
  type Position,
  type Transcript,
} from '../../inquiry/policies/nano/index.ts';
import { rowCount, rowOfClass } from '../../inquiry/policies/nano/nano-config.ts';
import type { BeliefExample, ChoiceExample, PairExample } from './examples.ts';

export interface NanoBatch {
  readonly choices: readonly ChoiceExample[];
  readonly beliefs: readonly BeliefExample[];
  readonly pairs?: readonly PairExample[];
}

/** Factors of the mean losses of a batch. */
export interface LossWeights {
  readonly choice: number;
  readonly belief: number;
  readonly evidence: number;
}

/** Ours: one frame says little, but there are many. */
const defaultLossWeights: LossWeights = { choice: 1, belief: 1, evidence: 1 };

/** How many of each the means of a batch go over. */
export interface Counts {
  readonly choices: number;
  readonly pairs: number;
  readonly beliefs: number;
  readonly frames: number;
  readonly bags: number;
}

export const countsOf = ({ choices, beliefs, pairs = [] }: NanoBatch): Counts => ({
  ...{ choices: choices.length, pairs: pairs.length, beliefs: beliefs.length },
  frames: beliefs.reduce((sum, { frames }) => sum + frames.length, 0),
  bags: beliefs.filter(({ bag }) => bag !== null).length,
});

const closed = -1e9;

/**
 * The feeds of `nanoLossGraph`. Choices weigh in by their weights over the number of transcripts that are imitated,
 * beliefs, frames and bags by their means, pairs by theirs; the means go over `counts`, those of the batch itself where
 * it is no part of a larger one. Transcripts that several pairs share are read once. What there is nothing of is one entry
 * of weight 0, because a tensor should not be empty. Throws RangeError for an empty batch.
 */
export function batchFeeds(
  batch: NanoBatch,
  size: NanoSize,
  words: NanoWords,
  weights: LossWeights = defaultLossWeights,
  counts: Counts = countsOf(batch),
): Record<string, TensorData> {
  const pairs = batch.pairs ?? [];
  const transcripts = [
    ...new Set([
      ...batch.choices.map(({ transcript }) => transcript),
      ...pairs.flatMap((each) => [each.chosen, each.rejected]),
    ]),
  ];
  const sequences: (readonly Position[])[] = [
    ...transcripts.map(({ positions }) => positions),
    ...batch.beliefs.map(({ positions }) => positions),
  ];
  if (sequences.length === 0) throw new RangeError('There is nothing to learn from an empty batch.');
  const { feeds, time } = collate(sequences, size);
  const ofBeliefs = transcripts.length * time;
  const beliefs = batch.beliefs.map((belief, index) => ({ ...belief, base: ofBeliefs + index * time }));
  return {
    ...feeds,
    ...choiceFeeds(transcripts, time, batch, { choice: weights.choice / counts.choices, pair: 1 / counts.pairs }),
    ...beliefFeeds(beliefs, words, weights.belief / counts.beliefs),
    ...evidenceFeeds(beliefs, { frame: weights.evidence / counts.frames, bag: weights.evidence / counts.bags }),
    ...(batch.pairs === undefined ? {} : pairFeeds(transcripts, pairs, 1 / counts.pairs)),
  };
}

type Based = BeliefExample & { readonly base: number };

const int64 = (
  values: ArrayLike<number> & Iterable<number>,
  dims: readonly number[] = [values.length],
): TensorData => ({
  type: 'int64',
  dims,
  data: BigInt64Array.from(values, BigInt),
});
const real = (data: Float32Array | readonly number[], dims: readonly number[] = [data.length]): TensorData => ({
  type: 'float32',
  dims,
  data: Float32Array.from(data),
});

/** Where the choices of each transcript begin among those of all. */
const startsOf = (transcripts: readonly Transcript[]) => {
  let next = 0;
  return new Map(
    transcripts.map((transcript) => {
      const start = next;
      next += transcript.choices.length;
      return [transcript, start];
    }),
  );
};

const choiceCount = (transcripts: readonly Transcript[]) =>
  Math.max(
    1,
    transcripts.reduce((sum, { choices }) => sum + choices.length, 0),
  );

function choiceFeeds(
  transcripts: readonly Transcript[],
  time: number,
  { choices, pairs = [] }: NanoBatch,
  factors: { readonly choice: number; readonly pair: number },
): Record<string, TensorData> {
  const count = choiceCount(transcripts);
  const [at, chosen] = [new Float64Array(count), new Float64Array(count)];
  const open = new Uint8Array(count * rowCount);
  const weight = new Float32Array(count);
  if (transcripts.every((transcript) => transcript.choices.length === 0)) open[0] = 1;
  const starts = startsOf(transcripts);
  for (const [row, transcript] of transcripts.entries()) {
    const start = starts.get(transcript) ?? 0;
    for (const [index, choice] of transcript.choices.entries()) {
      at[start + index] = row * time + choice.at;
      chosen[start + index] = choice.chosen;
      for (const allowed of choice.allowed) open[(start + index) * rowCount + allowed] = 1;
    }
  }
  const add = (transcript: Transcript, values: readonly number[], factor: number) => {
    const start = starts.get(transcript) ?? 0;
    for (const [index, value] of values.entries())
      weight[start + index] = (weight[start + index] ?? 0) + factor * value;
  };
  for (const example of choices) add(example.transcript, example.weights, factors.choice);
  for (const pair of pairs) add(pair.chosen, pair.likelihood, factors.pair);
  return {
    'choice/at': int64(at),
    'choice/row': int64(chosen, [count, 1]),
    'choice/open': { type: 'bool', dims: [count, rowCount], data: open },
    'choice/weight': real(weight),
  };
}

function beliefFeeds(beliefs: readonly Based[], words: NanoWords, factor: number): Record<string, TensorData> {
  // Of what is believed only in part each class has a row: Σ share · −ln is the cross-entropy with it.
  const rows = beliefs.flatMap(({ base, read, classes, truth, believed }) => {
    const shares = believed === undefined ? [{ among: truth, share: 1 }] : sharesOf(believed);
    return shares.map(({ among, share }) => ({
      at: base + read,
      classes,
      among,
      weight: factor * share,
    }));
  });
  const count = Math.max(1, rows.length);
  const dims = [count, classCount];
  const [told, truth] = [new Float32Array(count * classCount), new Float32Array(count * classCount)];
  for (const [index, { classes, among }] of rows.entries()) {
    mask(told, index, classes, words);
    mask(truth, index, among, words);
  }
  return {
    'belief/at': int64(rows.length === 0 ? [0] : rows.map(({ at }) => at)),
    'belief/told': real(told, dims),
    'belief/truth': real(truth, dims),
    'belief/weight': real(rows.length === 0 ? [0] : rows.map(({ weight }) => weight)),
  };
}

const sharesOf = (believed: Readonly<Record<string, number>>) =>
  Object.entries(believed).map(([id, share]) => ({ among: [id], share }));

/** Closes all places of a row but those of the classes. */
function mask(values: Float32Array, row: number, classes: readonly string[], words: NanoWords): void {
  values.fill(closed, row * classCount, (row + 1) * classCount);
  for (const id of classes) values[row * classCount + rowOfClass(words, id) - tokens.class] = 0;
}

function evidenceFeeds(
  beliefs: readonly Based[],
  factors: { readonly frame: number; readonly bag: number },
): Record<string, TensorData> {
  const frames = beliefs.flatMap(({ base, frames: targets }) =>
    targets.map(({ at, label }) => ({ at: base + at, label, weight: 1 })),
  );
  const bags = beliefs.flatMap(({ base, bag }) => (bag === null ? [] : [bag.map((at) => base + at)]));
  const all = [
    ...frames.map((frame) => ({ ...frame, weight: factors.frame })),
    ...bags.flat().map((at) => ({ at, label: 0, weight: 0 })),
  ];
  if (all.length === 0) all.push({ at: 0, label: 0, weight: 0 });
  const bagCount = Math.max(1, bags.length);
  const members = new Float32Array(bagCount * all.length).fill(closed);
  if (bags.length === 0) members[0] = 0;
  let next = frames.length;
  for (const [bag, places] of bags.entries()) {
    members.fill(-Math.log(places.length), bag * all.length + next, bag * all.length + next + places.length);
    next += places.length;
  }
  return {
    'frame/at': int64(all.map(({ at }) => at)),
    'frame/label': real(all.map(({ label }) => label)),
    'frame/weight': real(all.map(({ weight }) => weight)),
    'bag/frames': real(members, [bagCount, all.length]),
    'bag/label': real(Array.from({ length: bagCount }, () => 1)),
    'bag/weight': real(Array.from({ length: bagCount }, () => (bags.length === 0 ? 0 : factors.bag))),
  };
}

function pairFeeds(
  transcripts: readonly Transcript[],
  pairs: readonly PairExample[],
  factor: number,
): Record<string, TensorData> {
  const count = Math.max(1, pairs.length);
  const width = choiceCount(transcripts);
  const starts = startsOf(transcripts);
  const [chosen, rejected] = [new Float32Array(count * width), new Float32Array(count * width)];
  for (const [row, pair] of pairs.entries()) {
    chosen.set(pair.chosenWeights, row * width + (starts.get(pair.chosen) ?? 0));
    rejected.set(pair.rejectedWeights, row * width + (starts.get(pair.rejected) ?? 0));
  }
  const each = (value: (pair: PairExample) => number) => real(pairs.length === 0 ? [0] : pairs.map(value));
  return {
    'pair/chosen': real(chosen, [count, width]),
    'pair/rejected': real(rejected, [count, width]),
    'pair/reference': each(({ reference }) => reference),
    'pair/smoothing': each(({ smoothing }) => smoothing),
    'pair/weight': each(() => factor),
  };
}
