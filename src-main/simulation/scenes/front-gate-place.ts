/** A yard behind a fence with an open gate as it stands, the ways past it and in, and the camera. */
import type { Place } from '../scene.ts';
import { vector, type GroundPoint } from '../geometry/vector.ts';
import type { View } from '../geometry/view.ts';
import type { Lighting } from './lighting.ts';
import { bin, box, lampPost, postLamp, steel, tree } from './props.ts';
import type { Spot } from './setting.ts';

export const view: View = { position: vector(1.5, 4.4, 0), yaw: -0.12, pitch: 0.25, focal: 0.88 };

export const fenceLine = 12.6;
export const fenceHeight = 1.75;

export const place: Place = {
  base: 'slabs',
  patches: [
    {
      kind: 'asphalt',
      corners: [
        { x: -40, z: fenceLine - 0.2 },
        { x: 40, z: fenceLine - 0.2 },
        { x: 40, z: 60 },
        { x: -40, z: 60 },
      ],
    },
    {
      kind: 'grass',
      corners: [
        { x: -40, z: fenceLine - 0.3 },
        { x: 0.8, z: fenceLine - 0.3 },
        { x: 0.8, z: fenceLine + 1.3 },
        { x: -40, z: fenceLine + 1.3 },
      ],
    },
    {
      kind: 'grass',
      corners: [
        { x: 4.6, z: fenceLine - 0.3 },
        { x: 40, z: fenceLine - 0.3 },
        { x: 40, z: fenceLine + 1.3 },
        { x: 4.6, z: fenceLine + 1.3 },
      ],
    },
    {
      kind: 'kerb',
      corners: [
        { x: -40, z: fenceLine - 0.5 },
        { x: 40, z: fenceLine - 0.5 },
        { x: 40, z: fenceLine - 0.3 },
        { x: -40, z: fenceLine - 0.3 },
      ],
    },
  ],
  markings: [-11, -8.4, -5.8, 7.2, 9.8].map((x) => ({ from: { x, z: 20 }, to: { x, z: 25 }, width: 0.12, dash: 0 })),
  props: [
    {
      kind: 'fence',
      from: { x: -24, z: fenceLine },
      to: { x: 0.8, z: fenceLine },
      height: fenceHeight,
      bar: 0.035,
      gap: 0.1,
      colour: [0.05, 0.075, 0.06],
    },
    {
      kind: 'fence',
      from: { x: 4.6, z: fenceLine },
      to: { x: 24, z: fenceLine },
      height: fenceHeight,
      bar: 0.035,
      gap: 0.1,
      colour: [0.05, 0.075, 0.06],
    },
    // The leaf of the gate stands open into the yard.
    {
      kind: 'fence',
      from: { x: 4.7, z: fenceLine },
      to: { x: 5.2, z: fenceLine + 3.4 },
      height: fenceHeight,
      bar: 0.035,
      gap: 0.1,
      colour: [0.05, 0.075, 0.06],
    },
    box(0.8, fenceLine, vector(0.42, 2.05, 0.42), 'brick', [0.3, 0.12, 0.08]),
    box(4.6, fenceLine, vector(0.42, 2.05, 0.42), 'brick', [0.3, 0.12, 0.08]),
    box(-4, 31, vector(34, 7, 9), 'facade', [0.42, 0.4, 0.36]),
    box(-4, 26.6, vector(3.2, 2.6, 0.4), 'shopfront', [0.2, 0.22, 0.25]),
    box(-4, 26, vector(4.4, 0.18, 2), 'concrete', [0.4, 0.4, 0.4], 2.8),
    box(15.5, 24, vector(7, 4, 10), 'brick', [0.27, 0.12, 0.085]),
    ...tree(-10.5, 16.4, 6, 1.9),
    ...tree(9.6, 14.8, 5.2, 1.6, [0.08, 0.13, 0.03]),
    ...bin(6, 12),
    ...lampPost(-3.4, 13.6, 5.2, 0.9),
    { kind: 'cylinder', at: { x: 6.6, z: 11.6 }, base: 0, height: 2.3, radius: 0.04, material: 'metal', colour: steel },
    box(6.6, 11.56, vector(0.5, 0.5, 0.03), 'plaster', [0.1, 0.2, 0.45], 1.8),
  ],
  parked: [
    { kind: 'car', colour: [0.09, 0.11, 0.16], at: { x: -9.7, z: 22.6 }, heading: Math.PI },
    { kind: 'estate', colour: [0.42, 0.43, 0.44], at: { x: -7.1, z: 22.7 }, heading: 0 },
    { kind: 'van', colour: [0.6, 0.6, 0.58], at: { x: 8.5, z: 22.4 }, heading: Math.PI },
  ],
};

const gate: GroundPoint = { x: 2.7, z: fenceLine };
export const routes: readonly (readonly GroundPoint[])[] = [
  [
    { x: -14, z: 8.6 },
    { x: -4, z: 8.9 },
    { x: 5, z: 8.4 },
    { x: 14, z: 8.8 },
  ],
  [
    { x: -14, z: 10.4 },
    { x: -5, z: 10.2 },
    { x: 4, z: 10.3 },
    { x: 14, z: 10.5 },
  ],
];
export const throughGate: readonly (readonly GroundPoint[])[] = [
  [{ x: -12, z: 7.5 }, { x: -2, z: 8.2 }, gate, { x: 1, z: 18 }, { x: -3.6, z: 25.4 }, { x: -4, z: 30 }],
  [{ x: 12, z: 8.2 }, { x: 5, z: 9 }, gate, { x: 2.5, z: 17 }, { x: 5.6, z: 21 }, { x: 5.2, z: 30 }],
];

export const lighting: Lighting = {
  bearing: 2.45,
  height: 0.62,
  lamps: [
    postLamp(-2.5, 13.6, 5.2, 15),
    postLamp(9, 7, 6, 12),
    postLamp(-8, 5, 6, 12),
    postLamp(-4, 25.6, 2.8, 7, [1, 0.92, 0.75]),
    postLamp(8, 19, 6, 14),
    postLamp(-12, 20, 6, 12),
  ],
};

const ways: readonly (readonly GroundPoint[])[] = [
  [
    { x: -14, z: 9.4 },
    { x: -6, z: 9.6 },
  ],
  [
    { x: 14, z: 9.6 },
    { x: 9, z: 9.6 },
  ],
  [
    { x: -4, z: 30 },
    { x: -3.6, z: 25.4 },
    { x: 1, z: 18 },
    { x: 2.7, z: fenceLine },
    { x: 2.9, z: 10.6 },
  ],
];
export const spots: readonly Spot[] = [
  { at: { x: 7.4, z: 10.2 }, ways },
  { at: { x: 5.4, z: 10.4 }, ways },
  { at: { x: -1.6, z: 10.6 }, ways },
];
