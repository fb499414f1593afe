/** Labelled scores as counts by score: the one form from which ROC and precision-recall figures are computed. */

/**
 * How many positives and negatives have each score. `S` distinct scores, ascending. Frames with the same score are one
 * row, so that ties are counted as what they are, whatever the order of the frames was.
 */
export interface ScoreCounts {
  /** [S] ascending, distinct. */
  readonly scores: Float64Array;
  /** [S] frames with label 1. May be fractional or weighted. */
  readonly positives: Float64Array;
  /** [S] frames with label 0. */
  readonly negatives: Float64Array;
}

/**
 * Counts of `scores` ([N], any finite numbers) with `labels` ([N], 1 for anomalous, 0 for normal).
 * @throws RangeError where lengths differ, a score is not finite (a NaN has no place in an order), or a label is neither.
 */
export function countScores(scores: ArrayLike<number>, labels: ArrayLike<number>): ScoreCounts {
  if (scores.length !== labels.length) {
    throw new RangeError(`${scores.length} scores cannot belong to ${labels.length} labels.`);
  }
  const positiveScores: number[] = [];
  const negativeScores: number[] = [];
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index] ?? Number.NaN;
    const label = labels[index];
    if (!Number.isFinite(score)) throw new RangeError(`Score ${index} is ${score}, not a finite number.`);
    if (label !== 0 && label !== 1) throw new RangeError(`Label ${index} is ${label}, neither 0 nor 1.`);
    (label === 1 ? positiveScores : negativeScores).push(score);
  }
  return merge(Float64Array.from(positiveScores).sort(), Float64Array.from(negativeScores).sort());
}

/** Both ascending. */
function merge(positive: Float64Array, negative: Float64Array): ScoreCounts {
  const most = positive.length + negative.length;
  const scores = new Float64Array(most);
  const positives = new Float64Array(most);
  const negatives = new Float64Array(most);
  let distinct = 0;
  for (let p = 0, n = 0; p < positive.length || n < negative.length; distinct++) {
    const score = Math.min(positive[p] ?? Infinity, negative[n] ?? Infinity);
    scores[distinct] = score;
    for (; positive[p] === score; p++) positives[distinct] = (positives[distinct] ?? 0) + 1;
    for (; negative[n] === score; n++) negatives[distinct] = (negatives[distinct] ?? 0) + 1;
  }
  return {
    scores: scores.slice(0, distinct),
    positives: positives.slice(0, distinct),
    negatives: negatives.slice(0, distinct),
  };
}

/** All frames of all `parts` together, as pooling ("micro") does. */
export function poolCounts(parts: readonly ScoreCounts[]): ScoreCounts {
  const distinct = Float64Array.from(new Set(parts.flatMap(({ scores }) => [...scores]))).sort();
  const positives = new Float64Array(distinct.length);
  const negatives = new Float64Array(distinct.length);
  for (const part of parts) {
    let row = 0;
    for (const [index, score] of part.scores.entries()) {
      while (distinct[row] !== score) row++;
      positives[row] = (positives[row] ?? 0) + (part.positives[index] ?? 0);
      negatives[row] = (negatives[row] ?? 0) + (part.negatives[index] ?? 0);
    }
  }
  return { scores: distinct, positives, negatives };
}

/** The two sums that every rate is relative to. */
export function totalsOf({ positives, negatives }: ScoreCounts): { positives: number; negatives: number } {
  const sum = (counts: Float64Array) => counts.reduce((total, count) => total + count, 0);
  return { positives: sum(positives), negatives: sum(negatives) };
}
