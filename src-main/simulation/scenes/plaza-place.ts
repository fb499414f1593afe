/** A square before shops as it stands, the ways across it, and the camera on its mast. */
import type { Place } from '../scene.ts';
import { vector, type GroundPoint } from '../geometry/vector.ts';
import type { View } from '../geometry/view.ts';
import type { Lighting } from './lighting.ts';
import { bench, bin, box, lampPost, postLamp, tree } from './props.ts';
import type { Spot } from './setting.ts';

/** A lens that is zoomed in on the middle of the square: who stands there fills almost half of the picture's height. */
export const view: View = { position: vector(-1.2, 5.4, -3.5), yaw: 0.13, pitch: 0.3, focal: 2.2 };

export const place: Place = {
  base: 'slabs',
  patches: [
    {
      kind: 'paving',
      corners: [
        { x: -30, z: 17.4 },
        { x: 30, z: 17.4 },
        { x: 30, z: 21 },
        { x: -30, z: 21 },
      ],
    },
    {
      kind: 'kerb',
      corners: [
        { x: -30, z: 17.2 },
        { x: 30, z: 17.2 },
        { x: 30, z: 17.45 },
        { x: -30, z: 17.45 },
      ],
    },
    {
      kind: 'grass',
      corners: [
        { x: -9.2, z: 11.3 },
        { x: -6.2, z: 11.3 },
        { x: -6.2, z: 15.3 },
        { x: -9.2, z: 15.3 },
      ],
    },
    {
      kind: 'grass',
      corners: [
        { x: 8.4, z: 12.2 },
        { x: 12.4, z: 12.2 },
        { x: 12.4, z: 15.4 },
        { x: 8.4, z: 15.4 },
      ],
    },
  ],
  markings: [],
  props: [
    box(-9, 25, vector(22, 3.3, 8), 'shopfront', [0.42, 0.36, 0.28]),
    box(-9, 25.2, vector(22, 7.5, 8), 'facade', [0.46, 0.35, 0.27], 3.3),
    box(14.5, 25.4, vector(22, 3.3, 8), 'shopfront', [0.3, 0.31, 0.33]),
    box(14.5, 25.6, vector(22, 9.5, 8), 'facade', [0.36, 0.37, 0.38], 3.3),
    box(-9, 20.7, vector(20, 0.12, 1.4), 'plaster', [0.3, 0.06, 0.05], 3.0),
    box(-7.7, 13.3, vector(3.1, 0.35, 4.1), 'concrete', [0.36, 0.35, 0.33]),
    box(10.4, 13.8, vector(4.1, 0.35, 3.3), 'concrete', [0.36, 0.35, 0.33]),
    ...tree(-7.7, 13.3, 6.2, 1.9),
    ...tree(10.4, 13.8, 5.6, 1.7, [0.085, 0.125, 0.03]),
    box(-2, 20.99, vector(2.4, 2.4, 0.06), 'metal', [0.03, 0.035, 0.04]),
    ...bench({ x: -5.2, z: 13.4 }, 0.6),
    ...bench({ x: 7.1, z: 14.2 }, -Math.PI / 2),
    ...bin(6.9, 16.2),
    ...lampPost(-4.2, 16.6, 5, 0.9),
    ...lampPost(4.6, 16.6, 5, -0.9),
  ],
  parked: [],
};

export const routes: readonly (readonly GroundPoint[])[] = [
  [
    { x: -16, z: 19 },
    { x: -6, z: 18.6 },
    { x: 4, z: 18.9 },
    { x: 18, z: 18.7 },
  ],
  [
    { x: -13, z: 10 },
    { x: -4, z: 9.6 },
    { x: 4, z: 11.5 },
    { x: 13, z: 17.5 },
    { x: 20, z: 19 },
  ],
  [
    { x: -16, z: 17.6 },
    { x: -8, z: 16.9 },
    { x: 0, z: 12.5 },
    { x: 6, z: 9.2 },
    { x: 10, z: 7 },
  ],
  [
    { x: 14, z: 11.2 },
    { x: 6, z: 11 },
    { x: 0, z: 15.2 },
    { x: -2, z: 22.6 },
  ],
];

export const lighting: Lighting = {
  bearing: -2.2,
  height: 0.75,
  lamps: [
    postLamp(-3.3, 16.6, 5, 14),
    postLamp(3.7, 16.6, 5, 14),
    postLamp(-10, 8, 6, 13),
    postLamp(9, 8, 6, 13),
    postLamp(0, 5, 6, 9),
    ...[-15, -10, -5, 8, 13, 18].map((x) => postLamp(x, 20.6, 3, 3.2, [1, 0.85, 0.62])),
  ],
};

const ways: readonly (readonly GroundPoint[])[] = [
  [
    { x: -16, z: 18.6 },
    { x: -6, z: 17.9 },
    { x: -1.5, z: 16.5 },
  ],
  [
    { x: 18, z: 18.6 },
    { x: 7, z: 17.6 },
    { x: 3.4, z: 16.6 },
  ],
  [
    { x: -13, z: 9.8 },
    { x: -4, z: 10.2 },
  ],
  [
    { x: 12, z: 9 },
    { x: 5.5, z: 11 },
  ],
];
export const spots: readonly Spot[] = [
  { at: { x: 0.9, z: 13.4 }, ways },
  { at: { x: 2.6, z: 14.6 }, ways },
  { at: { x: -0.8, z: 14.9 }, ways },
  { at: { x: 0.8, z: 17.9 }, ways: ways.slice(0, 2) },
];
