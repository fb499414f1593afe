/** Bags as triangles: a holdall, a suitcase on wheels, a backpack. */
import type { Mesh } from './mesh.ts';
import type { BagPlan, Colour } from '../scene.ts';
import { add, along, scale, type Frame, type Vector3 } from '../geometry/vector.ts';
import { bagSizes } from '../world.ts';

/** Adds a bag whose middle is at `centre`. */
export function addBag(mesh: Mesh, kind: BagPlan['kind'], colour: Colour, centre: Vector3, frame: Frame): void {
  const size = bagSizes[kind];
  const darker: Colour = [colour[0] * 0.5, colour[1] * 0.5, colour[2] * 0.5];
  const lengthwise = kind === 'holdall';
  const axis = lengthwise ? frame.forward : frame.up;
  const reach = lengthwise ? size.z : size.y;
  const [across, deep] = lengthwise ? [size.x, size.y] : [size.x, size.z];
  const ring = (share: number, factor: number, tint: Colour) => ({
    centre: along(centre, axis, share * reach),
    across: across * factor,
    deep: deep * factor,
    colour: tint,
  });
  mesh.tube(
    [
      ring(-1, 0.02, colour),
      ring(-0.98, 0.82, colour),
      ring(-0.85, 1, colour),
      ring(-0.1, 1.04, darker),
      ring(0.06, 1.04, colour),
      ring(0.85, 0.98, colour),
      ring(0.98, 0.8, colour),
      ring(1, 0.02, colour),
    ],
    frame.right,
    kind === 'suitcase' ? 4 : 9,
  );
  if (kind === 'suitcase') {
    for (const side of [-0.6, 0.6]) {
      const foot = along(along(centre, frame.right, side * size.x), frame.up, size.y);
      mesh.tube(
        [foot, along(foot, frame.up, 0.38)].map((point) => ({
          centre: point,
          across: 0.012,
          deep: 0.012,
          colour: darker,
        })),
        frame.right,
        4,
      );
    }
  } else {
    const top = along(centre, frame.up, size.y * 1.02);
    const arc = [-0.12, -0.06, 0.06, 0.12].map((share, index) =>
      add(along(top, frame.forward, share), scale(frame.up, index === 0 || index === 3 ? 0 : 0.11)),
    );
    mesh.tube(
      arc.map((point) => ({ centre: point, across: 0.014, deep: 0.014, colour: darker })),
      frame.right,
      4,
    );
  }
}
