/** Choosing among allowed tokens at temperature 1, with exact log-probabilities. */
import type { Random } from '../../../math/random.ts';

/** `[N]` log-softmax over the logits that are given, in float64. Throws RangeError for none. */
export function logSoftmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  if (!Number.isFinite(most)) throw new RangeError('There is nothing to choose from, or a logit is no number.');
  const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
  return logits.map((logit) => logit - most - total);
}

/** Number of one of the log-probabilities, drawn by them. */
export function drawn(logProbs: readonly number[], random: Random): number {
  let left = random.next();
  for (const [index, logProb] of logProbs.entries()) {
    left -= Math.exp(logProb);
    if (left < 0) return index;
  }
  // Rounding left a sliver: it belongs to the likeliest.
  return likeliest(logProbs);
}

/** Number of the largest, the first of equals. */
export const likeliest = (logProbs: readonly number[]): number => logProbs.indexOf(Math.max(...logProbs));
