/** A control: the same scores against labels that belong to other recordings, which no honest score predicts. */
import { randomFrom, shuffled } from '../../math/random.ts';
import { denseRanks } from './dense-ranks.ts';
import type { Unit } from './pair-wins.ts';
import { joined } from './units.ts';

/** Shufflings whose mean is taken: one alone is as uncertain as any AUC. */
const shufflings = 20;

/**
 * Mean AUC over shufflings of the units' labels: each unit gets the labels of a random one, stretched to its own length and
 * begun at a random place (going on at the start after the end), so that incidents keep their lengths and nothing else.
 * Null where no shuffling has both classes.
 */
export function shuffledAuc(units: readonly Unit[], seed: number): number | null {
  const random = randomFrom(seed).fork('shuffled labels');
  const ranks = midRanks(joined(units).scores);
  const aucs: number[] = [];
  for (let round = 0; round < shufflings; round++) {
    const order = shuffled([...units.keys()], random);
    let [positives, negatives, rankSum, frame] = [0, 0, 0, 0];
    for (const [index, { scores }] of units.entries()) {
      const labels = units[order[index] ?? index]?.labels ?? [];
      const shift = random.integer(Math.max(1, scores.length));
      for (let at = 0; at < scores.length; at++, frame++) {
        const place = (at + shift) % scores.length;
        if (labels[Math.floor((place * labels.length) / scores.length)] === 1) {
          positives++;
          rankSum += ranks[frame] ?? 0;
        } else negatives++;
      }
    }
    if (positives > 0 && negatives > 0)
      aucs.push((rankSum - (positives * (positives + 1)) / 2) / (positives * negatives));
  }
  return aucs.length === 0 ? null : aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length;
}

/** [N] ranks from 1; equal scores share their mean (Mann and Whitney 1947). */
function midRanks(scores: Float64Array): Float64Array {
  const { ranks, distinct } = denseRanks(scores);
  const counts = new Float64Array(distinct);
  for (const rank of ranks) counts[rank] = (counts[rank] ?? 0) + 1;
  let below = 0;
  const middles = counts.map((count) => {
    below += count;
    return below - (count - 1) / 2;
  });
  return Float64Array.from(ranks, (rank) => middles[rank] ?? 0);
}
