/** The nano net in a session: reads positions after those of a cache, and gives logits for the places asked for. */
import { openSession, type Session, type SessionOptions, type TensorData } from '../../../inference/index.ts';
import { encodeModel } from '../../../inference/graph/index.ts';
import { classCount } from '../../grammar.ts';
import { collate } from './collate.ts';
import { rowCount, type NanoSize, type NanoWords } from './nano-config.ts';
import { inferenceGraph } from './nano-graph.ts';
import type { NanoModel } from './nano-weights.ts';
import type { Position } from './sequence.ts';
import type { WindowHead } from './window-head.ts';

/** What was read before, as tensors of the session. */
export type NanoCache = Readonly<Record<string, TensorData>>;

export interface NanoReading {
  /** `[places][rowCount]` and `[places][classCount]` */
  readonly tokens: readonly Float32Array[];
  readonly classes: readonly Float32Array[];
  /** `[positions]` */
  readonly evidence: Float32Array;
  readonly cache: NanoCache;
}

export interface NanoNet extends AsyncDisposable {
  readonly size: NanoSize;
  readonly words: NanoWords;
  /** The model's, which is no part of what `read` gives. */
  readonly head?: WindowHead;
  /**
   * @param at places among `positions` to give logits for
   * @param cache of the reading before, or null at the start
   */
  read(
    positions: readonly Position[],
    at: readonly number[],
    cache: NanoCache | null,
    signal?: AbortSignal,
  ): Promise<NanoReading>;
}

/** Throws what `open` does; sessions live in a thread of their own where it is not said otherwise. */
export async function openNano(
  model: NanoModel,
  options: SessionOptions,
  open: (model: Uint8Array, options: SessionOptions) => Promise<Session> = openSession,
): Promise<NanoNet> {
  const { size, words, weights, head } = model;
  const session = await open(encodeModel(inferenceGraph(size, weights)), options);
  return {
    ...{ size, words, ...(head !== undefined && { head }) },
    read: (positions, at, cache, signal) => read(session, size, { positions, at, cache, signal }),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

interface Request {
  readonly positions: readonly Position[];
  readonly at: readonly number[];
  readonly cache: NanoCache | null;
  readonly signal: AbortSignal | undefined;
}

async function read(session: Session, size: NanoSize, { positions, at, cache, signal }: Request): Promise<NanoReading> {
  const { feeds } = collate([positions], size);
  const chosen = at.length === 0 ? [0] : at;
  const outputs = await session.run(
    {
      ...feeds,
      ...(cache ?? emptyCache(size)),
      at: { type: 'int64', dims: [chosen.length], data: BigInt64Array.from(chosen, BigInt) },
    },
    signal === undefined ? {} : { signal },
  );
  const numbers = (name: string) => {
    const output = outputs[name];
    if (output?.type !== 'float32') throw new TypeError(`The net gave no ${name}.`);
    return output;
  };
  const split = (name: string, length: number) =>
    at.map((_, place) => numbers(name).data.subarray(place * length, (place + 1) * length));
  const next: Record<string, TensorData> = { 'past/group': grown(cache, feeds['group']) };
  for (let layer = 0; layer < size.layers; layer++) {
    next[`past/keys/${layer}`] = numbers(`keys/${layer}`);
    next[`past/values/${layer}`] = numbers(`values/${layer}`);
  }
  return {
    tokens: split('tokens', rowCount),
    classes: split('classes', classCount),
    evidence: numbers('evidence').data,
    cache: next,
  };
}

function emptyCache({ width, layers, heads }: NanoSize): NanoCache {
  const nothing = { type: 'float32', dims: [1, heads, 0, width / heads], data: new Float32Array() } as const;
  const past: Record<string, TensorData> = {
    'past/group': { type: 'int64', dims: [1, 0], data: new BigInt64Array() },
  };
  for (let layer = 0; layer < layers; layer++) {
    past[`past/keys/${layer}`] = nothing;
    past[`past/values/${layer}`] = nothing;
  }
  return past;
}

/** Groups of the cache and of what was read after it. */
function grown(cache: NanoCache | null, added: TensorData | undefined): TensorData {
  const before = cache?.['past/group'];
  const data = [before, added].flatMap((each) => (each?.type === 'int64' ? [...each.data] : []));
  return { type: 'int64', dims: [1, data.length], data: BigInt64Array.from(data) };
}
