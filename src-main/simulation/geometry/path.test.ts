import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceAt, pathThrough, type TravelKey } from './path.ts';

const point = fc.record({
  x: fc.double({ min: -30, max: 30, noNaN: true }),
  z: fc.double({ min: -30, max: 30, noNaN: true }),
});

describe('pathThrough', () => {
  it('passes through its ends and is as long as a straight line where it is one', () => {
    const path = pathThrough([
      { x: 0, z: 0 },
      { x: 3, z: 4 },
    ]);
    expect(path.length).toBeCloseTo(5, 9);
    expect(path.at(0)).toMatchObject({ x: 0, z: 0 });
    expect(path.at(2.5).x).toBeCloseTo(1.5, 9);
    expect(path.at(99)).toMatchObject({ x: 3, z: 4 });
    expect(path.at(2).heading).toBeCloseTo(Math.atan2(3, 4), 9);
  });

  it('covers as much ground as the distance says', () => {
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 2, maxLength: 5 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (points, share) => {
          const path = pathThrough(points);
          const [from, to] = [path.at(share * path.length), path.at(share * path.length + 0.1)];
          expect(Math.hypot(to.x - from.x, to.z - from.z)).toBeLessThanOrEqual(0.1 + 1e-9);
        },
      ),
    );
  });
});

describe('distanceAt', () => {
  const keys = fc
    .array(
      fc.record({
        after: fc.double({ min: 0.2, max: 8, noNaN: true }),
        metres: fc.double({ min: 0, max: 40, noNaN: true }),
      }),
      { minLength: 2, maxLength: 6 },
    )
    .map((steps) =>
      steps.reduce<TravelKey[]>(
        (all, { after, metres }) => {
          const last = all.at(-1) ?? { time: 0, distance: 0 };
          return [...all, { time: last.time + after, distance: last.distance + metres }];
        },
        [{ time: 0, distance: 0 }],
      ),
    );

  it('meets its keys and never goes back', () => {
    fc.assert(
      fc.property(keys, (travel) => {
        for (const { time, distance } of travel) expect(distanceAt(travel, time)).toBeCloseTo(distance, 6);
        const end = travel.at(-1)?.time ?? 0;
        let before = -Infinity;
        for (let step = 0; step <= 200; step++) {
          const distance = distanceAt(travel, (end * step) / 200);
          expect(distance).toBeGreaterThanOrEqual(before - 1e-9);
          before = distance;
        }
      }),
    );
  });

  it('stands still between equal keys', () => {
    const travel = [
      { time: 0, distance: 0 },
      { time: 2, distance: 10 },
      { time: 5, distance: 10 },
      { time: 7, distance: 30 },
    ];
    expect(distanceAt(travel, 3.3)).toBeCloseTo(10, 9);
  });
});
