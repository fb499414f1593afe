/** How alike flags look: the cosine between their vectors, each entry as it differs from what is common in the archive. */
import { unknownEntry } from './flag-vector.ts';

/** Vectors of flags, one after the other. */
export interface VectorTable {
  readonly numbers: readonly number[];
  /** `[numbers, D]`, as `flagVector` makes them. */
  readonly vectors: Int8Array;
}

/** Mean and spread of each entry `[D]` over those vectors that know it. */
export interface Commonness {
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

/** Entries that hardly ever differ must not decide by their noise. In units of 1/127. */
const leastDeviation = 6;
/** What is common is not known from a handful: so many vectors count as if they had no entry, with this spread. */
const priorVectors = 20;
const priorDeviation = 40;

/** Of vectors with D entries: how many know each entry, and what these sum up to. Whole numbers, so that any order is right. */
export interface EntrySums {
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/** Sums over the vectors of one table, with `length` entries each. */
export function entrySums({ vectors }: Pick<VectorTable, 'vectors'>, length: number): EntrySums {
  const counts = new Float64Array(length);
  const sums = new Float64Array(length);
  const squares = new Float64Array(length);
  for (let at = 0; at < vectors.length; at += length) {
    for (let entry = 0; entry < length; entry++) {
      const value = vectors[at + entry] as number;
      if (value === unknownEntry) continue;
      counts[entry] = (counts[entry] as number) + 1;
      sums[entry] = (sums[entry] as number) + value;
      squares[entry] = (squares[entry] as number) + value * value;
    }
  }
  return { counts, sums, squares };
}

/** What is common among the vectors of all `tables`, with `length` entries each; without vectors the mean is 0. */
export function commonnessOf(tables: readonly EntrySums[], length: number): Commonness {
  const over = (of: keyof EntrySums) => {
    const total = new Float64Array(length);
    for (const { [of]: values } of tables) {
      for (let entry = 0; entry < length; entry++) total[entry] = (total[entry] as number) + (values[entry] as number);
    }
    return total;
  };
  const counts = over('counts');
  const mean = Float32Array.from(over('sums'), (sum, entry) => sum / ((counts[entry] ?? 0) + priorVectors));
  const deviation = Float32Array.from(over('squares'), (square, entry) => {
    const all = square + priorVectors * priorDeviation ** 2;
    const variance = all / ((counts[entry] ?? 0) + priorVectors) - (mean[entry] ?? 0) ** 2;
    return Math.max(leastDeviation, Math.sqrt(Math.max(0, variance)));
  });
  return { mean, deviation };
}

/**
 * The cosine of `query` `[D]` with each vector of `table`, `[numbers]`, in [−1, 1]: over entries `(x − mean) / deviation`,
 * those that are not known being as is common. 0 where one of both is in all as is common.
 */
export function likenesses(query: Int8Array, { vectors }: VectorTable, { mean, deviation }: Commonness): Float32Array {
  const length = query.length;
  const inverse = Float32Array.from(deviation, (value) => 1 / value);
  const wanted = Float32Array.from(query, (value, entry) =>
    value === unknownEntry ? 0 : (value - (mean[entry] ?? 0)) * (inverse[entry] ?? 0),
  );
  const norm = Math.sqrt(wanted.reduce((sum, value) => sum + value * value, 0));
  const found = new Float32Array(Math.floor(vectors.length / Math.max(1, length)));
  for (let row = 0; row < found.length; row++) {
    let product = 0;
    let squares = 0;
    const from = row * length;
    for (let entry = 0; entry < length; entry++) {
      const value = vectors[from + entry] as number;
      if (value === unknownEntry) continue;
      const differs = (value - (mean[entry] as number)) * (inverse[entry] as number);
      product += differs * (wanted[entry] as number);
      squares += differs * differs;
    }
    const length2 = norm * Math.sqrt(squares);
    found[row] = length2 === 0 ? 0 : Math.max(-1, Math.min(1, product / length2));
  }
  return found;
}
