/** How far the fixed things of a place are from its camera, at a few thousand points of the picture. */
import { projectionFrom, rayThrough, type View } from '../geometry/view.ts';
import { dot } from '../geometry/vector.ts';
import { noHit, solidFrom } from '../picture/solids.ts';
import { textureFrom } from '../picture/texture.ts';
import type { Place } from '../scene.ts';

/** Metres along the optical axis to the nearest fixed thing at `x`, `y` in [0, 1] of the picture; Infinity for ground and sky. */
export type Obstacles = (x: number, y: number) => number;

const [columns, rows] = [160, 90] as const;
const known = new WeakMap<View, { readonly place: Place; readonly obstacles: Obstacles }>();

/** The obstacles of `place` as `view` sees them, measured once for each view (a tenth of a second). */
export function obstaclesOf(place: Place, view: View, aspect: number): Obstacles {
  const before = known.get(view);
  if (before?.place === place) return before.obstacles;
  const obstacles = measured(place, view, aspect);
  known.set(view, { place, obstacles });
  return obstacles;
}

function measured(place: Place, view: View, aspect: number): Obstacles {
  const texture = textureFrom('obstacles');
  const solids = place.props.map((prop) => solidFrom(prop, texture));
  const projection = projectionFrom(view, columns, columns / aspect);
  const depths = new Float32Array(columns * rows).fill(Infinity);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const ray = rayThrough(projection, column + 0.5, ((row + 0.5) * projection.height) / rows);
      const hit = noHit();
      for (const solid of solids) solid.meet(view.position, ray, hit);
      depths[row * columns + column] = hit.distance * dot(ray, projection.axes.forward);
    }
  }
  return (x, y) => {
    const column = Math.min(columns - 1, Math.max(0, Math.floor(x * columns)));
    const row = Math.min(rows - 1, Math.max(0, Math.floor(y * rows)));
    return depths[row * columns + column] as number;
  };
}
