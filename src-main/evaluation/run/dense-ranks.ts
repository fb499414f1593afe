/** The order of many scores, ties seen as what they are: what every figure of a table begins with. */

export interface DenseRanks {
  /** [N] 0 for the lowest score; equal scores have one rank. */
  readonly ranks: Uint32Array;
  readonly distinct: number;
}

/**
 * Ranks of `scores` ([N]). Sorting numbers and looking each up is several times faster than sorting their places.
 * @throws RangeError for a score that is not finite.
 */
export function denseRanks(scores: Float64Array): DenseRanks {
  const unusable = scores.findIndex((score) => !Number.isFinite(score));
  if (unusable >= 0) throw new RangeError(`Score ${unusable} is ${scores[unusable]}, not a finite number.`);
  const values = scores.toSorted();
  let distinct = 0;
  for (const value of values) {
    if (distinct === 0 || value !== values[distinct - 1]) values[distinct++] = value;
  }
  const ranks = Uint32Array.from(scores, (score) => {
    let [low, high] = [0, distinct - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[middle] ?? 0) < score) low = middle + 1;
      else high = middle;
    }
    return low;
  });
  return { ranks, distinct };
}
