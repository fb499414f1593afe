/** The weights of a nano net: their names and shapes, random ones to begin with, and a file of them. */
import { AppError } from '../../../contract/errors.ts';
import type { TensorData } from '../../../inference/graph/index.ts';
import { elementCount } from '../../../inference/graph/index.ts';
import { randomFrom } from '../../../math/random.ts';
import { windowLayout } from '../../../perception/window-layout.ts';
import { classCount, grammarVersion } from '../../grammar.ts';
import { modalities, modalityNames, rowCount, type NanoSize, type NanoWords } from './nano-config.ts';
import { decodeHead, encodeHead, headNumbers, homelessHeadNumbers, type WindowHead } from './window-head.ts';

type Float32Tensor = Extract<TensorData, { type: 'float32' }>;

export type NanoWeights = Readonly<Record<string, Float32Tensor>>;

/** All that a version of the policy is. */
export interface NanoModel {
  readonly size: NanoSize;
  readonly words: NanoWords;
  readonly weights: NanoWeights;
  /** What was learned of footage of one's own; none in what ships with the program. */
  readonly head?: WindowHead;
}

interface WeightSpec {
  readonly dims: readonly number[];
  /** Standard deviation of random weights; `one` for gains, 0 for biases. */
  readonly spread: number | 'one';
}

/** Spread of embeddings and of what feeds the residual stream. Source: GPT-2. */
const narrow = 0.02;

/** Every weight by name. `[in, out]` matrices; the class head's rows are the embeddings of classes. */
export function weightSpecs({ width, layers }: NanoSize): Readonly<Record<string, WeightSpec>> {
  const inner = 4 * width;
  const specs: Record<string, WeightSpec> = { embedding: { dims: [rowCount, width], spread: 0.1 } };
  for (const name of modalityNames) {
    specs[`project/${name}`] = { dims: [modalities[name], width], spread: 1 / Math.sqrt(modalities[name]) };
    specs[`project/${name}/bias`] = { dims: [width], spread: 0 };
  }
  const residual = narrow / Math.sqrt(2 * layers);
  for (let layer = 0; layer < layers; layer++) {
    const name = `layer-${layer}`;
    specs[`${name}/attention/gain`] = { dims: [width], spread: 'one' };
    specs[`${name}/attention/in`] = { dims: [width, 3 * width], spread: 1 / Math.sqrt(width) };
    specs[`${name}/attention/out`] = { dims: [width, width], spread: residual };
    specs[`${name}/inner/gain`] = { dims: [width], spread: 'one' };
    specs[`${name}/inner/in`] = { dims: [width, inner], spread: 1 / Math.sqrt(width) };
    specs[`${name}/inner/in/bias`] = { dims: [inner], spread: 0 };
    specs[`${name}/inner/out`] = { dims: [inner, width], spread: residual };
    specs[`${name}/inner/out/bias`] = { dims: [width], spread: 0 };
  }
  specs['last/gain'] = { dims: [width], spread: 'one' };
  specs['token/head'] = { dims: [width, width], spread: 1 / Math.sqrt(width) };
  specs['belief/head'] = { dims: [width, width], spread: 1 / Math.sqrt(width) };
  specs['belief/bias'] = { dims: [classCount], spread: 0 };
  specs['evidence/head'] = { dims: [width, 1], spread: narrow };
  specs['evidence/bias'] = { dims: [1], spread: 0 };
  return specs;
}

/** Names of the weights that say what an observation is, and what to believe of what was put together. */
export const readingWeights = (size: NanoSize): string[] =>
  Object.keys(weightSpecs(size)).filter((name) => /^(project|belief|evidence)\//u.test(name));

/** Weights of an untrained net: the same seed gives the same. */
export function randomWeights(size: NanoSize, seed: number | string): NanoWeights {
  const random = randomFrom(seed);
  return Object.fromEntries(
    Object.entries(weightSpecs(size)).map(([name, { dims, spread }]) => {
      const own = random.fork(name);
      const data = Float32Array.from({ length: elementCount(dims) }, () =>
        spread === 'one' ? 1 : spread === 0 ? 0 : spread * own.normal(),
      );
      return [name, { type: 'float32', dims, data }];
    }),
  );
}

export const parameterCount = (weights: NanoWeights): number =>
  Object.values(weights).reduce((sum, { data }) => sum + data.length, 0);

/** The number changes with what the net is shown: weights that learned from other sequences would read these wrongly. */
const magic = 'anom-pi nano 2\n';

interface Header {
  readonly grammar: number;
  readonly layout: string;
  readonly size: NanoSize;
  readonly words: NanoWords;
  /** How many numbers it has, `true` for one of before heads had a home; left out where there is none. */
  readonly head?: number | true;
}

/**
 * The bytes of a model: a line of magic, a line of JSON, then the weights in the order of their names and those of the head
 * on windows where there is one. Little-endian.
 */
export function encodeNano({ size, words, weights, head }: NanoModel): Uint8Array {
  const header: Header = {
    grammar: grammarVersion,
    layout: windowLayout,
    size,
    words,
    ...(head && { head: headNumbers }),
  };
  const text = new TextEncoder().encode(`${magic}${JSON.stringify(header)}\n`);
  const parts = [
    ...Object.keys(weightSpecs(size)).map((name) => weightNamed(weights, name).data),
    ...(head === undefined ? [] : [encodeHead(head)]),
  ];
  const bytes = new Uint8Array(text.length + parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  bytes.set(text);
  let at = text.length;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return bytes;
}

/**
 * The model in those bytes.
 * @throws AppError `invalid-argument` where they are none, or one for another grammar or layout of observations
 */
export function decodeNano(bytes: Uint8Array): NanoModel {
  const end = bytes.indexOf(0x0a, magic.length);
  const opening = new TextDecoder().decode(bytes.subarray(0, magic.length));
  if (opening !== magic && /^anom-pi nano \d\n$/u.test(opening)) {
    throw new AppError(
      'invalid-argument',
      'These weights are of another version of the program: train them again, or put those in force that came with it.',
    );
  }
  if (opening !== magic || end < 0) throw new AppError('invalid-argument', 'These are no weights of a nano policy.');
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(magic.length, end))) as Header;
  if (header.grammar !== grammarVersion || header.layout !== windowLayout) {
    throw new AppError(
      'invalid-argument',
      `These weights are for grammar ${header.grammar} and ${header.layout}, not ${grammarVersion} and ${windowLayout}: train them again.`,
    );
  }
  const specs = Object.entries(weightSpecs(header.size));
  const ofHead = header.head === undefined ? 0 : header.head === true ? homelessHeadNumbers : headNumbers;
  const wanted = specs.reduce((sum, [, { dims }]) => sum + 4 * elementCount(dims), end + 1 + 4 * ofHead);
  if (bytes.length !== wanted) {
    throw new AppError('invalid-argument', `The weights have ${bytes.length} bytes instead of ${wanted}.`);
  }
  let at = end + 1;
  const next = (count: number) => {
    // A copy, also of a Buffer, whose own `slice` is none: the weights may begin at any byte.
    const data = new Float32Array(new Uint8Array(bytes.subarray(at, at + 4 * count)).buffer);
    at += 4 * count;
    return data;
  };
  const weights = specs.map(([name, { dims }]): [string, Float32Tensor] => [
    name,
    { type: 'float32', dims, data: next(elementCount(dims)) },
  ]);
  const { size, words } = header;
  return {
    ...{ size, words, weights: Object.fromEntries(weights) },
    ...(ofHead > 0 && { head: decodeHead(next(ofHead)) }),
  };
}

/** Throws RangeError for a name that the weights lack. */
export function weightNamed(weights: NanoWeights, name: string): Float32Tensor {
  const weight = weights[name];
  if (weight === undefined) throw new RangeError(`The weights have no ${name}.`);
  return weight;
}
