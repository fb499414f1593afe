/** The head on windows: what was learned from a reviewer's own labels about how things move, added to what the net believes. */
import { standardised, type Scale } from '../../../math/standardise.ts';
import { judgedEntries, dynamicsOf } from '../../../perception/window-dynamics.ts';
import type { Position } from './sequence.ts';

/**
 * Linear in the dynamics of the looks, because some forty or two hundred labels tell a plane apart and not a transformer.
 * Weights that ship with the program have none.
 */
export interface WindowHead {
  readonly scale: Scale;
  /** `[D]`, of standardised entries of `judgedEntries`. */
  readonly weights: ArrayLike<number>;
  readonly bias: number;
  /**
   * `[D + 1]`, of the same entries, and a bias: the logarithm of how many times likelier labelled footage moves so than
   * what was simulated. Where it is less likely, the head counts so much less: it leaves alone what it was not learned from.
   */
  readonly home: ArrayLike<number>;
}

/**
 * The dynamics of all looks of a belief's sequence, `[D]`: the mean of each entry over the looks that know it, NaN where
 * none does; null where no look shows a video.
 */
export function dynamicsIn(positions: readonly Position[]): Float32Array | null {
  const windows = positions.flatMap(({ soft }) => (soft?.modality === 'window' ? [dynamicsOf(soft.features)] : []));
  if (windows.length === 0) return null;
  return Float32Array.from(judgedEntries, (_, entry) => {
    const known = windows.map((window) => window[entry] ?? NaN).filter((value) => !Number.isNaN(value));
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}

/** What the head adds to the log-odds of an incident; 0 without a head, and without a look at a video. */
export function windowHeadLogit(head: WindowHead | undefined, positions: readonly Position[]): number {
  const dynamics = head === undefined ? null : dynamicsIn(positions);
  if (head === undefined || dynamics === null) return 0;
  return headLogit(head, standardised(head.scale, dynamics));
}

/** The same of `row`, `[D]`, entries of `judgedEntries` on the head's scale. */
export const headLogit = ({ home, weights, bias }: WindowHead, row: Float64Array): number =>
  familiarity(home, row) * affine(weights, bias, row);

/** The share by which a head counts where `row`, `[D]` and standardised, is how things move; (0, 1]. */
export const familiarity = (home: ArrayLike<number>, row: Float64Array): number =>
  Math.min(1, Math.exp(homeLogit(home, row)));

/** The logarithm of `home`, of the same `row`; 0 where `home` is empty. */
export const homeLogit = (home: ArrayLike<number>, row: Float64Array): number =>
  affine(home, home[row.length] ?? 0, row);

const affine = (weights: ArrayLike<number>, bias: number, row: Float64Array): number =>
  row.reduce((sum, value, entry) => sum + value * (weights[entry] ?? 0), bias);

const length = judgedEntries.length;
/** Numbers of a head in a file of weights; of one that was made before heads knew where they were at home. */
export const headNumbers = 4 * length + 2;
export const homelessHeadNumbers = 3 * length + 1;

/** `[headNumbers]` */
export const encodeHead = ({ scale, weights, bias, home }: WindowHead): Float32Array =>
  Float32Array.from([
    ...[scale.means, scale.factors, weights].flatMap((part) => Array.from(part)),
    bias,
    ...Array.from(home),
  ]);

/** A head without a home counts everywhere, as it did when it was made. */
export function decodeHead(numbers: Float32Array): WindowHead {
  const part = (index: number) => numbers.slice(index * length, (index + 1) * length);
  return {
    scale: { means: part(0), factors: part(1) },
    weights: part(2),
    bias: numbers[3 * length] ?? 0,
    home: numbers.length === headNumbers ? numbers.slice(homelessHeadNumbers) : new Float32Array(length + 1),
  };
}
