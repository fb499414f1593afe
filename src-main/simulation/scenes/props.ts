/** Things that stand about: lamp posts, trees, benches, bins. */
import type { Colour, Lamp, Prop } from '../scene.ts';
import { vector, type GroundPoint, type Vector3 } from '../geometry/vector.ts';

export const steel: Colour = [0.16, 0.17, 0.18];
const darkSteel: Colour = [0.05, 0.055, 0.06];
const bark: Colour = [0.09, 0.07, 0.05];
const timber: Colour = [0.26, 0.16, 0.08];

/** A box on the ground unless `base` lifts it. */
export const box = (
  x: number,
  z: number,
  size: Vector3,
  material: Extract<Prop, { kind: 'box' }>['material'],
  colour: Colour,
  base = 0,
  yaw = 0,
): Prop => ({ kind: 'box', at: { x, z }, base, size, yaw, material, colour });

/** A post of `height` metres with an arm and a lamp that hangs over `towards`. */
export function lampPost(x: number, z: number, height: number, reach: number): readonly Prop[] {
  return [
    { kind: 'cylinder', at: { x, z }, base: 0, height: 0.5, radius: 0.09, material: 'metal', colour: darkSteel },
    {
      kind: 'cylinder',
      at: { x, z },
      base: 0.5,
      height: height - 0.5,
      radius: 0.055,
      material: 'metal',
      colour: darkSteel,
    },
    box(x + reach / 2, z, vector(Math.abs(reach), 0.06, 0.06), 'metal', darkSteel, height - 0.06),
    box(x + reach, z, vector(0.55, 0.1, 0.22), 'lamp', [0.9, 0.85, 0.7], height - 0.16),
  ];
}

/** The light of such a post. */
export const postLamp = (
  x: number,
  z: number,
  height: number,
  strength: number,
  colour: Colour = [1, 0.78, 0.5],
): Lamp => ({ at: { x, y: height - 0.2, z }, colour, strength });

export function tree(
  x: number,
  z: number,
  height: number,
  crown: number,
  green: Colour = [0.07, 0.12, 0.035],
): readonly Prop[] {
  const middle = height - crown * 0.8;
  return [
    { kind: 'cylinder', at: { x, z }, base: 0, height: middle, radius: 0.14, material: 'metal', colour: bark },
    { kind: 'foliage', at: { x, y: middle + 0.3, z }, radius: crown, colour: green },
    {
      kind: 'foliage',
      at: { x: x + crown * 0.5, y: middle + crown * 0.55, z: z + 0.3 },
      radius: crown * 0.7,
      colour: [green[0] * 1.15, green[1] * 1.15, green[2]],
    },
    {
      kind: 'foliage',
      at: { x: x - crown * 0.55, y: middle + crown * 0.35, z: z - 0.2 },
      radius: crown * 0.66,
      colour: [green[0] * 0.9, green[1] * 0.92, green[2]],
    },
  ];
}

/** A bench two metres long with its back to -z of its own. */
export function bench(at: GroundPoint, yaw: number): readonly Prop[] {
  const place = (x: number, z: number): GroundPoint => ({
    x: at.x + x * Math.cos(yaw) + z * Math.sin(yaw),
    z: at.z - x * Math.sin(yaw) + z * Math.cos(yaw),
  });
  const part = (x: number, z: number, size: Vector3, base: number, material: 'wood' | 'metal'): Prop => {
    const spot = place(x, z);
    return box(spot.x, spot.z, size, material, material === 'wood' ? timber : darkSteel, base, yaw);
  };
  return [
    part(0, 0, vector(1.9, 0.06, 0.46), 0.42, 'wood'),
    part(0, -0.24, vector(1.9, 0.34, 0.05), 0.55, 'wood'),
    part(-0.75, -0.05, vector(0.06, 0.42, 0.42), 0, 'metal'),
    part(0.75, -0.05, vector(0.06, 0.42, 0.42), 0, 'metal'),
  ];
}

export const bin = (x: number, z: number): readonly Prop[] => [
  {
    kind: 'cylinder',
    at: { x, z },
    base: 0,
    height: 0.85,
    radius: 0.24,
    material: 'metal',
    colour: [0.05, 0.09, 0.06],
  },
  { kind: 'cylinder', at: { x, z }, base: 0.85, height: 0.06, radius: 0.27, material: 'metal', colour: darkSteel },
];
