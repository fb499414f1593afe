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
  const { scale, weights, bias } = head;
  return standardised(scale, dynamics).reduce((sum, value, entry) => sum + value * (weights[entry] ?? 0), bias);
}

const length = judgedEntries.length;
/** Numbers of a head in a file of weights. */
export const headNumbers = 3 * length + 1;

/** `[headNumbers]` */
export const encodeHead = ({ scale, weights, bias }: WindowHead): Float32Array =>
  Float32Array.from([...Array.from(scale.means), ...Array.from(scale.factors), ...Array.from(weights), bias]);

export function decodeHead(numbers: Float32Array): WindowHead {
  const part = (index: number) => numbers.slice(index * length, (index + 1) * length);
  return { scale: { means: part(0), factors: part(1) }, weights: part(2), bias: numbers[3 * length] ?? 0 };
}
