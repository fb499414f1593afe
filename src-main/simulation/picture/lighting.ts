/** Light at a point of a scene: sky, sun where nothing stands before it, and lamps; and from light to picture values. */
import type { Colour, Light } from '../scene.ts';
import { mayMeet, noHit, type Solid } from './solids.ts';
import { along, dot, type Vector3 } from '../geometry/vector.ts';

/** Linear light that falls on a surface, and the shares of it that one sun or the lamps give. */
export interface Illumination {
  red: number;
  green: number;
  blue: number;
  /** Share of the light that comes from the sun or, without a sun, from the lamps: what a shadow takes away. */
  direct: number;
}

/** Whether the sun reaches `point`. */
export function sunReaches(light: Light, solids: readonly Solid[], point: Vector3): boolean {
  if (light.sun === null) return false;
  const { towards } = light.sun;
  const hit = noHit();
  return !solids.some((solid) => mayMeet(solid, point, towards) && solid.meet(point, towards, hit));
}

/** Light of one lamp at `point` with `normal`: inverse square, with a soft limit close by. */
function lampLight(
  lamp: Light['lamps'][number],
  x: number,
  y: number,
  z: number,
  nx: number,
  ny: number,
  nz: number,
): number {
  const dx = lamp.at.x - x;
  const dy = lamp.at.y - y;
  const dz = lamp.at.z - z;
  const squared = dx * dx + dy * dy + dz * dz;
  const cos = (dx * nx + dy * ny + dz * nz) / Math.sqrt(squared);
  // A lamp shines downwards; half of what faces away still gets light thrown back from around.
  const downward = Math.max(0.05, dy / Math.sqrt(squared));
  return (lamp.strength * downward * Math.max(0.12, cos)) / (squared + 0.5);
}

/**
 * Illumination at a point with a normal, written into `out`. `sunlit` in [0, 1] is how much of the sun reaches it,
 * `openness` in [0, 1] how much of the sky.
 */
export function illuminate(
  light: Light,
  x: number,
  y: number,
  z: number,
  nx: number,
  ny: number,
  nz: number,
  sunlit: number,
  openness: number,
  out: Illumination,
): void {
  const sky = (0.62 + 0.38 * ny) * openness;
  let red = light.ambient[0] * sky;
  let green = light.ambient[1] * sky;
  let blue = light.ambient[2] * sky;
  const before = red + green + blue;
  if (light.sun !== null && sunlit > 0) {
    const { towards, colour } = light.sun;
    const cos = Math.max(0, nx * towards.x + ny * towards.y + nz * towards.z) * sunlit;
    red += colour[0] * cos;
    green += colour[1] * cos;
    blue += colour[2] * cos;
  }
  for (const lamp of light.lamps) {
    const given = lampLight(lamp, x, y, z, nx, ny, nz);
    red += lamp.colour[0] * given;
    green += lamp.colour[1] * given;
    blue += lamp.colour[2] * given;
  }
  out.red = red;
  out.green = green;
  out.blue = blue;
  out.direct = 1 - before / Math.max(1e-6, red + green + blue);
}

/** The lamp that gives most at `point`, or null where there is none. */
export function strongestLamp(light: Light, point: Vector3): Light['lamps'][number] | null {
  let [best, strongest] = [0, null as Light['lamps'][number] | null];
  for (const lamp of light.lamps) {
    const given = lampLight(lamp, point.x, point.y, point.z, 0, 1, 0);
    if (given > best) [best, strongest] = [given, lamp];
  }
  return strongest;
}

/** What the sky gives in the direction of the unit vector `ray`. */
export function skyColour(light: Light, ray: Vector3, clouds: number): Colour {
  const up = Math.max(0, Math.min(1, ray.y * 2.2));
  const { zenith, horizon } = light.sky;
  const veil = Math.max(0, clouds - 0.45) * 0.9;
  const channel = (index: 0 | 1 | 2) =>
    (horizon[index] + (zenith[index] - horizon[index]) * up) * (1 - veil) + veil * horizon[index] * 1.1;
  return [channel(0), channel(1), channel(2)];
}

/** Entries of the tone curve per unit of exposed light. */
const toneSteps = 2048;

/**
 * The tone curve as a table: entry i is the 8-bit value of exposed light i / 2048, up to four times white. A shoulder
 * begins at .7 and lamps burn out slowly; below it the curve is sRGB (IEC 61966-2-1).
 */
export function toneTable(): Uint8Array {
  return Uint8Array.from({ length: 4 * toneSteps }, (_, step) => {
    const light = step / toneSteps;
    const bent = light < 0.7 ? light : 0.7 + 0.3 * (1 - Math.exp(-(light - 0.7) / 0.3));
    const coded = bent <= 0.0031308 ? 12.92 * bent : 1.055 * bent ** (1 / 2.4) - 0.055;
    return Math.round(255 * Math.min(1, coded));
  });
}

/** Factor from linear light to an index of the tone table. */
export const toneScale = (light: Light): number => light.exposure * toneSteps;
export const toneLimit = 4 * toneSteps - 1;

/** Where the shadow of `point` falls on the ground, or null where it falls nowhere near. */
export function shadowOf(point: Vector3, sun: Vector3 | null, lamp: Vector3 | null): Vector3 | null {
  if (sun !== null) return along(point, sun, -point.y / Math.max(0.12, sun.y));
  if (lamp === null || lamp.y - point.y < 0.8) return null;
  const away = { x: point.x - lamp.x, y: point.y - lamp.y, z: point.z - lamp.z };
  const factor = lamp.y / (lamp.y - point.y);
  return Math.sqrt(dot(away, away)) * factor > 40
    ? null
    : { x: lamp.x + away.x * factor, y: 0, z: lamp.z + away.z * factor };
}
