/** Training of a nano net: batches of examples in, losses out, the model as it is whenever it is asked for. */
import { AppError } from '../../contract/errors.ts';
import { type NanoModel, type NanoWeights, weightSpecs } from '../../inquiry/policies/nano/index.ts';
import {
  adamw,
  chain,
  clipByGlobalNorm,
  decodeCheckpoint,
  encodeCheckpoint,
  openTrainingSession,
  planTraining,
  type Schedule,
  type Tensors,
} from '../autodiff/index.ts';
import { batchFeeds, type LossWeights, type NanoBatch } from './batch.ts';
import { nanoLossGraph } from './loss-graph.ts';
import { partsOf, type Part } from './parts.ts';

export interface NanoTrainingOptions {
  readonly schedule: Schedule;
  readonly threads: number;
  /** β of the preference loss; without it batches have no pairs. */
  readonly preference?: { readonly beta: number };
  readonly lossWeights?: LossWeights;
  readonly weightDecay?: number;
  /** The weights that are trained; all of them where left out. */
  readonly trainable?: readonly string[];
  /** What a checkpoint of the same model and options held; the model as it is where left out. */
  readonly from?: Uint8Array;
  /** The program of the thread, where it is not the checkout's own. */
  readonly threadEntry?: URL | string;
}

export interface NanoStep {
  readonly step: number;
  /** `loss` and its parts, by the names of the graph's outputs. */
  readonly losses: Readonly<Record<string, number>>;
  /** Of each pair `Δ(τ⁺) − Δ(τ⁻)`, and `Σ w·log π(τ⁺)`; empty without pairs. */
  readonly margins: readonly number[];
  readonly chosen: readonly number[];
}

export interface NanoTraining extends AsyncDisposable {
  /** One update. Throws RangeError for an empty batch, AppError `internal` for a loss that is no number, else what a training session throws. */
  step(batch: NanoBatch, signal?: AbortSignal): Promise<NanoStep>;
  model(): Promise<NanoModel>;
  /** All that training goes on from, bit for bit. */
  checkpoint(): Promise<Uint8Array>;
}

/** Gradients beyond this norm are scaled down. */
const mostNorm = 1;

export async function openNanoTraining(model: NanoModel, options: NanoTrainingOptions): Promise<NanoTraining> {
  const { schedule, threads, preference, lossWeights, weightDecay = 0.01, from, threadEntry } = options;
  const { trainable = Object.keys(weightSpecs(model.size)) } = options;
  const { size, words, weights } = model;
  const graph = nanoLossGraph(size, weights, preference === undefined ? {} : { preference });
  const plan = planTraining(graph, {
    loss: 'loss',
    trainable,
    optimizer: chain(clipByGlobalNorm(mostNorm), adamw({ schedule, weightDecay })),
  });
  const session = await openTrainingSession(plan, {
    ...{ provider: 'cpu', threads },
    ...(from !== undefined && { from: decodeCheckpoint(from) }),
    ...(threadEntry !== undefined && { threadEntry }),
  });
  return {
    async step(batch, signal) {
      const parts = partsOf(batch);
      const feeds = parts.map((part) => batchFeeds(part.batch, size, words, lossWeights, part.counts));
      const { step, outputs } = await session.step(feeds, signal === undefined ? {} : { signal });
      const losses = meanLosses(outputs);
      if (!Number.isFinite(losses['loss'])) {
        throw new AppError('internal', `The loss of step ${step} is no number: go back to the last checkpoint.`);
      }
      const ofPairs = (name: string) => pairFigures(batch, parts, outputs, name);
      return { step, losses, margins: ofPairs('margin'), chosen: ofPairs('chosen') };
    },
    checkpoint: async () => encodeCheckpoint(await session.checkpoint()),
    model: async () => ({ ...model, weights: { ...weights, ...float32(await session.parameters()) } }),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

function meanLosses(outputs: readonly Tensors[]): Record<string, number> {
  const names = Object.keys(outputs[0] ?? {}).filter((name) => name.startsWith('loss'));
  const mean = (name: string) =>
    outputs.reduce((sum, output) => sum + Number(output[name]?.data[0]), 0) / Math.max(1, outputs.length);
  return Object.fromEntries(names.map((name) => [name, mean(name)]));
}

/** What the graph gives for each pair, in the order of the batch. */
function pairFigures(
  { pairs = [] }: NanoBatch,
  parts: readonly Part[],
  outputs: readonly Tensors[],
  name: string,
): number[] {
  // A part without pairs gives one figure of nothing.
  const known = parts.flatMap(({ batch }, part) =>
    (batch.pairs ?? []).map((pair, place) => [pair, Number(outputs[part]?.[name]?.data[place])] as const),
  );
  const figures = new Map(known);
  return pairs.map((pair) => figures.get(pair) ?? NaN);
}

function float32(tensors: Tensors): NanoWeights {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => {
      if (tensor.type !== 'float32') throw new TypeError(`${name} is ${tensor.type}, not float32.`);
      return [name, tensor];
    }),
  );
}
