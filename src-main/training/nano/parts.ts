/** A batch in parts whose sequences are about as long: what one is padded with is computed for nothing, and takes memory. */
import { countsOf, type Counts, type NanoBatch } from './batch.ts';

/** A sequence shorter than this share of a part's longest belongs to another part, unless all of them are short. Ours. */
const leastShare = 0.5;
/** Positions: below this padding costs less than one more pass. Ours. */
const short = 24;
/** Positions of a part, padding included: a pass forward and backward takes some 100 kB for each. Ours. */
const mostPositions = 4096;

/** One example, with the lengths of its sequences. */
interface Unit {
  readonly batch: NanoBatch;
  readonly lengths: readonly number[];
}

export interface Part {
  readonly batch: NanoBatch;
  /** What its means go over, so that the mean over all parts is that of the whole batch. */
  readonly counts: Counts;
}

/**
 * Every example is in one of the parts, the longest in the first. The same batch always has the same ones. Throws
 * RangeError for an empty batch.
 */
export function partsOf(batch: NanoBatch): Part[] {
  const units = unitsOf(batch).toSorted((a, b) => Math.max(...b.lengths) - Math.max(...a.lengths));
  const parts: Unit[][] = [];
  let [longest, sequences] = [0, 0];
  for (const unit of units) {
    const length = Math.max(...unit.lengths);
    const isAlike = longest <= short || length >= leastShare * longest;
    const part = parts.at(-1);
    if (part === undefined || !isAlike || (sequences + unit.lengths.length) * longest > mostPositions) {
      parts.push([unit]);
      [longest, sequences] = [length, unit.lengths.length];
    } else {
      part.push(unit);
      sequences += unit.lengths.length;
    }
  }
  if (parts.length === 0) throw new RangeError('There is nothing to learn from an empty batch.');
  const counts = shared(countsOf(batch), parts.length);
  return parts.map((own) => ({ batch: together(own, batch), counts }));
}

function unitsOf({ choices, beliefs, pairs = [] }: NanoBatch): Unit[] {
  const none = { choices: [], beliefs: [] };
  return [
    ...pairs.map((pair) => ({
      batch: { ...none, pairs: [pair] },
      lengths: [pair.chosen.positions.length, pair.rejected.positions.length],
    })),
    ...choices.map((choice) => ({
      batch: { ...none, choices: [choice] },
      lengths: [choice.transcript.positions.length],
    })),
    ...beliefs.map((belief) => ({ batch: { ...none, beliefs: [belief] }, lengths: [belief.positions.length] })),
  ];
}

const together = (units: readonly Unit[], { pairs }: NanoBatch): NanoBatch => ({
  choices: units.flatMap(({ batch }) => batch.choices),
  beliefs: units.flatMap(({ batch }) => batch.beliefs),
  ...(pairs !== undefined && { pairs: units.flatMap(({ batch }) => batch.pairs ?? []) }),
});

const shared = ({ choices, pairs, beliefs, frames, bags }: Counts, parts: number): Counts => ({
  ...{ choices: choices / parts, pairs: pairs / parts },
  ...{ beliefs: beliefs / parts, frames: frames / parts, bags: bags / parts },
});
