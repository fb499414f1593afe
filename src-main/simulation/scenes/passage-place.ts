/** An arcade under lamps as it stands, the ways through it, and the camera under its roof. */
import type { Lamp, Light, Place } from '../scene.ts';
import { vector, type GroundPoint } from '../geometry/vector.ts';
import type { View } from '../geometry/view.ts';
import { indoors } from './lighting.ts';
import { bench, bin, box } from './props.ts';
import type { Spot } from './setting.ts';

export const view: View = { position: vector(1.6, 3.35, 3), yaw: -0.39, pitch: 0.25, focal: 1.2 };

const lampRows = [5, 10, 15, 20, 25];
const lamps: readonly Lamp[] = lampRows.flatMap((z) =>
  [-3.2, 3.2].map((x) => ({ at: { x, y: 3.7, z }, colour: [1, 0.97, 0.9] as const, strength: 3.6 })),
);

export const place: Place = {
  base: 'tiles',
  patches: [],
  markings: [{ from: { x: -5.4, z: -5 }, to: { x: -5.4, z: 40 }, width: 0.3, dash: 0 }],
  props: [
    box(-7, 15, vector(1.4, 2.9, 44), 'shopfront', [0.3, 0.29, 0.28], 0),
    box(-7, 15, vector(1.3, 1.2, 44), 'plaster', [0.5, 0.49, 0.46], 2.9),
    box(7, 15, vector(1.4, 4.1, 44), 'tiles', [0.5, 0.47, 0.4]),
    box(0, 31, vector(16, 4.1, 2), 'tiles', [0.42, 0.41, 0.39]),
    box(-1, 29.7, vector(4.4, 2.7, 0.8), 'shopfront', [0.2, 0.22, 0.25]),
    box(0, 14, vector(16, 0.3, 46), 'plaster', [0.55, 0.55, 0.53], 4.0),
    ...lampRows.flatMap((z) =>
      [-3.2, 3.2].map((x) => box(x, z, vector(0.3, 0.06, 1.5), 'lamp', [1, 0.98, 0.92], 3.93)),
    ),
    ...[9, 17.5].flatMap((z) => [
      box(-3.9, z, vector(0.6, 4, 0.6), 'concrete', [0.45, 0.44, 0.42]),
      box(3.9, z, vector(0.6, 4, 0.6), 'concrete', [0.45, 0.44, 0.42]),
    ]),
    ...bench({ x: 4.9, z: 13.2 }, -Math.PI / 2),
    ...bench({ x: -5.1, z: 13 }, Math.PI / 2),
    ...bin(4.9, 15.2),
    box(5.9, 10.6, vector(0.4, 1.9, 0.9), 'metal', [0.06, 0.13, 0.3]),
    box(-6.2, 20, vector(0.08, 1.0, 1.6), 'lamp', [0.25, 0.45, 0.6], 2.2),
  ],
  parked: [],
};

export const routes: readonly (readonly GroundPoint[])[] = [
  [
    { x: 1.2, z: 3.4 },
    { x: 0.6, z: 10 },
    { x: -0.8, z: 20 },
    { x: -1.2, z: 30.7 },
  ],
  [
    { x: -1.6, z: 3 },
    { x: -1.9, z: 10 },
    { x: -2, z: 20 },
    { x: -1.8, z: 30.7 },
  ],
  [
    { x: 2.4, z: 3.6 },
    { x: 2.3, z: 12 },
    { x: 1.6, z: 22 },
    { x: -0.4, z: 30.7 },
  ],
];

/** The same at every hour: its lamps never go out. */
export const light: Light = indoors(lamps);

const ways: readonly (readonly GroundPoint[])[] = [
  [
    { x: 1, z: 3.2 },
    { x: 0.4, z: 7.5 },
  ],
  [
    { x: -1.2, z: 30.7 },
    { x: -0.6, z: 20 },
  ],
];
export const spots: readonly Spot[] = [
  { at: { x: -3.2, z: 12.4 }, ways },
  { at: { x: 2, z: 14.6 }, ways },
  { at: { x: -2.6, z: 16 }, ways },
];
