/** Vectors on one scale: what is missing is filled in, every entry gets mean 0 and variance 1 over the training vectors. */

export interface Scale {
  /** `[D]` */
  readonly means: ArrayLike<number>;
  /** `[D]`; 0 for an entry that never varies, which is then left out. */
  readonly factors: ArrayLike<number>;
}

/** Standard deviations: one wild value must not outvote the rest. */
const furthest = 3;
/** An entry that varies less is a constant and rounding. */
const smallestSpread = 1e-6;

/** The scale of `vectors` (`[N][D]`, N ≥ 1; NaN marks a missing entry). An entry that is always missing is left out. */
export function scaleOf(vectors: readonly Float32Array[]): Scale {
  const length = vectors[0]?.length ?? 0;
  const means = new Float64Array(length);
  const factors = new Float64Array(length);
  for (let entry = 0; entry < length; entry++) {
    const known = vectors.map((vector) => vector[entry] ?? Number.NaN).filter((value) => !Number.isNaN(value));
    if (known.length === 0) continue;
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    const spread = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
    means[entry] = mean;
    factors[entry] = spread < smallestSpread ? 0 : 1 / spread;
  }
  return { means, factors };
}

/** `vector` on the scale, `[D]`, within ±3; a missing entry is 0, the mean. Throws a RangeError for another length. */
export function standardised({ means, factors }: Scale, vector: Float32Array): Float64Array {
  if (vector.length !== means.length) {
    throw new RangeError(`A vector of ${vector.length} entries has no place among those of ${means.length}.`);
  }
  const scaled = new Float64Array(vector.length);
  for (let entry = 0; entry < vector.length; entry++) {
    const value = ((vector[entry] as number) - (means[entry] as number)) * (factors[entry] as number);
    scaled[entry] = Number.isNaN(value) ? 0 : Math.max(-furthest, Math.min(furthest, value));
  }
  return scaled;
}
