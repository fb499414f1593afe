import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convexHull } from './soft-hull.ts';

const point = fc.record({ x: fc.integer({ min: -50, max: 50 }), y: fc.integer({ min: -50, max: 50 }) });

describe('convexHull', () => {
  it('holds every point on one side of every edge', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 30 }), (points) => {
        const hull = convexHull(points);
        hull.forEach((from, index) => {
          const to = hull[(index + 1) % hull.length] ?? from;
          for (const { x, y } of points) {
            expect((to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x)).toBeGreaterThanOrEqual(0);
          }
        });
      }),
    );
  });

  it('drops points within and on the edges', () => {
    const corners = [
      { x: 0, y: 0 },
      { x: 4, y: 0 },
      { x: 4, y: 4 },
      { x: 0, y: 4 },
    ];
    expect(convexHull([...corners, { x: 2, y: 2 }, { x: 2, y: 0 }])).toHaveLength(4);
  });
});
