/** Supervised training of a nano net on lessons: what to believe, and the best of many ways of looking. */
import type { NanoModel } from '../../inquiry/policies/nano/index.ts';
import { randomFrom, shuffled, type Random } from '../../math/random.ts';
import { warmupCosine } from '../autodiff/index.ts';
import type { NanoBatch } from '../nano/batch.ts';
import type { BeliefExample, ChoiceExample } from '../nano/examples.ts';
import { openNanoTraining, type NanoStep } from '../nano/training.ts';

export interface SuperviseOptions {
  readonly epochs: number;
  /** Batches of each epoch, over which all its examples are spread. */
  readonly batches: number;
  /** Whether each belief is met once in all, rather than once in each epoch. */
  readonly beliefsOnce: boolean;
  /** Highest learning rate: warmed up to over 5 % of the steps, then down along a cosine to a fiftieth. */
  readonly peak: number;
  readonly seed: number | string;
  readonly threads: number;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: NanoStep, steps: number) => void;
}

export interface Examples {
  readonly choices: readonly ChoiceExample[];
  readonly beliefs: readonly BeliefExample[];
}

const warmupShare = 0.05;
const floorShare = 0.02;

/** The model after training. Errors: those of a training session. */
export async function supervised(model: NanoModel, examples: Examples, options: SuperviseOptions): Promise<NanoModel> {
  const { epochs, batches, beliefsOnce, peak, seed, threads, signal, onStep } = options;
  const random = randomFrom(`${seed}/supervised`);
  const steps = epochs * batches;
  const schedule = warmupCosine({ peak, warmupSteps: Math.ceil(warmupShare * steps), steps, floor: floorShare * peak });
  const beliefs = beliefsOnce ? parted(shuffled(examples.beliefs, random), epochs) : null;
  await using training = await openNanoTraining(model, { schedule, threads });
  for (let epoch = 0; epoch < epochs; epoch++) {
    const ofEpoch = { choices: examples.choices, beliefs: beliefs?.[epoch] ?? examples.beliefs };
    for (const batch of batchesOf(ofEpoch, batches, random)) onStep?.(await training.step(batch, signal), steps);
  }
  return await training.model();
}

/** Batches whose sequences have much the same length, so that little is padding; in random order. */
function batchesOf({ choices, beliefs }: Examples, count: number, random: Random): NanoBatch[] {
  const choiceBatches = alike(choices, count, ({ transcript }) => transcript.positions.length, random);
  const beliefBatches = alike(beliefs, count, ({ positions }) => positions.length, random);
  const batches = Array.from({ length: count }, (_, index) => ({
    choices: choiceBatches[index] ?? [],
    beliefs: beliefBatches[index] ?? [],
  }));
  return shuffled(
    batches.filter((batch) => batch.choices.length + batch.beliefs.length > 0),
    random,
  );
}

/** So many parts, one after the other, of much the same size. */
const parted = <T>(items: readonly T[], count: number): T[][] =>
  Array.from({ length: count }, (_, index) =>
    items.slice(Math.floor((index * items.length) / count), Math.floor(((index + 1) * items.length) / count)),
  );

/** Lengths are disturbed by up to a fifth, so that the same examples do not meet in every epoch. */
const disturbance = 0.2;

function alike<T>(items: readonly T[], count: number, lengthOf: (item: T) => number, random: Random): T[][] {
  const ordered = items
    .map((item) => ({ item, length: lengthOf(item) * (1 + disturbance * (random.next() - 0.5)) }))
    .sort((a, b) => a.length - b.length)
    .map(({ item }) => item);
  return parted(ordered, count);
}
