/** MoveNet's decoding against a plain second writing of it, and on heads made for one purpose. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMovenet, keypointCount, type MovenetHeads } from './movenet.ts';

function emptyHeads(rows: number, columns: number): MovenetHeads {
  const filled = (channels: number, value: number) => new Float32Array(rows * columns * channels).fill(value);
  return {
    rows,
    columns,
    center: filled(1, -9),
    boxScale: filled(2, 0),
    boxOffset: filled(2, 0.5),
    heatmap: filled(17, -9),
    regress: filled(34, 0),
    offset: filled(34, 0.5),
  };
}

/** A person whose centre is in a cell, with a box of the given size in cells. */
function put(
  heads: MovenetHeads,
  row: number,
  column: number,
  logit: number,
  [height, width]: readonly [number, number],
) {
  const cell = row * heads.columns + column;
  heads.center[cell] = logit;
  heads.boxScale.set([height, width], cell * 2);
  return cell;
}

/** Most heads here have a centre and no body. */
const anybody = { minKeypointScore: 0 };

describe('decodeMovenet', () => {
  it('gives boxes and keypoints in pixels, keypoints where regression and heat agree', () => {
    const heads = emptyHeads(20, 30);
    const cell = put(heads, 10, 15, 1, [12, 6]);
    heads.regress.set([-5, 1], (cell * keypointCount + 3) * 2);
    const near = 5 * heads.columns + 16;
    heads.heatmap[near * keypointCount + 3] = 4;
    heads.offset.set([0.25, 0.75], (near * keypointCount + 3) * 2);
    // Hotter, but far from where this person's keypoint is expected; hotter still, but outside the box.
    heads.heatmap[(15 * heads.columns + 13) * keypointCount + 3] = 6;
    heads.heatmap[(5 * heads.columns + 20) * keypointCount + 3] = 9;
    const [person, ...others] = decodeMovenet(heads, anybody);
    expect(others).toEqual([]);
    expect(person?.score).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
    expect(person?.box).toEqual({ x: 4 * 12.5, y: 4 * 4.5, width: 24, height: 48 });
    const keypoint = person?.keypoints.slice(9, 12) ?? [];
    expect([...keypoint]).toEqual([4 * 16.75, 4 * 5.25, expect.closeTo(1 / (1 + Math.exp(-4)), 6)]);
  });

  it('finds any number of people, each once', () => {
    const heads = emptyHeads(40, 40);
    for (let person = 0; person < 9; person++)
      put(heads, 5 + 10 * (person % 3), 5 + 10 * Math.floor(person / 3), person / 2, [4, 4]);
    put(heads, 6, 6, 0, [4, 4]);
    const scores = decodeMovenet(heads, { ...anybody, minScore: 0.4 }).map(({ score }) => score);
    expect(scores).toHaveLength(9);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(decodeMovenet(heads, { ...anybody, minScore: 0.4, maxPersons: 3 })).toHaveLength(3);
  });

  it('gives equal neighbouring peaks to one person', () => {
    const heads = emptyHeads(12, 12);
    for (const column of [4, 5]) put(heads, 6, column, 2, [4, 4]);
    expect(decodeMovenet(heads, anybody)).toHaveLength(1);
  });

  it('gives an empty box keypoints where they are expected, with score 0', () => {
    const heads = emptyHeads(8, 8);
    put(heads, 4, 3, 2, [-1, 0]);
    const [person] = decodeMovenet(heads, anybody);
    expect(person?.box).toMatchObject({ width: 0, height: 0 });
    expect([...(person?.keypoints.slice(0, 3) ?? [])]).toEqual([12, 16, 0]);
  });

  it('takes a centre for a person only with a body around it', () => {
    const heads = emptyHeads(30, 30);
    for (const column of [6, 22]) put(heads, 15, column, 2, [10, 6]);
    for (let k = 0; k < 6; k++) heads.heatmap[(15 * heads.columns + 22) * keypointCount + k] = 4;
    const [person, ...others] = decodeMovenet(heads);
    expect(others).toEqual([]);
    expect(person?.box.x).toBe(4 * (22.5 - 3));
  });

  it('finds nobody in nothing, nor in NaN', () => {
    expect(decodeMovenet(emptyHeads(0, 0), anybody)).toEqual([]);
    expect(decodeMovenet(emptyHeads(8, 8), anybody)).toEqual([]);
    const heads = emptyHeads(8, 8);
    heads.center.fill(Number.NaN);
    expect(decodeMovenet(heads, anybody)).toEqual([]);
  });

  it('agrees with a plain writing of the same on any heads', () => {
    const heads = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })).chain(([rows, columns]) => {
      const numbers = (channels: number, low: number, high: number) =>
        fc
          .array(fc.integer({ min: low * 100, max: high * 100 }), {
            minLength: rows * columns * channels,
            maxLength: rows * columns * channels,
          })
          .map((hundredths) => Float32Array.from(hundredths, (value) => value / 100));
      return fc.record({
        rows: fc.constant(rows),
        columns: fc.constant(columns),
        center: numbers(1, -4, 4),
        boxScale: numbers(2, -1, 8),
        boxOffset: numbers(2, 0, 1),
        heatmap: numbers(17, -5, 5),
        regress: numbers(34, -4, 4),
        offset: numbers(34, 0, 1),
      });
    });
    fc.assert(
      fc.property(heads, (any) => {
        const plain = plainDecoding(any);
        const found = decodeMovenet(any, anybody);
        expect(found).toHaveLength(plain.length);
        for (const [index, person] of found.entries()) {
          expect(person.score).toBeCloseTo(plain[index]?.score ?? -1, 6);
          expect([...person.keypoints]).toEqual(plain[index]?.keypoints.map((value) => expect.closeTo(value, 3)));
        }
      }),
      { numRuns: 25 },
    );
  });
});

/** Every cell asked about everything: slow and hard to get wrong. */
function plainDecoding(heads: MovenetHeads) {
  const { rows, columns } = heads;
  const value = (array: Float32Array, channels: number, y: number, x: number, channel: number) =>
    array[(y * columns + x) * channels + channel] ?? 0;
  const cells = Array.from({ length: rows * columns }, (_, cell) => ({
    y: Math.floor(cell / columns),
    x: cell % columns,
  }));
  const heat = (logit: number) => 1 / (1 + Math.exp(-logit));
  const center = ({ y, x }: { y: number; x: number }) => value(heads.center, 1, y, x, 0);
  const peaks = cells.filter((cell, index) =>
    cells.every((other, at) => {
      const near = Math.abs(other.y - cell.y) <= 2 && Math.abs(other.x - cell.x) <= 2;
      return !near || at === index || center(other) < center(cell) || (center(other) === center(cell) && at > index);
    }),
  );
  return peaks
    .filter((cell) => heat(center(cell)) >= 0.2)
    .toSorted((a, b) => center(b) - center(a))
    .map((cell) => {
      const middle = [0, 1].map((axis) => [cell.y, cell.x][axis]! + value(heads.boxOffset, 2, cell.y, cell.x, axis));
      const half = [0, 1].map((axis) => Math.max(0, value(heads.boxScale, 2, cell.y, cell.x, axis)) / 2);
      const low = [0, 1].map((axis) => Math.min([rows, columns][axis]!, Math.max(0, middle[axis]! - half[axis]!)));
      const high = [0, 1].map((axis) => Math.min([rows, columns][axis]!, Math.max(0, middle[axis]! + half[axis]!)));
      const keypoints = Array.from({ length: 17 }, (_, k) => {
        const expected = [0, 1].map(
          (axis) => [cell.y, cell.x][axis]! + value(heads.regress, 34, cell.y, cell.x, 2 * k + axis),
        );
        let best = { score: 0, y: expected[0]!, x: expected[1]! };
        for (const { y, x } of cells) {
          if (y < low[0]! || y >= high[0]! || x < low[1]! || x >= high[1]!) continue;
          const distance = (y - expected[0]!) ** 2 + (x - expected[1]!) ** 2;
          const score = heat(value(heads.heatmap, 17, y, x, k)) * Math.exp(-distance / (0.3 * Math.min(rows, columns)));
          const place = {
            y: y + value(heads.offset, 34, y, x, 2 * k),
            x: x + value(heads.offset, 34, y, x, 2 * k + 1),
          };
          if (score > best.score) best = { score, ...place };
        }
        return [best.x * 4, best.y * 4, best.score];
      });
      return { score: heat(center(cell)), keypoints: keypoints.flat() };
    });
}
