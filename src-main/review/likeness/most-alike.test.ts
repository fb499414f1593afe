/** The most alike of many: in their order, never more than asked for, and the same as if all were put in order. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMostAlike } from './most-alike.ts';

interface Flag {
  readonly number: number;
  readonly likeness: number;
}

/** What is found among `flags`, given table by table. */
function found(tables: readonly (readonly Flag[])[], { itself = 0, most = 3, least = 0.05 } = {}): number[] {
  const alike = createMostAlike(itself, most, least);
  for (const flags of tables) {
    alike.add(
      { numbers: flags.map(({ number }) => number) },
      Float32Array.from(flags, ({ likeness }) => likeness),
    );
  }
  return alike.numbers();
}
const flags = (...likenesses: readonly number[]) =>
  likenesses.map((likeness, index): Flag => ({ number: index + 1, likeness }));

it('puts the most alike first and leaves the flag itself out', () => {
  expect(found([flags(0.25, 1, 0.5, 0.75)], { itself: 2 })).toEqual([4, 3, 1]);
});

it('leaves out what is hardly alike, and tells nothing where nothing is', () => {
  expect(found([flags(0.25, 0.125, -1, 0.5, 0)], { least: 0.25 })).toEqual([4, 1]);
  expect(found([[], flags(0, -0.5)])).toEqual([]);
});

it('goes by the lower number where two are as alike, also at the end of the list', () => {
  expect(found([flags(0.5, 0.75, 0.5, 0.5, 0.5)])).toEqual([2, 1, 3]);
  // Enough of them to be cut before the one that belongs in comes last.
  const many = Array.from({ length: 40 }, (_, index): Flag => ({ number: index + 10, likeness: 0.5 }));
  expect(found([many, [{ number: 5, likeness: 0.5 }]])).toEqual([5, 10, 11]);
});

it('is what putting all of them in order would give, however they come', () => {
  const given = fc.uniqueArray(
    fc.record({ number: fc.integer({ min: 1, max: 200 }), likeness: fc.integer({ min: -8, max: 8 }) }),
    { selector: ({ number }) => number, maxLength: 120 },
  );
  fc.assert(
    fc.property(given, fc.nat(120), fc.integer({ min: 1, max: 12 }), (drawn, cut, most) => {
      const all = drawn.map(({ number, likeness }) => ({ number, likeness: likeness / 8 }));
      const inOrder = all
        .filter(({ number, likeness }) => number !== 7 && likeness >= 0.125)
        .toSorted((a, b) => b.likeness - a.likeness || a.number - b.number)
        .map(({ number }) => number);
      const told = found([all.slice(0, cut), all.slice(cut)], { itself: 7, most, least: 0.125 });
      expect(told).toEqual(inOrder.slice(0, most));
    }),
    { numRuns: 300, seed: 20261122 },
  );
});
