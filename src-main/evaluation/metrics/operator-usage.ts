/** Whether a policy uses all its ways of looking: the entropy of its operators, an alarm for one that collapsed. */

/**
 * Entropy of the usage `counts` (how often each operator was chosen), as a share of the largest that `operators` of them
 * can have: 1 where all are used alike, 0 where one alone is. Null where none was used, or there is no choice.
 *
 * Source: Shannon 1948, normalised (Pielou's evenness over the operators there are, not over those that were used).
 */
export function operatorEntropy(counts: Readonly<Record<string, number>>, operators: number): number | null {
  const used = Object.values(counts).filter((count) => count > 0);
  if (used.length > operators) throw new RangeError(`${used.length} operators were used of ${operators} there are.`);
  const total = used.reduce((sum, count) => sum + count, 0);
  if (total === 0 || operators < 2) return null;
  const entropy = used.reduce((sum, count) => sum - (count / total) * Math.log(count / total), 0);
  return Math.min(1, entropy / Math.log(operators));
}
