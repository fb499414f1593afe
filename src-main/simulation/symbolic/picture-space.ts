/** From metres of a scene to the picture: lengths in picture heights, so that both axes have the same unit. */
import { projectionFrom, type View } from '../geometry/view.ts';
import type { Vector3 } from '../geometry/vector.ts';

export interface PictureSpace {
  /** Width over height. */
  readonly aspect: number;
  /** Writes x (right), y (down), both in picture heights, and depth in metres into `out` from `at` on. */
  place(point: Vector3, out: Float64Array, at: number): void;
  /** Picture heights that a metre has at a depth of one metre. */
  readonly scale: number;
}

/** `project` without an object for each point, as there are dozens for every person and frame. */
export function pictureSpace(view: View, aspect: number): PictureSpace {
  const { axes, position, focalPixels, centreX, centreY } = projectionFrom(view, aspect, 1);
  const { right, up, forward } = axes;
  return {
    aspect,
    scale: focalPixels,
    place(point, out, at) {
      const x = point.x - position.x;
      const y = point.y - position.y;
      const z = point.z - position.z;
      const depth = x * forward.x + y * forward.y + z * forward.z;
      const factor = focalPixels / depth;
      out[at] = centreX + (x * right.x + y * right.y + z * right.z) * factor;
      out[at + 1] = centreY - (x * up.x + y * up.y + z * up.z) * factor;
      out[at + 2] = depth;
    },
  };
}
