import fc from 'fast-check';
import { expect, test } from 'vitest';
import { movedSizes, readSizes } from './split-sizes.ts';

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);

test('only the two beside the handle change, and not beyond their minima', () => {
  expect(movedSizes([22, 52, 26], 0, 5, [15, 40, 20])).toEqual([27, 47, 26]);
  expect(movedSizes([22, 52, 26], 0, 50, [15, 40, 20])).toEqual([34, 40, 26]);
  expect(movedSizes([22, 52, 26], 1, 50, [15, 40, 20])).toEqual([22, 58, 20]);
});

test('whatever is dragged, the sum stays and nothing gets smaller than its minimum', () => {
  const sizes = fc.array(fc.integer({ min: 10, max: 60 }), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(sizes, fc.nat(3), fc.double({ min: -300, max: 300, noNaN: true }), (given, place, delta) => {
      const handle = place % (given.length - 1);
      const minSizes = given.map(() => 10);
      const moved = movedSizes(given, handle, delta, minSizes);
      expect(sum(moved)).toBeCloseTo(sum(given), 9);
      expect(Math.min(...moved)).toBeGreaterThanOrEqual(10 - 1e-9);
    }),
  );
});

test.each([[null], ['20 80 0'], ['a b'], ['50 40'], ['-10 110'], ['']])(
  '%s is not taken for the sizes of two',
  (stored) => {
    expect(readSizes(stored, 2)).toBeNull();
  },
);
test('stored sizes are read back', () => expect(readSizes('33.5 66.5', 2)).toEqual([33.5, 66.5]));
