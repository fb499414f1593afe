import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assign } from './assignment.ts';

/** Cost of an assignment, or Infinity where it is none. */
function costOf(costs: readonly (readonly number[])[], assigned: ArrayLike<number>, alone: number): number {
  const used = new Set<number>();
  let sum = 0;
  for (const [row, each] of costs.entries()) {
    const column = assigned[row] as number;
    if (column < 0) sum += alone;
    else {
      if (used.has(column)) return Infinity;
      used.add(column);
      sum += each[column] ?? Infinity;
    }
  }
  return sum + alone * ((costs[0]?.length ?? 0) - used.size);
}

/** Tries everything. */
function leastCost(costs: readonly (readonly number[])[], alone: number): number {
  const columns = costs[0]?.length ?? 0;
  let least = Infinity;
  const assigned: number[] = [];
  const place = (row: number) => {
    if (row === costs.length) {
      least = Math.min(least, costOf(costs, assigned, alone));
      return;
    }
    for (let column = -1; column < columns; column++) {
      assigned[row] = column;
      place(row + 1);
    }
  };
  place(0);
  return least;
}

const matrix = (cost: fc.Arbitrary<number>) =>
  fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(cost, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
    );

describe('assign', () => {
  test('costs what the best of all pairings costs', () => {
    const cost = fc.oneof(
      { weight: 5, arbitrary: fc.double({ min: -5, max: 20, noNaN: true }) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 3 }) },
      { weight: 1, arbitrary: fc.constant(Infinity) },
    );
    fc.assert(
      fc.property(matrix(cost), fc.double({ min: 0, max: 8, noNaN: true }), (costs, alone) => {
        expect(costOf(costs, assign(costs, alone), alone)).toBeCloseTo(leastCost(costs, alone), 6);
      }),
      { numRuns: 300 },
    );
  });

  test('without a price for staying alone it pairs as many as can be paired, then as cheaply as possible', () => {
    const cost = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(Infinity));
    fc.assert(
      fc.property(matrix(cost), (costs) => {
        expect(costOf(costs, assign(costs), 1000)).toBe(leastCost(costs, 1000));
      }),
      { numRuns: 300 },
    );
  });

  test('takes the dearer pair where that spares another more', () => {
    expect([
      ...assign([
        [1, 2],
        [1, 9],
      ]),
    ]).toEqual([1, 0]);
  });

  test('leaves alone what would cost more together', () => {
    expect([...assign([[5]], 2)]).toEqual([-1]);
    expect([...assign([[5]], 3)]).toEqual([0]);
    expect([...assign([[Infinity]])]).toEqual([-1]);
  });

  test('takes empty sides', () => {
    expect([...assign([])]).toEqual([]);
    expect([...assign([[], []])]).toEqual([-1, -1]);
  });
});
