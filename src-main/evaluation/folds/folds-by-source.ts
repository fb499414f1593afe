/** Folds of which no two share a source, with about the same number of recordings of each class. */
import { randomFrom } from '../../math/random.ts';

/**
 * The fold of each recording, `[N]`, in 0 … k − 1. `groups` (`[N]`, any integers) says which recordings belong together,
 * `labels` (`[N]`) is 1 for anomalous. The largest groups are placed first, each in the fold that it brings nearest to an equal
 * share of both classes; `seed` decides the order among equals. Where there are fewer groups than `k`, folds are as
 * many as groups. Throws a RangeError for lists of different lengths, fewer than two groups, or k < 2.
 */
export function foldsBySource(
  groups: readonly number[],
  labels: readonly (0 | 1)[],
  k: number,
  seed: number | string,
): number[] {
  if (groups.length !== labels.length) {
    throw new RangeError(`${groups.length} groups cannot belong to ${labels.length} labels.`);
  }
  const members = Map.groupBy(groups.keys(), (index) => groups[index] ?? 0);
  if (!Number.isInteger(k) || k < 2) throw new RangeError(`Folds must be at least 2, not ${k}.`);
  if (members.size < 2) throw new RangeError('All recordings come from one source: there is nothing to test on.');
  const foldCount = Math.min(k, members.size);
  const random = randomFrom(seed);
  const order = [...members.values()]
    .map((indices) => ({ indices, counts: countsOf(indices, labels), tie: random.next() }))
    .toSorted((a, b) => b.indices.length - a.indices.length || a.tie - b.tie);
  const totals = countsOf([...labels.keys()], labels);
  const filled = Array.from({ length: foldCount }, () => [0, 0] as [number, number]);
  const folds = groups.map(() => 0);
  for (const { indices, counts } of order) {
    const [best] = filled
      .map((counted, fold) => ({ fold, worsening: worsening(counted, counts, totals) }))
      .toSorted((a, b) => a.worsening - b.worsening || a.fold - b.fold);
    const fold = best?.fold ?? 0;
    const chosen = filled[fold] as [number, number];
    chosen[0] += counts[0];
    chosen[1] += counts[1];
    for (const index of indices) folds[index] = fold;
  }
  return folds;
}

function countsOf(indices: readonly number[], labels: readonly (0 | 1)[]): [number, number] {
  const positives = indices.filter((index) => labels[index] === 1).length;
  return [indices.length - positives, positives];
}

/** How much the sum of (share in the fold)², of each class and of all, grows: smallest when folds end with equal shares. */
function worsening(
  before: readonly [number, number],
  added: readonly [number, number],
  totals: readonly [number, number],
): number {
  const growth = (held: number, more: number, total: number) =>
    ((held + more) ** 2 - held ** 2) / Math.max(1, total) ** 2;
  return (
    growth(before[0], added[0], totals[0]) +
    growth(before[1], added[1], totals[1]) +
    growth(before[0] + before[1], added[0] + added[1], totals[0] + totals[1])
  );
}
