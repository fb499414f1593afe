/** What a camera usually shows, learned from its own recordings without labels: the types that everything here shares. */
import type { Box } from '../detection.ts';
import type { FrameFeatures } from './features.ts';
import type { Tail } from './tail.ts';

/** Goes up whenever the same frames would teach something else. Parts of different versions are never mixed. */
export const normalityVersion = 2;

/** What one recording adds: mergeable with those of others in any order, and serialisable. */
export interface NormalityPart {
  readonly recording: string;
  /** Local hour of the day, 0 to 23; null where it is not known. */
  readonly hour: number | null;
  /** `[countsLength]`: whole numbers, see `table`. */
  readonly counts: Float64Array;
  /** Some of its frames, evenly taken: the surprise of others' frames is compared with theirs. */
  readonly samples: readonly FrameFeatures[];
}

export type NoveltyKind = 'velocity' | 'object' | 'pose' | 'place';
export const noveltyKinds: readonly NoveltyKind[] = ['velocity', 'object', 'pose', 'place'];

/** What is usual at an hour, or at all of them. */
export interface Pattern {
  /** `[hourlyLength]` for an hour, `[countsLength]` for all of them. */
  readonly counts: Float32Array;
  /** How surprising the camera's own frames are by what its other recordings taught, per kind. */
  readonly tails: Readonly<Partial<Record<NoveltyKind, Tail>>>;
  /** The same of all kinds together. */
  readonly together: Tail;
}

/** What all recordings of a camera teach together. */
export interface Normality {
  readonly recordings: number;
  /** Whether it rests on enough footage for anything to be called unusual. */
  readonly enough: boolean;
  readonly all: Pattern;
  /** `[24]`: null for hours with too little footage of their own. */
  readonly hours: readonly (Pattern | null)[];
}

/** What is usual, and the hour at which it is asked. */
export interface NormalityHere {
  readonly normality: Normality;
  /** Local hour, 0 to 23; null where it is not known. */
  readonly hour: number | null;
}

export interface FrameNovelty {
  /** Nats above what is usual, not negative, without an upper bound: for ranking. */
  readonly surprise: number;
  /** Share of the camera's own frames that are less surprising, [0, 1]. */
  readonly percentile: number;
  /** What makes it so, each where in the picture; the most surprising first. */
  readonly parts: readonly {
    readonly kind: NoveltyKind;
    readonly surprise: number;
    readonly percentile: number;
    readonly place: Box;
  }[];
}

/** Where and how fast things usually move, for a picture of it. */
export interface NormalityHeatMap {
  readonly columns: number;
  readonly rows: number;
  /** `[rows, columns]`: share of the frames in which something moves there, [0, 1]. */
  readonly presence: Float32Array;
  /** `[rows, columns]`: median speed of what moves there, picture heights per second; 0 where nothing does. */
  readonly speed: Float32Array;
  /** `[rows, columns, 2]`: mean velocity of what moves there, picture heights per second. */
  readonly direction: Float32Array;
  /** Frames that it rests on, and `[24]` those of each hour: 0 where there are too few of the hour's own. */
  readonly frames: number;
  readonly hours: readonly number[];
}
