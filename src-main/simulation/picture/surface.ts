/** What surfaces look like: the reflectance of ground and walls at a point, filtered to the size of a pixel there. */
import type { Colour, GroundKind, Marking, Material, Place } from '../scene.ts';
import type { Texture } from './texture.ts';
import type { GroundPoint } from '../geometry/vector.ts';

/** Reflectance and own light, linear. */
export interface Surface {
  readonly colour: Colour;
  readonly glow: Colour;
}

const dark: Colour = [0, 0, 0];
const tint = (colour: Colour, factor: number): Colour => [colour[0] * factor, colour[1] * factor, colour[2] * factor];
const mix = (a: Colour, b: Colour, weight: number): Colour => [
  a[0] + (b[0] - a[0]) * weight,
  a[1] + (b[1] - a[1]) * weight,
  a[2] + (b[2] - a[2]) * weight,
];

/** Share of a pixel of size `footprint` at `value` that lines of `width` at whole multiples of `pitch` cover. */
function lineCover(value: number, pitch: number, width: number, footprint: number): number {
  const away = Math.abs(value - Math.round(value / pitch) * pitch);
  const soft = Math.max(footprint, 1e-4);
  const near = Math.min(1, Math.max(0, (width / 2 + soft / 2 - away) / soft));
  return Math.min(near, width / soft, 1);
}

/** How much of a pattern of `size` metres is left when pixels are `footprint` metres. */
const detail = (size: number, footprint: number): number => Math.min(1, Math.max(0, 1.4 - footprint / size));

function groundColour(kind: GroundKind, x: number, z: number, footprint: number, texture: Texture): Colour {
  const large = texture.clouds(x * 0.35, z * 0.35, 4) - 0.5;
  const grain = detail(0.06, footprint);
  const fine = grain === 0 ? 0 : (texture.clouds(x * 23, z * 23, 2) - 0.5) * grain;
  const blocks = (base: Colour, width: number, depth: number, bond: number, joint: number): Colour => {
    const row = Math.floor(z / depth);
    const shifted = x + (row & 1) * bond * width;
    const own = (texture.cell(Math.floor(shifted / width) + 31, row + 57) - 0.5) * detail(width, footprint);
    const gap = Math.max(lineCover(shifted, width, joint, footprint), lineCover(z, depth, joint, footprint * 1.5));
    return tint(base, (1 + 0.16 * own + 0.28 * large + 0.35 * fine) * (1 - 0.4 * gap));
  };
  switch (kind) {
    case 'asphalt': {
      const stain = Math.max(0, texture.clouds(x * 0.9 + 40, z * 0.9 + 7, 3) - 0.62) * 1.2;
      return tint([0.118, 0.119, 0.122], 1 + 0.5 * large + 0.9 * fine - stain);
    }
    case 'kerb':
      return tint([0.36, 0.355, 0.34], 1 + 0.3 * large + 0.3 * fine);
    case 'slabs':
      return blocks([0.34, 0.33, 0.31], 0.6, 0.6, 0.5, 0.014);
    case 'paving':
      return blocks([0.27, 0.2, 0.165], 0.3, 0.15, 0.5, 0.01);
    case 'tiles':
      return blocks([0.46, 0.44, 0.4], 0.8, 0.8, 0, 0.008);
    case 'grass': {
      const tufts = (texture.clouds(x * 6, z * 6, 3) - 0.5) * detail(0.25, footprint);
      const dry = texture.clouds(x * 0.8 + 9, z * 0.8 + 3, 3);
      return tint(mix([0.075, 0.125, 0.035], [0.16, 0.16, 0.06], dry), 1 + 0.9 * tufts + 0.5 * large);
    }
    default:
      return kind satisfies never;
  }
}

function inside(corners: readonly GroundPoint[], x: number, z: number): boolean {
  let sign = 0;
  for (let index = 0; index < corners.length; index++) {
    const from = corners[index];
    const to = corners[(index + 1) % corners.length];
    if (from === undefined || to === undefined) return false;
    const cross = (to.x - from.x) * (z - from.z) - (to.z - from.z) * (x - from.x);
    if (cross !== 0 && sign !== 0 && cross > 0 !== sign > 0) return false;
    if (cross !== 0) sign = cross;
  }
  return true;
}

/** Share of paint at (x, z). */
function paintAt(marking: Marking, x: number, z: number, footprint: number): number {
  const { from, to } = marking;
  // Most of the ground is far from most markings.
  const reach = marking.width / 2 + Math.max(footprint, 0.01);
  if (x < Math.min(from.x, to.x) - reach || x > Math.max(from.x, to.x) + reach) return 0;
  if (z < Math.min(from.z, to.z) - reach || z > Math.max(from.z, to.z) + reach) return 0;
  const dx = to.x - from.x;
  const dz = to.z - from.z;
  const whole = Math.hypot(dx, dz);
  const ahead = ((x - from.x) * dx + (z - from.z) * dz) / whole;
  if (ahead < 0 || ahead > whole) return 0;
  if (marking.dash > 0 && Math.floor(ahead / marking.dash) % 2 === 1) return 0;
  const aside = Math.abs((x - from.x) * dz - (z - from.z) * dx) / whole;
  return Math.min(1, Math.max(0, (marking.width / 2 - aside) / Math.max(footprint, 0.01) + 0.5));
}

/** Reflectance of the ground of `place` at (x, z), for pixels that cover `footprint` metres there. */
export function groundAt(place: Place, texture: Texture, x: number, z: number, footprint: number): Colour {
  let kind = place.base;
  for (const patch of place.patches) if (inside(patch.corners, x, z)) kind = patch.kind;
  let colour = groundColour(kind, x, z, footprint, texture);
  for (const marking of place.markings) {
    const paint = paintAt(marking, x, z, footprint);
    if (paint > 0) {
      const worn = 0.62 + 0.38 * texture.clouds(x * 3, z * 3, 3);
      colour = mix(colour, [0.56, 0.56, 0.53], paint * worn);
    }
  }
  return colour;
}

/** Windows of a wall: 0 wall, 1 frame, 2 glass. `lit` is whether someone is at home. */
function pane(
  u: number,
  v: number,
  width: number,
  height: number,
  sill: number,
  top: number,
  margin: number,
): 0 | 1 | 2 {
  const [across, up] = [((u % width) + width) % width, v - Math.floor(v / height) * height];
  if (across < margin || across > width - margin || up < sill || up > top) return 0;
  const [edge, bar] = [0.07, 0.035];
  const frame =
    across < margin + edge ||
    across > width - margin - edge ||
    up < sill + edge ||
    up > top - edge ||
    Math.abs(across - width / 2) < bar;
  return frame ? 1 : 2;
}

/** Behind the window of a shop: a light of its own, displays below, and a little of the street mirrored. */
function shopWindow(u: number, v: number, evening: number, sky: Colour, texture: Texture): Surface {
  const item = Math.floor(u / 0.6);
  const pale = texture.cell(item, 8);
  const hue = 0.12 * (texture.cell(item, 9) - 0.5);
  const stock: Colour = [0.14 + 0.3 * pale + hue, 0.14 + 0.28 * pale, 0.14 + 0.26 * pale - hue];
  const goods = texture.clouds(u * 1.7 + 50, v * 2.3, 3) * (v < 1.5 ? 1 : 0.55);
  const inner = mix([0.03, 0.032, 0.036], stock, Math.max(0, goods - 0.34) * 2.2);
  const lamps = mix([1, 0.78, 0.5], [0.85, 0.95, 1], texture.cell(Math.floor(u / 5.7) + 3, 40));
  const shine: Colour = [lamps[0] * (0.06 + inner[0]), lamps[1] * (0.06 + inner[1]), lamps[2] * (0.06 + inner[2])];
  const mirrored = tint(sky, 0.1 + 0.12 * texture.clouds(u * 0.2, v * 0.3, 3));
  return { colour: tint(inner, 0.5), glow: mix(mix(shine, mirrored, 0.35), tint(shine, 2.1), evening) };
}

/**
 * Look of `material` at (u along, v up) of a wall, metres. `evening` in [0, 1] is how many windows are lit;
 * `sky` is what glass mirrors.
 */
export function wallAt(
  material: Material,
  base: Colour,
  u: number,
  v: number,
  footprint: number,
  evening: number,
  sky: Colour,
  texture: Texture,
): Surface {
  const grime = 1 + 0.35 * (texture.clouds(u * 0.6 + 3, v * 0.6, 4) - 0.5) - 0.18 * Math.exp(-v / 0.35);
  const fine = 1 + 0.3 * (texture.clouds(u * 19, v * 19, 2) - 0.5) * detail(0.08, footprint);
  const plain: Surface = { colour: tint(base, grime * fine), glow: dark };
  const glassAt = (column: number, row: number): Surface => {
    const lit = texture.cell(column + 5, row + 91) < evening * 0.45;
    const blind = texture.cell(column + 77, row + 13);
    const mirrored = 0.12 + 0.16 * texture.clouds(u * 0.25, v * 0.2, 3);
    return lit
      ? { colour: [0.1, 0.09, 0.07], glow: tint([1.1, 0.78, 0.42], 0.3 + 0.5 * blind) }
      : { colour: mix([0.03, 0.035, 0.04], tint(base, 0.7), blind > 0.7 ? 0.35 : 0), glow: tint(sky, mirrored) };
  };
  switch (material) {
    case 'brick': {
      const row = Math.floor(v / 0.075);
      const shifted = u + (row & 1) * 0.11;
      const own = (texture.cell(Math.floor(shifted / 0.22), row) - 0.5) * detail(0.12, footprint);
      const joint = Math.max(lineCover(shifted, 0.22, 0.012, footprint), lineCover(v, 0.075, 0.012, footprint));
      return {
        colour: mix(tint(base, grime * (1 + 0.5 * own)), tint([0.4, 0.38, 0.35], grime), joint * 0.8),
        glow: dark,
      };
    }
    case 'concrete': {
      const joint = Math.max(lineCover(u, 2.4, 0.02, footprint), lineCover(v, 1.3, 0.02, footprint));
      return { colour: tint(base, grime * fine * (1 - 0.35 * joint)), glow: dark };
    }
    case 'tiles': {
      const joint = Math.max(lineCover(u, 0.4, 0.01, footprint), lineCover(v, 0.4, 0.01, footprint));
      return { colour: tint(base, grime * (1 - 0.3 * joint)), glow: dark };
    }
    case 'facade': {
      const part = pane(u, v, 2.4, 3.1, 0.95, 2.45, 0.6);
      if (part === 2) return glassAt(Math.floor(u / 2.4), Math.floor(v / 3.1));
      if (part === 1) return { colour: [0.6, 0.6, 0.58], glow: dark };
      return { colour: tint(base, grime * fine * (1 - 0.25 * lineCover(v, 3.1, 0.12, footprint))), glow: dark };
    }
    case 'shopfront': {
      if (v > 2.75) return { colour: tint(base, grime), glow: dark };
      const part = pane(u, v, 1.9, 9, 0.35, 2.6, 0.06);
      if (part !== 2) return { colour: [0.09, 0.1, 0.11], glow: dark };
      return shopWindow(u, v, evening, sky, texture);
    }
    case 'wood':
      return {
        colour: tint(
          base,
          grime * (1 - 0.5 * lineCover(v, 0.12, 0.014, footprint)) * (0.85 + 0.3 * texture.noise(u * 2, v * 30)),
        ),
        glow: dark,
      };
    case 'metal':
      return { colour: tint(base, fine), glow: dark };
    case 'lamp':
      return { colour: base, glow: tint(base, evening > 0 ? 2.5 : 0.2) };
    case 'plaster':
    case 'leaves':
      return plain;
    default:
      return material satisfies never;
  }
}
