/** Cars and vans as triangles: a profile swept across the width, with glass, wheels and lamps. */
import type { Mesh } from './mesh.ts';
import type { Colour, VehicleKind } from '../scene.ts';
import { along, frameFacing, normalized, type Vector3 } from '../geometry/vector.ts';
import type { VehiclePose } from '../world.ts';

/** [metres ahead of the middle, height, half width at that height], clockwise from the rear bottom seen from the left. */
type ProfilePoint = readonly [forward: number, up: number, half: number];
type Look = 'body' | 'glass' | 'dark';

interface Shape {
  readonly length: number;
  readonly height: number;
  readonly half: number;
  readonly wheelbase: number;
  /** Over the top from rear to front; each stretch to the next point has the look named. */
  readonly over: readonly (readonly [ProfilePoint, Look])[];
  /** Corners of the side windows, as [forward, up]. */
  readonly windows: readonly (readonly (readonly [number, number])[])[];
}

const shapes: Readonly<Record<VehicleKind, Shape>> = {
  car: {
    length: 4.3,
    height: 1.45,
    half: 0.88,
    wheelbase: 2.6,
    over: [
      [[-2.15, 0.35, 0.82], 'dark'],
      [[-2.15, 0.62, 0.86], 'body'],
      [[-2.05, 0.92, 0.84], 'body'],
      [[-1.55, 0.98, 0.82], 'glass'],
      [[-0.95, 1.4, 0.64], 'body'],
      [[0.15, 1.45, 0.64], 'glass'],
      [[0.95, 0.98, 0.8], 'body'],
      [[1.9, 0.8, 0.82], 'body'],
      [[2.12, 0.62, 0.84], 'body'],
      [[2.15, 0.35, 0.8], 'dark'],
    ],
    windows: [
      [
        [-1.4, 0.97],
        [-0.9, 1.35],
        [-0.4, 1.39],
        [-0.4, 0.97],
      ],
      [
        [-0.32, 0.97],
        [-0.32, 1.39],
        [0.12, 1.38],
        [0.82, 0.97],
      ],
    ],
  },
  estate: {
    length: 4.6,
    height: 1.58,
    half: 0.9,
    wheelbase: 2.75,
    over: [
      [[-2.3, 0.38, 0.84], 'dark'],
      [[-2.3, 0.65, 0.88], 'body'],
      [[-2.24, 1.0, 0.86], 'glass'],
      [[-1.95, 1.52, 0.68], 'body'],
      [[0.2, 1.58, 0.66], 'glass'],
      [[1.05, 1.05, 0.82], 'body'],
      [[2.05, 0.88, 0.84], 'body'],
      [[2.28, 0.65, 0.86], 'body'],
      [[2.3, 0.38, 0.82], 'dark'],
    ],
    windows: [
      [
        [-2.1, 1.05],
        [-1.85, 1.45],
        [-0.95, 1.5],
        [-0.95, 1.05],
      ],
      [
        [-0.87, 1.05],
        [-0.87, 1.5],
        [-0.1, 1.51],
        [-0.1, 1.05],
      ],
      [
        [-0.02, 1.05],
        [-0.02, 1.5],
        [0.2, 1.48],
        [0.92, 1.05],
      ],
    ],
  },
  van: {
    length: 5.2,
    height: 2.25,
    half: 0.98,
    wheelbase: 3.2,
    over: [
      [[-2.6, 0.4, 0.94], 'dark'],
      [[-2.6, 1.1, 0.97], 'body'],
      [[-2.55, 2.15, 0.9], 'body'],
      [[-2.4, 2.25, 0.86], 'body'],
      [[1.0, 2.25, 0.84], 'body'],
      [[1.25, 2.12, 0.86], 'glass'],
      [[2.0, 1.25, 0.92], 'body'],
      [[2.5, 1.0, 0.94], 'body'],
      [[2.6, 0.7, 0.94], 'body'],
      [[2.6, 0.4, 0.92], 'dark'],
    ],
    windows: [
      [
        [0.3, 1.25],
        [0.3, 1.9],
        [1.0, 1.9],
        [1.5, 1.25],
      ],
    ],
  },
};

/** Heights of the widest line of the body and of its lower edge. */
const belt = 0.62;
const sill = 0.28;

const glass: Colour = [0.035, 0.045, 0.055];
const tyre: Colour = [0.02, 0.02, 0.022];
const rim: Colour = [0.35, 0.36, 0.38];
const dark: Colour = [0.03, 0.03, 0.032];
/** Lamps give light of their own: more than paper returns. */
const headlamp = { off: [0.65, 0.68, 0.7] as Colour, on: [9, 8.6, 7.4] as Colour };
const tailLamp = {
  off: [0.28, 0.02, 0.02] as Colour,
  on: [1.4, 0.06, 0.05] as Colour,
  braking: [6, 0.25, 0.2] as Colour,
};

/** Length, width and height in metres. */
export function vehicleSize(kind: VehicleKind): { length: number; width: number; height: number } {
  const { length, half, height } = shapes[kind];
  return { length, width: 2 * half, height };
}

function wheel(mesh: Mesh, centre: Vector3, outward: Vector3, forward: Vector3, turned: number, radius: number): void {
  const up: Vector3 = { x: 0, y: 1, z: 0 };
  const disc = (size: number, offset: number, colourAt: (step: number) => Colour) => {
    const middle = along(centre, outward, offset);
    const corner = (angle: number) => along(along(middle, forward, size * Math.cos(angle)), up, size * Math.sin(angle));
    for (let step = 0; step < 10; step++) {
      const [from, to] = [turned + (step * Math.PI) / 5, turned + ((step + 1) * Math.PI) / 5];
      mesh.polygon([middle, corner(from), corner(to)], outward, colourAt(step));
    }
  };
  disc(radius, 0.01, () => tyre);
  disc(radius * 0.62, 0.015, (step) => (step % 2 === 0 ? rim : [0.12, 0.12, 0.13]));
}

/** Adds a vehicle to `mesh` (about 250 triangles). */
export function addVehicle(mesh: Mesh, kind: VehicleKind, colour: Colour, pose: VehiclePose): void {
  const shape = shapes[kind];
  const { forward, right, up } = frameFacing(pose.heading);
  const at = (ahead: number, height: number, across: number): Vector3 =>
    along(along({ x: pose.x, y: height, z: pose.z }, forward, ahead), right, across);
  const colours: Readonly<Record<Look, Colour>> = { body: colour, glass, dark };

  for (let index = 0; index + 1 < shape.over.length; index++) {
    const [from, look] = shape.over[index] ?? [[0, 0, 0], 'body'];
    const [to] = shape.over[index + 1] ?? [[0, 0, 0]];
    const [ahead, rise] = [to[0] - from[0], to[1] - from[1]];
    const outward = normalized(along(along({ x: 0, y: 0, z: 0 }, forward, -rise), up, ahead));
    mesh.polygon(
      [
        at(from[0], from[1], -from[2]),
        at(to[0], to[1], -to[2]),
        at(to[0], to[1], to[2]),
        at(from[0], from[1], from[2]),
      ],
      outward,
      colours[look],
    );
    // The sides, in strips down to the sill.
    for (const side of [-1, 1]) {
      const { half } = shape;
      const lean = normalized({ x: right.x * side, y: 0.35, z: right.z * side });
      const flat = { x: right.x * side, y: 0, z: right.z * side };
      const upper = [
        at(from[0], Math.max(belt, from[1]), side * (from[1] > belt ? from[2] : half)),
        at(to[0], Math.max(belt, to[1]), side * (to[1] > belt ? to[2] : half)),
        at(to[0], belt, side * half),
        at(from[0], belt, side * half),
      ];
      mesh.polygon(upper, lean, colour);
      mesh.polygon(
        [
          at(from[0], belt, side * half),
          at(to[0], belt, side * half),
          at(to[0], sill, side * half * 0.95),
          at(from[0], sill, side * half * 0.95),
        ],
        flat,
        colour,
      );
    }
  }
  mesh.polygon(
    [
      at(-shape.length / 2, 0.28, -0.8),
      at(-shape.length / 2, 0.28, 0.8),
      at(shape.length / 2, 0.28, 0.8),
      at(shape.length / 2, 0.28, -0.8),
    ],
    { x: 0, y: -1, z: 0 },
    dark,
  );

  const roofHalf = Math.min(...shape.over.map(([point]) => point[2]));
  // The sides lean in evenly from the belt to the roof; the glass lies just outside of them.
  const widthAt = (up: number) => shape.half + ((roofHalf - shape.half) * (up - belt)) / (shape.height - belt) + 0.015;
  for (const side of [-1, 1]) {
    const outward = normalized({ x: right.x * side, y: 0.35, z: right.z * side });
    for (const window of shape.windows)
      mesh.polygon(
        window.map(([ahead, height]) => at(ahead, height, side * widthAt(height))),
        outward,
        glass,
      );
    const radius = kind === 'van' ? 0.34 : 0.31;
    for (const axle of [-0.5, 0.5]) {
      const centre = at(axle * shape.wheelbase, radius, side * (shape.half + 0.005));
      // The arch is a dark disc behind the wheel.
      const arch = at(axle * shape.wheelbase, radius + 0.04, side * (shape.half + 0.004));
      const corner = (angle: number) =>
        along(
          along(arch, forward, (radius + 0.07) * Math.cos(angle)),
          up,
          (radius + 0.05) * Math.max(-0.6, Math.sin(angle)),
        );
      mesh.polygon(
        Array.from({ length: 14 }, (_, step) => corner((step * Math.PI) / 7)),
        { x: right.x * side, y: 0, z: right.z * side },
        dark,
      );
      wheel(mesh, centre, { x: right.x * side, y: 0, z: right.z * side }, forward, pose.rolled, radius);
    }
    const [tail, head] = [-shape.length / 2 - 0.012, shape.length / 2 + 0.012];
    const plate = (
      ahead: number,
      low: number,
      high: number,
      inner: number,
      outer: number,
      outwards: Vector3,
      tint: Colour,
    ) => {
      mesh.polygon(
        [
          at(ahead, low, side * inner),
          at(ahead, high, side * inner),
          at(ahead, high, side * outer),
          at(ahead, low, side * outer),
        ],
        outwards,
        tint,
      );
    };
    const behind = { x: -forward.x, y: 0, z: -forward.z };
    const rearTint = pose.braking ? tailLamp.braking : pose.lights ? tailLamp.on : tailLamp.off;
    plate(tail, 0.62, kind === 'van' ? 1.05 : 0.82, 0.55, 0.84, behind, rearTint);
    plate(head, 0.5, 0.66, 0.5, 0.82, forward, pose.lights ? headlamp.on : headlamp.off);
    // Both number plates, half to each side of the middle.
    plate(tail, 0.45, 0.56, 0, 0.26, behind, [0.6, 0.6, 0.5]);
    plate(head, 0.36, 0.47, 0, 0.26, forward, [0.7, 0.7, 0.68]);
  }
}
