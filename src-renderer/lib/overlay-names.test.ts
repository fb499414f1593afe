import { describe, expect, test } from 'vitest';
import { type NamedBox, placeNames } from './overlay-names.ts';

const thing = (name: string, x: number, y: number, width = 20, height = 60): NamedBox => ({
  name,
  box: { x, y, width, height },
});
const place = (...items: NamedBox[]) => placeNames(items, 10, 640, 360);

describe('names over a picture', () => {
  test('stand above their boxes', () => {
    const [only] = place(thing('Person 1', 100, 100));
    expect(only).toMatchObject({ name: 'Person 1', x: 100 });
    expect(only?.y).toBeLessThan(100);
    expect(only?.y).toBeGreaterThan(90);
  });

  test('go below or into the box where there is no room above, and never out of the picture', () => {
    expect(place(thing('Person 1', 100, 2))[0]?.y).toBeGreaterThan(62);
    expect(place(thing('Person 1', 100, 0, 20, 360))[0]?.y).toBeLessThan(20);
    const [right] = place(thing('Vehicle 12', 630, 100));
    expect(right?.x).toBeLessThan(640 - 10 * 5);
    expect(place(thing('Person 1', -30, 100))[0]?.x).toBe(0);
  });

  test('never lie over each other: the nearest is named first, what finds no place is left out', () => {
    const names = place(thing('far', 110, 100), thing('near', 100, 104));
    expect(names.map(({ name }) => name)).toEqual(['near', 'far']);
    expect(Math.abs((names[0]?.y ?? 0) - (names[1]?.y ?? 0))).toBeGreaterThan(10);
    const crowd = Array.from({ length: 30 }, (_, index) => thing(`Person ${String(index)}`, 100 + index, 100));
    const placed = place(...crowd);
    expect(placed.length).toBeGreaterThan(2);
    expect(placed.length).toBeLessThan(9);
  });
});
