/** Zones stay in the picture and enclose something, whatever is done to them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Zone } from '../../src-main/contract/zone.ts';
import { centreOf, middleOfSide, moved, withCornerAfter, withoutPoint, withPoint } from './zone-edit.ts';

const square: Zone = {
  ...{ id: 'z', name: '', kind: 'look' },
  points: [
    { x: 0.2, y: 0.2 },
    { x: 0.6, y: 0.2 },
    { x: 0.6, y: 0.8 },
    { x: 0.2, y: 0.8 },
  ],
};

test('a corner is moved, added in the middle of its side, and taken away', () => {
  expect(withPoint(square, 1, { x: 1.4, y: -3 }).points[1]).toEqual({ x: 1, y: 0 });
  expect(middleOfSide(square, 3)).toEqual({ x: 0.2, y: 0.5 });
  const five = withCornerAfter(square, 0);
  expect(five?.points).toEqual([{ x: 0.2, y: 0.2 }, { x: 0.4, y: 0.2 }, ...square.points.slice(1)]);
  expect(withoutPoint(five ?? square, 1)).toEqual(square);
});

test('three corners are kept, and no more are added than a zone may have', () => {
  const triangle = withoutPoint(square, 0);
  expect(triangle?.points).toHaveLength(3);
  expect(withoutPoint(triangle ?? square, 0)).toBeNull();
  let most = square;
  for (let zone: Zone | null = square; zone !== null; zone = withCornerAfter(zone, 0)) most = zone;
  expect(most.points).toHaveLength(64);
});

test('the name of a rectangle stands in its middle, that of a line on it', () => {
  expect(centreOf(square)).toEqual({ x: 0.4, y: 0.5 });
  const line = [0, 0.5, 1].map((x) => ({ x, y: 0.5 }));
  expect(centreOf({ ...square, points: line })).toEqual({ x: 0.5, y: 0.5 });
});

test('a moved zone keeps its form and stays in the picture', () => {
  const step = fc.double({ min: -3, max: 3, noNaN: true });
  fc.assert(
    fc.property(step, step, (dx, dy) => {
      const { points } = moved(square, dx, dy);
      const [a, b, c] = points;
      expect(points.every(({ x, y }) => x >= 0 && x <= 1 && y >= 0 && y <= 1)).toBe(true);
      expect((b?.x ?? 0) - (a?.x ?? 0)).toBeCloseTo(0.4, 3);
      expect((c?.y ?? 0) - (b?.y ?? 0)).toBeCloseTo(0.6, 3);
    }),
  );
});
