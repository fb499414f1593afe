/** Loose things as triangles: a waste bin of sheet metal. */
import { along, type Frame, type GroundPoint } from '../geometry/vector.ts';
import type { Colour } from '../scene.ts';
import type { Mesh } from './mesh.ts';

/** Metres. */
const [height, radius] = [0.9, 0.25] as const;

/** Adds a bin that stands at `at` or leans as `frame` does. */
export function addBin(mesh: Mesh, colour: Colour, at: GroundPoint, frame: Frame): void {
  // What leans turns on its edge: a lying bin has its middle a radius above the ground.
  const foot = { x: at.x, y: radius * Math.sqrt(Math.max(0, 1 - frame.up.y * frame.up.y)), z: at.z };
  const rim: Colour = [colour[0] * 0.5, colour[1] * 0.5, colour[2] * 0.5];
  const mouth: Colour = [0.012, 0.012, 0.012];
  const ring = (share: number, across: number, tint: Colour) => ({
    centre: along(foot, frame.up, share * height),
    across,
    deep: across,
    colour: tint,
  });
  mesh.tube(
    [
      ring(0, 0.02, rim),
      ring(0.005, radius * 0.88, rim),
      ring(0.06, radius * 0.9, colour),
      ring(0.9, radius, rim),
      ring(0.98, radius * 1.06, rim),
      ring(1, radius * 0.98, mouth),
      ring(0.99, 0.02, mouth),
    ],
    frame.right,
    12,
  );
}
