/** The shape of the nano net: its sizes, its embedding rows, its modalities, and which words its rows stand for. */
import { defaultClassIds, unusualClass } from '../../../contract/taxonomy.ts';
import { attributeNames } from '../../../perception/attributes.ts';
import { windowVectorLength } from '../../../perception/window-layout.ts';
import { attributeCount, classCount, tokens, vocabularySize, type Lexicon } from '../../grammar.ts';

export interface NanoSize {
  /** A multiple of twice the heads. */
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
}

/** Source: DESIGN §7. */
export const defaultNanoSize: NanoSize = { width: 128, layers: 4, heads: 4 };

/** Embedding rows: the action grammar's tokens, then what stands for positions that are no tokens of it. */
export const rows = {
  nothing: vocabularySize,
  context: vocabularySize + 1,
  peak: vocabularySize + 2,
  look: vocabularySize + 3,
  frame: vocabularySize + 4,
  turn: vocabularySize + 5,
  belief: vocabularySize + 6,
} as const;
export const rowCount = vocabularySize + 7;

/** Rows that one position adds up. */
export const rowsPerPosition = 3;

/** Interval of the look, how long the frame stands for what follows, whether it was seen before. */
const lookFeatures = 3;
/** Words of a caption are hashed into so many places. */
export const captionWords = 256;
/** Symbols of a simulator likewise. */
export const symbolPlaces = 256;

/** Numbers of a soft token, by what it shows; each kind has a projector of its own. */
export const modalities = {
  context: 4,
  peak: 3,
  turn: 6,
  /** What the frames of a look show together. */
  window: windowVectorLength + lookFeatures,
  /** What single frames show, of a video, a replay and a simulator. */
  frame: attributeNames.length + 7 + lookFeatures,
  caption: captionWords + 4 + lookFeatures,
  symbols: symbolPlaces + lookFeatures,
} as const;
export type Modality = keyof typeof modalities;
export const modalityNames = Object.keys(modalities) as Modality[];

/** What the rows of classes and attributes stand for: a class has its row for ever, a new one takes the next free row. */
export interface NanoWords {
  readonly classes: readonly string[];
  readonly attributes: readonly string[];
}

export const defaultNanoWords: NanoWords = { classes: defaultClassIds, attributes: attributeNames };

/** The words with a row for `id` too. Throws RangeError where the pool is used up. */
export function withClass(words: NanoWords, id: string): NanoWords {
  if (words.classes.includes(id)) return words;
  if (words.classes.length >= classCount) throw new RangeError(`All ${classCount} rows for classes are taken.`);
  return { ...words, classes: [...words.classes, id] };
}

/** The row of a class; one that the policy never met shares that of "unusual". */
export function rowOfClass(words: NanoWords, id: string): number {
  const place = words.classes.indexOf(id);
  return tokens.class + (place < 0 ? words.classes.indexOf(unusualClass) : place);
}

const inGroup = (id: number, base: number, count: number) => id >= base && id < base + count;

/**
 * The row of a token of a trajectory with that lexicon; null for an attribute word that the policy never met. It is the
 * token's own number but for classes and attributes, which the lexicon numbers.
 */
export function rowOfToken(id: number, lexicon: Lexicon, words: NanoWords): number | null {
  if (inGroup(id, tokens.class, classCount)) return rowOfClass(words, lexicon.classes[id - tokens.class] ?? '');
  if (inGroup(id, tokens.attribute, attributeCount)) {
    const place = words.attributes.indexOf(lexicon.attributes[id - tokens.attribute] ?? '');
    return place < 0 ? null : tokens.attribute + place;
  }
  return id;
}
