/** Likeness of flags: the cosine of what differs from the common, and vectors that tell what happened, not where. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureAt, frameAt } from '../../perception/testing/frames.ts';
import { flagVector, flagVectorLength, unknownEntry } from './flag-vector.ts';
import { type Commonness, commonnessOf, entrySums, likenesses } from './likeness.ts';

const table = (rows: readonly (readonly number[])[]) => ({
  numbers: rows.map((_, index) => index + 1),
  vectors: Int8Array.from(rows.flat()),
});

const commonIn = (tables: readonly (readonly (readonly number[])[])[], length: number) =>
  commonnessOf(
    tables.map((rows) => entrySums(table(rows), length)),
    length,
  );

/** As the words say it, in double precision: the oracle. */
function naive(query: readonly number[], row: readonly number[], { mean, deviation }: Commonness): number {
  const from = (vector: readonly number[]) =>
    vector.map((value, entry) => (value === unknownEntry ? 0 : (value - (mean[entry] ?? 0)) / (deviation[entry] ?? 1)));
  const [a, b] = [from(query), from(row)];
  const dot = (left: readonly number[], right: readonly number[]) =>
    left.reduce((sum, value, entry) => sum + value * (right[entry] ?? 0), 0);
  const length = Math.sqrt(dot(a, a) * dot(b, b));
  return length === 0 ? 0 : dot(a, b) / length;
}

describe('likenesses', () => {
  const entry = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: -127, max: 127 }) }, fc.constant(unknownEntry));
  const row = fc.array(entry, { minLength: 6, maxLength: 6 });

  it('are the cosines of what differs from the common', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), row, (rows, query) => {
        const common = commonIn([rows.slice(0, 3), rows.slice(3)], 6);
        const found = likenesses(Int8Array.from(query), table(rows), common);
        rows.forEach((each, index) => expect(found[index]).toBeCloseTo(naive(query, each, common), 4));
      }),
      { numRuns: 200, seed: 20261121 },
    );
  });

  it('are the same however the vectors are spread over tables', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 8 }), fc.nat(8), (rows, cut) => {
        expect(commonIn([rows.slice(cut), [], rows.slice(0, cut)], 6)).toEqual(commonIn([rows], 6));
      }),
      { numRuns: 200, seed: 20261122 },
    );
  });

  it('are 0 with what is not known at all, also where nothing is', () => {
    const [some, none] = [
      [10, 20, 30],
      [unknownEntry, unknownEntry, unknownEntry],
    ];
    const found = (query: readonly number[]) =>
      likenesses(Int8Array.from(query), table([some, none]), commonIn([[some, none]], 3));
    expect(found(some)[1]).toBe(0);
    expect([...found(none)]).toEqual([0, 0]);
    expect(commonIn([], 3).mean).toEqual(new Float32Array(3));
  });

  it('are 1 with itself, and 0 where one is as common in everything', () => {
    const rows = [
      [10, 90, -50],
      [100, -20, 30],
      [unknownEntry, unknownEntry, unknownEntry],
    ];
    const found = likenesses(Int8Array.from(rows[0] ?? []), table(rows), commonIn([rows], 3));
    expect(found[0]).toBeCloseTo(1, 6);
    expect(found[1]).toBeLessThan(0);
    expect(found[2]).toBe(0);
  });
});

describe('the vector of a flag', () => {
  const still = Array.from({ length: 12 }, (_, index) => frameAt(index / 4));
  const moving = (x: number, from = 0) =>
    Array.from({ length: 12 }, (_, index) =>
      frameAt(from + index / 4, {
        moving: { x, y: 0.4, width: 0.2, height: 0.3 },
        objects: [figureAt(x + 0.1, 0.5, 0.3)],
      }),
    );
  const interval = { start: 0, end: 3 };
  const known = (vector: Int8Array | null) => vector ?? new Int8Array(flagVectorLength);

  it('is none without frames, and has the length that it says', () => {
    expect(flagVector(still, { start: 10, end: 12 })).toBeNull();
    expect(flagVector(still, interval)).toHaveLength(flagVectorLength);
  });

  it('is the same at another time of the recording', () => {
    expect(flagVector(moving(0.2, 60), { start: 60, end: 63 })).toEqual(flagVector(moving(0.2), interval));
  });

  it('is more like the same thing elsewhere in the picture than like stillness', () => {
    const vectors = [moving(0.2), moving(0.6), still].map((frames) => [...known(flagVector(frames, interval))]);
    const common = commonIn([vectors], flagVectorLength);
    const [, elsewhere = 0, stillness = 0] = likenesses(Int8Array.from(vectors[0] ?? []), table(vectors), common);
    expect(elsewhere).toBeGreaterThan(stillness);
  });

  it('goes by frames spread over a long interval', () => {
    const long = Array.from({ length: 400 }, (_, index) => frameAt(index / 4));
    expect(flagVector(long, { start: 0, end: 100 })).toHaveLength(flagVectorLength);
  });
});
