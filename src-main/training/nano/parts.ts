/** A batch in parts whose sequences are about as long: what one is padded with is computed for nothing, and takes memory. */
import { countsOf, type Counts, type NanoBatch } from './batch.ts';

/** A sequence shorter than this share of a part's longest belongs to another part, unless all of them are short. Ours. */
const leastShare = 0.5;
/** Positions: below this padding costs less than one more pass. Ours. */
const short = 24;
/** Positions of a part, padding included: a pass forward and backward takes some 100 kB for each. Ours. */
const mostPositions = 4096;

/** One example, with the length of its longest sequence and how many it has. */
interface Unit {
  readonly batch: NanoBatch;
  readonly length: number;
  readonly sequences: number;
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
  const units = unitsOf(batch).toSorted((a, b) => b.length - a.length);
  const parts: Unit[][] = [];
  let [longest, sequences] = [0, 0];
  for (const unit of units) {
    const isAlike = longest <= short || unit.length >= leastShare * longest;
    const part = parts.at(-1);
    if (part === undefined || !isAlike || (sequences + unit.sequences) * longest > mostPositions) {
      parts.push([unit]);
      [longest, sequences] = [unit.length, unit.sequences];
    } else {
      part.push(unit);
      sequences += unit.sequences;
    }
  }
  if (parts.length === 0) throw new RangeError('There is nothing to learn from an empty batch.');
  const counts = shared(countsOf(batch), parts.length);
  return parts.map((own) => ({ batch: together(own, batch), counts }));
}

function unitsOf({ choices, beliefs, pairs = [] }: NanoBatch): Unit[] {
  const none = { choices: [], beliefs: [] };
  return [
    ...pairs.map((pair) => unit({ ...none, pairs: [pair] }, pair.chosen.positions, pair.rejected.positions)),
    ...choices.map((choice) => unit({ ...none, choices: [choice] }, choice.transcript.positions)),
    ...beliefs.map((belief) => unit({ ...none, beliefs: [belief] }, belief.positions)),
  ];
}

function unit(batch: NanoBatch, ...sequences: readonly (readonly unknown[])[]): Unit {
  return { batch, length: Math.max(...sequences.map(({ length }) => length)), sequences: sequences.length };
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
