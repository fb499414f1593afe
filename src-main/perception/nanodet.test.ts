/** NanoDet's decoding against a plain second writing of it, and on heads made for one purpose. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classCount, decodeNanodet, valuesPerCell, type NanodetHead } from './nanodet.ts';

function emptyHead(stride: number, rows: number, columns: number): NanodetHead {
  const values = new Float32Array(rows * columns * valuesPerCell).fill(-9);
  return { stride, rows, columns, values };
}

/** Puts an object into a cell: its class logit, and each side as a certain bin. */
function put(
  head: NanodetHead,
  cell: number,
  object: { class: number; logit: number; sides: readonly number[] },
): void {
  head.values[cell * valuesPerCell + object.class] = object.logit;
  object.sides.forEach((bin, side) => {
    head.values[cell * valuesPerCell + classCount + side * 11 + bin] = 40;
  });
}

describe('decodeNanodet', () => {
  it('puts the box around the centre of the cell, in strides', () => {
    const head = emptyHead(16, 3, 4);
    put(head, 6, { class: 2, logit: 0, sides: [1, 0, 2, 3] });
    const [object, ...others] = decodeNanodet([head]);
    expect(others).toEqual([]);
    expect(object?.class).toBe(2);
    expect(object?.score).toBe(0.5);
    // Row 1, column 2: centre (40, 24).
    expect(object?.box.x).toBeCloseTo(24, 4);
    expect(object?.box.y).toBeCloseTo(24, 4);
    expect(object?.box.width).toBeCloseTo(48, 4);
    expect(object?.box.height).toBeCloseTo(48, 4);
  });

  it('takes the mean of the distribution over a side', () => {
    const head = emptyHead(8, 1, 1);
    put(head, 0, { class: 0, logit: 3, sides: [2, 4, 6, 8] });
    put(head, 0, { class: 0, logit: 3, sides: [4, 4, 6, 10] });
    const [object] = decodeNanodet([head]);
    expect(object?.box.width).toBeCloseTo(8 * (3 + 6), 4);
    expect(object?.box.height).toBeCloseTo(8 * (4 + 9), 4);
  });

  it('joins boxes of one class across strides, keeps those of two', () => {
    const [fine, coarse] = [emptyHead(8, 4, 4), emptyHead(16, 2, 2)];
    put(fine, 5, { class: 0, logit: 2, sides: [2, 2, 2, 2] });
    put(coarse, 0, { class: 0, logit: 1, sides: [1, 1, 1, 1] });
    put(coarse, 0, { class: 7, logit: 1, sides: [1, 1, 1, 1] });
    const found = decodeNanodet([fine, coarse], { maxOverlap: 0.3 });
    expect(found.map((object) => object.class)).toEqual([0, 7]);
    expect(decodeNanodet([fine, coarse], { maxOverlap: 1 })).toHaveLength(3);
    expect(decodeNanodet([fine, coarse], { maxOverlap: 1, maxObjects: 2 }).map((object) => object.class)).toEqual([
      0, 0,
    ]);
  });

  it('finds nothing in nothing, nor in NaN', () => {
    expect(decodeNanodet([])).toEqual([]);
    expect(decodeNanodet([emptyHead(8, 5, 5)])).toEqual([]);
    const head = emptyHead(8, 2, 2);
    head.values.fill(Number.NaN);
    expect(decodeNanodet([head])).toEqual([]);
  });

  it('agrees with a plain writing of the same on any head', () => {
    const heads = fc
      .tuple(fc.constantFrom(8, 16), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
      .chain(([stride, rows, columns]) => {
        const length = rows * columns * valuesPerCell;
        return fc
          .array(fc.integer({ min: -60, max: 30 }), { minLength: length, maxLength: length })
          .map((tenths) => ({ stride, rows, columns, values: Float32Array.from(tenths, (tenth) => tenth / 10) }));
      });
    fc.assert(
      fc.property(fc.array(heads, { minLength: 1, maxLength: 2 }), (list) => {
        const found = decodeNanodet(list, { maxObjects: 10_000 });
        const plain = plainDecoding(list);
        expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).toSorted((a, b) => b - a));
        // Class by class as the plain writing goes; within a class both go from the best, equal ones cell by cell.
        const byClass = found.toSorted((a, b) => a.class - b.class);
        expect(byClass.map((object) => object.class)).toEqual(plain.map((object) => object.class));
        for (const [index, { score, box }] of byClass.entries()) {
          expect(score).toBeCloseTo(plain[index]?.score ?? 0, 6);
          expect(box.x).toBeCloseTo(plain[index]?.x1 ?? 0, 4);
          expect(box.y + box.height).toBeCloseTo(plain[index]?.y2 ?? 0, 4);
        }
      }),
      { numRuns: 30 },
    );
  });
});

interface PlainBox {
  readonly class: number;
  readonly score: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** Class by class, corner by corner, every score computed: slow and hard to get wrong. */
function plainDecoding(heads: readonly NanodetHead[]): PlainBox[] {
  const kept: PlainBox[] = [];
  for (let index = 0; index < classCount; index++) {
    const boxes: PlainBox[] = [];
    for (const { stride, rows, columns, values } of heads) {
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const start = (row * columns + column) * valuesPerCell;
          const cell = Array.from(values.subarray(start, start + valuesPerCell));
          const score = 1 / (1 + Math.exp(-(cell[index] ?? 0)));
          const [left = 0, top = 0, right = 0, bottom = 0] = [0, 1, 2, 3].map((side) => {
            const weights = cell.slice(80 + 11 * side, 91 + 11 * side).map(Math.exp);
            const total = weights.reduce((a, b) => a + b, 0);
            return weights.reduce((sum, weight, bin) => sum + (bin * weight) / total, 0) * stride;
          });
          const [x, y] = [(column + 0.5) * stride, (row + 0.5) * stride];
          if (score >= 0.3)
            boxes.push({ class: index, score, x1: x - left, y1: y - top, x2: x + right, y2: y + bottom });
        }
      }
    }
    boxes.sort((a, b) => b.score - a.score);
    const chosen: PlainBox[] = [];
    for (const box of boxes) if (chosen.every((other) => plainOverlap(box, other) <= 0.5)) chosen.push(box);
    kept.push(...chosen);
  }
  return kept;
}

function plainOverlap(a: PlainBox, b: PlainBox): number {
  const shared =
    Math.max(0, Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1)) * Math.max(0, Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1));
  const union = (a.x2 - a.x1) * (a.y2 - a.y1) + (b.x2 - b.x1) * (b.y2 - b.y1) - shared;
  return union > 0 ? shared / union : 0;
}
