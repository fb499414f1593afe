/** How often the positives of one unit outscore the negatives of another: from it the AUC of any sample of units follows. */
import { denseRanks } from './dense-ranks.ts';

/** What is drawn with replacement in a bootstrap: a recording, or a second of one. */
export interface Unit {
  /** [N] finite. */
  readonly scores: Float64Array;
  /** [N] 0 or 1. */
  readonly labels: Uint8Array;
}

export interface PairWins {
  readonly units: number;
  /** [units, units] in row i, column j: pairs of a positive of i and a negative of j in the right order, ties counting half. */
  readonly wins: Float64Array;
  /** [units] */
  readonly positives: Float64Array;
  /** [units] */
  readonly negatives: Float64Array;
}

/**
 * The table for `units`. Takes about (frames) + (distinct scores of positives) × units steps.
 * @throws RangeError for a score that is not finite.
 */
export function pairWins(units: readonly Unit[]): PairWins {
  const size = units.length;
  const table = {
    units: size,
    wins: new Float64Array(size * size),
    positives: new Float64Array(size),
    negatives: new Float64Array(size),
  };
  const frames = inOrder(units);
  const below = new Float64Array(size);
  for (let first = 0; first < frames.unit.length;) {
    const rank = frames.rank[first];
    let end = first;
    // Of the negatives that tie, half count as outscored now and the other half once the tie is behind.
    for (; end < frames.unit.length && frames.rank[end] === rank; end++) {
      if (frames.label[end] === 0) add(below, frames.unit[end] ?? 0, 0.5);
    }
    const positives = new Map<number, number>();
    for (let at = first; at < end; at++) {
      const unit = frames.unit[at] ?? 0;
      if (frames.label[at] === 0) add(table.negatives, unit, 1);
      else positives.set(unit, (positives.get(unit) ?? 0) + 1);
    }
    for (const [unit, count] of positives) {
      add(table.positives, unit, count);
      for (let other = 0; other < size; other++) add(table.wins, unit * size + other, count * (below[other] ?? 0));
    }
    for (let at = first; at < end; at++) if (frames.label[at] === 0) add(below, frames.unit[at] ?? 0, 0.5);
    first = end;
  }
  return table;
}

/**
 * AUC of the sample in which unit i is `weights[i]` times; null where it lacks a class.
 * @param weights [units] not negative
 */
export function aucOfSample(
  { units, wins, positives, negatives }: PairWins,
  weights: ArrayLike<number>,
): number | null {
  let [won, positive, negative] = [0, 0, 0];
  for (let unit = 0; unit < units; unit++) {
    const weight = weights[unit] ?? 0;
    if (weight === 0) continue;
    positive += weight * (positives[unit] ?? 0);
    negative += weight * (negatives[unit] ?? 0);
    if (positives[unit] === 0) continue;
    let row = 0;
    for (let other = 0; other < units; other++) row += (weights[other] ?? 0) * (wins[unit * units + other] ?? 0);
    won += weight * row;
  }
  return positive === 0 || negative === 0 ? null : won / (positive * negative);
}

/** AUC of the units that `isIn`, each once; null where they lack a class. */
export const aucOfUnits = (table: PairWins, isIn: (unit: number) => boolean): number | null =>
  aucOfSample(
    table,
    Uint8Array.from({ length: table.units }, (_, unit) => Number(isIn(unit))),
  );

/** The frames of all units by rising score. */
function inOrder(units: readonly Unit[]) {
  const total = units.reduce((sum, { scores }) => sum + scores.length, 0);
  const scores = new Float64Array(total);
  let offset = 0;
  for (const unit of units) {
    scores.set(unit.scores, offset);
    offset += unit.scores.length;
  }
  const { ranks, distinct } = denseRanks(scores);
  const next = new Uint32Array(distinct + 1);
  for (const rank of ranks) next[rank + 1] = (next[rank + 1] ?? 0) + 1;
  for (let rank = 0; rank < distinct; rank++) next[rank + 1] = (next[rank + 1] ?? 0) + (next[rank] ?? 0);
  const sorted = { rank: new Uint32Array(total), unit: new Uint32Array(total), label: new Uint8Array(total) };
  let frame = 0;
  for (const [unit, { labels }] of units.entries()) {
    for (const label of labels) {
      const rank = ranks[frame++] ?? 0;
      const place = next[rank] ?? 0;
      next[rank] = place + 1;
      sorted.rank[place] = rank;
      sorted.unit[place] = unit;
      sorted.label[place] = label;
    }
  }
  return sorted;
}

const add = (array: Float64Array, index: number, value: number) => {
  array[index] = (array[index] ?? 0) + value;
};
