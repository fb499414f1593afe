/** The junction of two streets as it stands: ground, houses, lanes, lamps, and the camera on its pole. */
import type { Place } from '../scene.ts';
import { vector, type GroundPoint } from '../geometry/vector.ts';
import type { View } from '../geometry/view.ts';
import type { Lighting } from './lighting.ts';
import { bin, box, lampPost, postLamp, tree } from './props.ts';
import type { Spot } from './setting.ts';
import type { Lane } from './traffic.ts';

/**
 * High on a lamp post and looking down at 32 degrees, as cameras over junctions do: the near pavement lies below the
 * picture, and a car in the far lane does not reach up to those who walk along the houses.
 */
export const view: View = { position: vector(4.4, 9, 3), yaw: -0.12, pitch: 0.55, focal: 0.95 };

/** The main street runs along x between these; the side street along z between those. */
const main = { near: 11.5, far: 18.5 };
const side = { left: -4.2, right: 2.4 };
/** Middles of the lanes: traffic keeps right. */
export const lanes = { east: 13.3, west: 16.7, north: 0.8, south: -2.6 };

const rectangle = (left: number, right: number, near: number, far: number): GroundPoint[] => [
  { x: left, z: near },
  { x: right, z: near },
  { x: right, z: far },
  { x: left, z: far },
];

export const place: Place = {
  base: 'slabs',
  patches: [
    { kind: 'asphalt', corners: rectangle(-80, 80, main.near, main.far) },
    { kind: 'asphalt', corners: rectangle(side.left, side.right, main.far - 0.1, 70) },
    { kind: 'asphalt', corners: rectangle(-80, 80, 61, 70) },
    { kind: 'kerb', corners: rectangle(-80, 80, main.near - 0.2, main.near) },
    { kind: 'kerb', corners: rectangle(-80, side.left, main.far, main.far + 0.2) },
    { kind: 'kerb', corners: rectangle(side.right, 80, main.far, main.far + 0.2) },
    { kind: 'kerb', corners: rectangle(side.left - 0.2, side.left, main.far, 61) },
    { kind: 'kerb', corners: rectangle(side.right, side.right + 0.2, main.far, 61) },
    { kind: 'grass', corners: rectangle(7, 30, 22, 25) },
  ],
  markings: [
    { from: { x: -60, z: 15 }, to: { x: -6, z: 15 }, width: 0.14, dash: 1.6 },
    { from: { x: 5, z: 15 }, to: { x: 60, z: 15 }, width: 0.14, dash: 1.6 },
    { from: { x: -0.9, z: 24 }, to: { x: -0.9, z: 60 }, width: 0.14, dash: 1.6 },
    { from: { x: side.left + 0.2, z: 19.1 }, to: { x: -1, z: 19.1 }, width: 0.35, dash: 0 },
    ...Array.from({ length: 6 }, (_, index) => ({
      from: { x: side.left + 0.5 + index * 1.1, z: 20 },
      to: { x: side.left + 0.5 + index * 1.1, z: 22.6 },
      width: 0.5,
      dash: 0,
    })),
  ],
  props: [
    box(-14.8, 30, vector(18, 3.2, 12), 'shopfront', [0.35, 0.33, 0.3]),
    box(-14.8, 30.1, vector(18, 8, 12), 'facade', [0.44, 0.27, 0.2], 3.2),
    box(17, 33, vector(22, 11, 13), 'facade', [0.4, 0.39, 0.35]),
    box(-1, 75, vector(40, 9, 6), 'facade', [0.36, 0.34, 0.33]),
    // Doors for those who live here.
    box(-5.78, 32.6, vector(0.06, 2.4, 1.5), 'wood', [0.07, 0.05, 0.035]),
    box(5.97, 35.4, vector(0.06, 2.4, 1.5), 'wood', [0.08, 0.045, 0.03]),
    ...tree(11.5, 23.5, 6.4, 2),
    ...tree(17.5, 23.4, 5.8, 1.8, [0.085, 0.12, 0.03]),
    ...lampPost(-6.3, 19.6, 6, 1.2),
    ...lampPost(8.4, 19.6, 6, -1.2),
    ...bin(-7.6, 20.4),
    {
      kind: 'cylinder',
      at: { x: side.left - 0.7, z: 19.4 },
      base: 0,
      height: 2.6,
      radius: 0.035,
      material: 'metal',
      colour: [0.3, 0.3, 0.31],
    },
    box(side.left - 0.7, 19.36, vector(0.62, 0.55, 0.03), 'plaster', [0.5, 0.04, 0.03], 2.1),
  ],
  parked: [{ kind: 'estate', colour: [0.05, 0.09, 0.07], at: { x: side.right - 0.6 - 0.4, z: 33 }, heading: 0 }],
};

export const lighting: Lighting = {
  bearing: -2.5,
  height: 0.85,
  lamps: [
    postLamp(-5.1, 19.6, 6, 22),
    postLamp(7.2, 19.6, 6, 22),
    postLamp(-14, 10, 6.5, 17),
    postLamp(12, 10, 6.5, 17),
    postLamp(-1, 8, 6.5, 14),
    postLamp(-1, 34, 6, 18),
  ],
};

/** People keep to the houses and to the side street, where no car passes before or behind them in the picture. */
export const routes: readonly (readonly GroundPoint[])[] = [
  [
    { x: -20, z: 23 },
    { x: -9, z: 23 },
    { x: -5.1, z: 25 },
    { x: -5, z: 31 },
    { x: -8.5, z: 33 },
  ],
  [
    { x: 22, z: 25.4 },
    { x: 9, z: 25.3 },
    { x: 4.8, z: 27 },
    { x: 4.6, z: 34 },
    { x: 8.5, z: 36 },
  ],
];

export const spots: readonly Spot[] = [
  {
    at: { x: -8.2, z: 22.2 },
    ways: [
      [
        { x: -20, z: 23 },
        { x: -12, z: 22.8 },
      ],
      [
        { x: -8.5, z: 33 },
        { x: -5, z: 30 },
        { x: -5.4, z: 25 },
      ],
    ],
  },
  {
    at: { x: 5.2, z: 25.6 },
    ways: [
      [
        { x: 22, z: 25.6 },
        { x: 9, z: 25.6 },
      ],
      [
        { x: 8.5, z: 36 },
        { x: 4.6, z: 33 },
      ],
    ],
  },
];

const beyond = 36;
/** From the left to the right and back: traffic keeps right. */
export const mainLanes: readonly Lane[] = [
  { name: 'e', speeds: [9, 11.5], points: [-beyond, 0, beyond].map((x) => ({ x, z: lanes.east })) },
  { name: 'w', speeds: [9, 11.5], points: [beyond, 0, -beyond].map((x) => ({ x, z: lanes.west })) },
];
