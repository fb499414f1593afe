/** The second half of a round: the update of the model on what the rollouts gave. */
import { readingWeights, type NanoModel } from '../../inquiry/policies/nano/index.ts';
import { shuffled, type Random } from '../../math/random.ts';
import { warmupCosine } from '../autodiff/index.ts';
import type { NanoBatch } from '../nano/batch.ts';
import { openNanoTraining } from '../nano/training.ts';
import { updatePoint, type CurvePoint } from './points.ts';
import type { RoundState, StepState } from './run-state.ts';
import type { RoundSettings } from './settings.ts';

export interface UpdateOptions {
  readonly settings: RoundSettings;
  readonly random: Random;
  readonly threads: number;
  readonly round: number;
  /** The run's points so far; grows by way of `onPoint`. */
  readonly points: readonly CurvePoint[];
  readonly onPoint: (point: CurvePoint) => void;
  readonly onStep?: (step: number, steps: number) => void;
  readonly from?: StepState;
  readonly save?: (state: StepState) => Promise<void>;
  readonly signal?: AbortSignal;
  readonly threadEntry?: URL | string;
}

/** Share of the steps over which the rate rises, and of the highest rate that it ends at. */
const [warmupShare, floorShare] = [0.1, 0.1];
/** Updates between checkpoints: less than a minute of work. */
const stepsBetweenSaves = 10;
/** Batches over which the likelihood of what is preferred is judged: one alone tells little. */
const judgedBatches = 6;

export interface Updated {
  readonly model: NanoModel;
  /** Whether it was stopped because the likelihood of what is preferred fell. */
  readonly fell: boolean;
}

export async function update(model: NanoModel, state: RoundState, options: UpdateOptions): Promise<Updated> {
  const { settings, random, threads, round, from, save, signal, onPoint } = options;
  const batches = Array.from({ length: settings.epochs }, () => batchesOf(state, settings, random)).flat();
  const steps = batches.length;
  const schedule = warmupCosine({
    peak: settings.learningRate,
    warmupSteps: Math.ceil(warmupShare * steps),
    steps,
    floor: floorShare * settings.learningRate,
  });
  await using training = await openNanoTraining(model, {
    ...{ schedule, threads, preference: { beta: settings.idpo.beta } },
    ...(settings.trains === 'reading' && { trainable: readingWeights(model.size) }),
    ...(from !== undefined && { from: from.session }),
    ...(options.threadEntry !== undefined && { threadEntry: options.threadEntry }),
  });
  const falls: number[] = [];
  const begun = from?.step ?? 0;
  for (const [index, batch] of batches.entries()) {
    const step = index + 1;
    if (step <= begun) continue;
    const outcome = await training.step(batch, signal);
    onPoint(updatePoint(round, step, outcome));
    options.onStep?.(step, steps);
    falls.push(fallOf(batch, outcome.chosen));
    const recent = falls.slice(-judgedBatches);
    if (recent.length === judgedBatches && mean(recent) > settings.mostFall) {
      return { model: await training.model(), fell: true };
    }
    if (save !== undefined && step % stepsBetweenSaves === 0) {
      await save({ round, step, session: await training.checkpoint(), points: [...options.points] });
    }
  }
  return { model: await training.model(), fell: false };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The share by which −log π of what is preferred has grown against the reference. */
function fallOf({ pairs = [] }: NanoBatch, chosen: readonly number[]): number {
  const [now, before] = [mean(chosen), mean(pairs.map(({ chosenReference }) => chosenReference))];
  return before === 0 ? 0 : (before - now) / Math.abs(before);
}

/** The pairs in random order, with as many beliefs a batch as there are for each pair. */
function batchesOf({ pairs, beliefs }: RoundState, settings: RoundSettings, random: Random): NanoBatch[] {
  const [pairOrder, beliefOrder] = [shuffled(pairs, random), shuffled(beliefs, random)];
  const count = Math.max(1, Math.ceil(pairs.length / settings.pairs));
  const part = <T>(items: readonly T[], index: number) =>
    items.slice(Math.floor((index * items.length) / count), Math.floor(((index + 1) * items.length) / count));
  return Array.from({ length: count }, (_, index) => ({
    ...{ choices: [], pairs: part(pairOrder, index), beliefs: part(beliefOrder, index) },
  }));
}
