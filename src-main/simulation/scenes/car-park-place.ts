/** A shop's car park as it stands: a one-way aisle with bays to its left, the shop's front, and the camera on a mast. */
import type { Colour, ParkedVehicle, Place } from '../scene.ts';
import { vector, type GroundPoint } from '../geometry/vector.ts';
import type { View } from '../geometry/view.ts';
import type { Lighting } from './lighting.ts';
import { bin, box, lampPost, postLamp, tree } from './props.ts';
import type { Spot } from './setting.ts';

export const view: View = { position: vector(1.5, 6.6, -1.5), yaw: -0.04, pitch: 0.37, focal: 0.86 };

/** Middle of the aisle, and of the cars in the bays. */
export const aisle = 11;
export const bayMiddle = 16.8;
const bayPitch = 2.7;
const bayAt = (number: number): number => bayPitch * (number - 4);

/** Middles of the bays that stay free for whoever comes. */
export const freeBays: readonly number[] = [1, 3, 4, 6].map(bayAt);
/** Where the shop lets people in and out. */
export const door: GroundPoint = { x: 3.2, z: 24.4 };

const paints: readonly Colour[] = [
  [0.05, 0.07, 0.13],
  [0.42, 0.42, 0.43],
  [0.02, 0.02, 0.024],
  [0.28, 0.03, 0.03],
  [0.55, 0.55, 0.53],
];
const standing = (number: number, kind: ParkedVehicle['kind'], paint: number, nose: 1 | -1): ParkedVehicle => ({
  kind,
  colour: paints[paint] ?? [0.3, 0.3, 0.3],
  at: { x: bayAt(number) + 0.08 * nose, z: bayMiddle + 0.1 * nose },
  heading: nose === 1 ? 0 : Math.PI,
});

const rectangle = (left: number, right: number, near: number, far: number): GroundPoint[] => [
  { x: left, z: near },
  { x: right, z: near },
  { x: right, z: far },
  { x: left, z: far },
];

export const place: Place = {
  base: 'asphalt',
  patches: [
    { kind: 'grass', corners: rectangle(-60, 60, -5, 6.6) },
    { kind: 'kerb', corners: rectangle(-60, 60, 6.6, 6.85) },
    { kind: 'slabs', corners: rectangle(-60, 60, 19.7, 40) },
    { kind: 'kerb', corners: rectangle(-60, 60, 19.5, 19.7) },
  ],
  markings: [
    ...Array.from({ length: 10 }, (_, index) => ({
      from: { x: bayAt(index) - bayPitch / 2, z: 14.2 },
      to: { x: bayAt(index) - bayPitch / 2, z: 19.4 },
      width: 0.12,
      dash: 0,
    })),
    // Arrows of the one-way aisle.
    ...[-9, 2, 13].flatMap((x) => [
      { from: { x: x - 1.2, z: aisle }, to: { x: x + 1, z: aisle }, width: 0.16, dash: 0 },
      { from: { x: x + 0.4, z: aisle - 0.45 }, to: { x: x + 1.2, z: aisle }, width: 0.16, dash: 0 },
      { from: { x: x + 0.4, z: aisle + 0.45 }, to: { x: x + 1.2, z: aisle }, width: 0.16, dash: 0 },
    ]),
  ],
  props: [
    box(0, 30, vector(44, 3.4, 11), 'shopfront', [0.24, 0.26, 0.29]),
    box(0, 30.2, vector(44, 2.4, 11), 'plaster', [0.5, 0.48, 0.44], 3.4),
    box(door.x, 24.2, vector(5.4, 0.22, 2), 'metal', [0.3, 0.05, 0.045], 2.9),
    box(-13.5, 22.4, vector(3.6, 2.1, 1.4), 'metal', [0.18, 0.19, 0.2]),
    ...bin(6.6, 23.4),
    ...tree(-17.5, 22.2, 6, 1.9),
    ...tree(16.5, 21.4, 5.4, 1.7, [0.085, 0.125, 0.03]),
    ...lampPost(-8.1, 20.3, 6, 1.3),
    ...lampPost(8.1, 20.3, 6, -1.3),
  ],
  parked: [
    standing(0, 'estate', 1, 1),
    standing(2, 'car', 0, 1),
    standing(5, 'van', 4, -1),
    standing(7, 'car', 3, 1),
    standing(8, 'estate', 2, -1),
  ],
};

export const lighting: Lighting = {
  bearing: -2.7,
  height: 0.7,
  lamps: [
    postLamp(-6.8, 20.3, 6, 24),
    postLamp(6.8, 20.3, 6, 24),
    postLamp(-9, 7, 7, 26),
    postLamp(9, 7, 7, 26),
    postLamp(door.x, 23.6, 2.8, 9, [1, 0.95, 0.85]),
    ...[-14, -7, 10, 17].map((x) => postLamp(x, 23.8, 3, 3.5, [1, 0.92, 0.75])),
  ],
};

/** Along the shop, and from either side to its door. */
export const routes: readonly (readonly GroundPoint[])[] = [
  [
    { x: -18, z: 21.4 },
    { x: -6, z: 21.8 },
    { x: 6, z: 21.6 },
    { x: 19, z: 21.8 },
  ],
  [{ x: -18, z: 22 }, { x: -5, z: 22.4 }, { x: 2, z: 22.6 }, door],
  [{ x: 19, z: 22.2 }, { x: 8, z: 22.2 }, { x: 4.2, z: 22.8 }, door],
  [
    { x: -20, z: 8.2 },
    { x: -4, z: 7.9 },
    { x: 6, z: 8.1 },
    { x: 20, z: 8 },
  ],
];

const ways: readonly (readonly GroundPoint[])[] = [
  [
    { x: -18, z: 21.6 },
    { x: -8, z: 21.6 },
  ],
  [
    { x: 19, z: 21.6 },
    { x: 9, z: 21.6 },
  ],
  [door, { x: 3, z: 23 }],
];
export const spots: readonly Spot[] = [
  { at: { x: 0.2, z: 22.6 }, ways },
  { at: { x: 5.6, z: 21.4 }, ways },
  { at: { x: -4.6, z: 21.2 }, ways },
];
