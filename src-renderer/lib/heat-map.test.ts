import { describe, expect, test } from 'vitest';
import { arrowsOf, colourFrom, factsOf, hasMotion, heatPixels, ninths, pixelsPerCell, strongest } from './heat-map.ts';

/** Three columns and two rows: to the right fast in the first cell, to and fro in the second, chance in the last. */
const maps = {
  columns: 3,
  rows: 2,
  presence: [0.4, 0.2, 0, 0, 0, 0.004],
  speed: [0.5, 0.3, 0, 0, 0, 2],
  direction: [0.5, 0, 0.01, 0, 0, 0, 0, 0, 0, 0, 0, 2],
};
const ramp = [colourFrom('#000000'), colourFrom('#ff8000')];

describe('the map', () => {
  test('has the strongest colour where the most is, and none where nothing is', () => {
    expect(strongest(maps, 'presence')).toBe(0.4);
    const pixels = heatPixels(maps, 'presence', ramp);
    const width = 3 * pixelsPerCell;
    const at = (x: number, y: number) => [...pixels.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];
    expect(pixels).toHaveLength(4 * width * 2 * pixelsPerCell);
    // At the corner beyond the middles of all other cells.
    expect(at(0, 0)).toEqual([255, 128, 0, Math.round(255 * 0.88)]);
    expect(at(0, 2 * pixelsPerCell - 1)[3]).toBe(0);
    // Half-way between .4 and .2.
    const middle = at(pixelsPerCell, 0);
    expect(middle[0]).toBeGreaterThan(0.7 * 255);
    expect(middle[0]).toBeLessThan(0.8 * 255);
  });

  test('leaves out the speed of what moves by chance', () => {
    expect(strongest(maps, 'speed')).toBe(0.5);
    expect(strongest(maps, 'direction')).toBe(0.4);
  });

  test('is empty where nothing moves, and drawn all the same', () => {
    const still = { columns: 2, rows: 1, presence: [0, 0], speed: [0, 0], direction: [0, 0, 0, 0] };
    expect(hasMotion(still)).toBe(false);
    expect(heatPixels(still, 'presence', ramp).every((value) => value === 0)).toBe(true);
    expect(arrowsOf(still, 2)).toEqual([]);
  });
});

test('arrows stand in the middle of their cells, where things go one way', () => {
  const arrows = arrowsOf(maps, 1.5);
  expect(arrows).toHaveLength(1);
  expect(arrows[0]).toMatchObject({ x: 0.25, y: 0.25, dy: 0 });
  expect(arrows[0]?.dx).toBeCloseTo(0.95 / 2);
});

describe('what is told', () => {
  test('of a place: how often, how fast, which way', () => {
    expect(factsOf(maps, [0])).toEqual({ presence: 0.4, speed: 0.5, heading: 'right' });
    expect(factsOf(maps, [1])).toEqual({ presence: 0.2, speed: 0.3, heading: null });
    expect(factsOf(maps, [3])).toEqual({ presence: 0, speed: 0, heading: null });
    expect(factsOf(maps, [5])).toMatchObject({ heading: 'down' });
  });

  test('of several places: the busiest, and what weighs most', () => {
    const { presence, speed, heading } = factsOf(maps, [0, 1]);
    expect(presence).toBe(0.4);
    expect(speed).toBeCloseTo((0.4 * 0.5 + 0.2 * 0.3) / 0.6);
    expect(heading).toBe('right');
  });

  test.each([
    [1, 0, 'right'],
    [1, 1, 'downRight'],
    [0, 1, 'down'],
    [-1, 0, 'left'],
    [-1, -0.1, 'left'],
    [0, -1, 'up'],
    [1, -1, 'upRight'],
  ])('a way of %d, %d is %s', (dx, dy, heading) => {
    const one = { columns: 1, rows: 1, presence: [1], speed: [1], direction: [dx, dy] };
    expect(factsOf(one, [0]).heading).toBe(heading);
  });

  test('of nine parts, each cell in one', () => {
    const columns = 16;
    const rows = 9;
    const presence = Array.from({ length: columns * rows }, (_, cell) => (cell === 0 ? 1 : cell === 143 ? 0.5 : 0));
    const parts = ninths({ columns, rows, presence, speed: presence, direction: presence.flatMap(() => [0, 0]) });
    expect(parts.map((part) => part.presence)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0.5]);
  });
});
