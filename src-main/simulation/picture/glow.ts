/** Unsteady light: flames with their smoke, signs that flicker, and what they throw on the things around. */
import { randomFrom } from '../../math/random.ts';
import { smoothstep, type Vector3 } from '../geometry/vector.ts';
import { project, rayThrough, type Projection } from '../geometry/view.ts';
import { dot } from '../geometry/vector.ts';
import type { DepthSamples } from '../ground-truth.ts';
import type { Light } from '../scene.ts';
import type { GlowPlan } from '../scene-effects.ts';
import { textureFrom, type Texture } from './texture.ts';

export interface Glow {
  /** Draws it as it is at `time` into `picture` [H, W, 3]; `depth` is that of everything drawn. */
  draw(picture: Uint8Array, depth: DepthSamples, time: number): void;
}

/** A pixel that the glow lights, and how much of its light arrives there. */
interface LitPixel {
  readonly index: number;
  readonly share: number;
}

/** How many widths of a glow its light carries, and the least share that counts. */
const carries = 3;
const leastShare = 0.03;

function litPixels(centre: Vector3, reach: number, projection: Projection, depth: DepthSamples): LitPixel[] {
  const found: LitPixel[] = [];
  const scale = depth.width / projection.width;
  for (let row = 0; row < projection.height; row++) {
    for (let column = 0; column < projection.width; column++) {
      const inverse = depth.inverseDepth[Math.floor(row * scale) * depth.width + Math.floor(column * scale)] ?? 0;
      if (inverse === 0) continue;
      const ray = rayThrough(projection, column + 0.5, row + 0.5);
      const far = 1 / inverse / dot(ray, projection.axes.forward);
      const [x, y, z] = [
        projection.position.x + ray.x * far - centre.x,
        projection.position.y + ray.y * far - centre.y,
        projection.position.z + ray.z * far - centre.z,
      ];
      const share = 1 / (1 + (x * x + y * y + z * z) / (reach * reach)) ** 2;
      if (share > leastShare) found.push({ index: row * projection.width + column, share });
    }
  }
  return found;
}

/** Fire flickers at several hertz around 1. Source: puffing of pool fires, 1.5 / sqrt(diameter in metres) Hz (Cetegen & Ahmed 1993). */
function fireStrength(width: number, time: number, texture: Texture): number {
  const puffs = 1.5 / Math.sqrt(width);
  return (
    0.65 +
    0.35 * Math.sin(2 * Math.PI * puffs * time) * texture.noise(time * 1.3, 7) +
    0.5 * (texture.noise(time * 9, 3) - 0.5)
  );
}

/** A tube that fails: on most of the time, out for moments, in bursts. */
function signStrength(time: number, texture: Texture): number {
  const burst = texture.noise(time * 0.35, 11) > 0.5;
  return burst && texture.cell(Math.floor(time * 11), 5) > 0.5 ? 0.12 : 1;
}

/** How far a glow has grown at `time`, in [0, 1]. */
const grown = ({ start, end }: GlowPlan, time: number): number =>
  smoothstep(start, start + 6, time) * (1 - smoothstep(end - 3, end, time));

/** Prepares `plan`, whose light falls on what is fixed as `fixed` says. */
export function createGlow(
  plan: GlowPlan,
  projection: Projection,
  fixed: DepthSamples,
  light: Light,
  seed: string,
): Glow {
  const texture = textureFrom(`${seed}/glow/${randomFrom(`${plan.at.x}/${plan.at.z}`).integer(1000)}`);
  const { at, width, height } = plan;
  const middle = { x: at.x, y: at.y + height / 2, z: at.z };
  const lit = litPixels(middle, carries * width, projection, fixed);
  // The darker it is, the more of what one sees is lit by the glow.
  const gain = Math.min(2.2, (plan.kind === 'sign' ? 0.16 : 0.3) * light.exposure ** 2);
  const foot = project(projection, at);
  const metre = projection.focalPixels / foot.depth;

  function shine(picture: Uint8Array, strength: number): void {
    const [red, green, blue] = plan.kind === 'flames' ? [1, 0.62, 0.3] : [0.9, 0.95, 1];
    for (const { index, share } of lit) {
      const add = gain * strength * share;
      const offset = 3 * index;
      picture[offset] = Math.min(250, (picture[offset] ?? 0) * (1 + add * red));
      picture[offset + 1] = Math.min(250, (picture[offset + 1] ?? 0) * (1 + add * green));
      picture[offset + 2] = Math.min(250, (picture[offset + 2] ?? 0) * (1 + add * blue));
    }
  }

  /** Visits the pixels of a box around the foot, `half` metres to either side and `up` high, that nothing hides. */
  function each(
    half: number,
    up: number,
    depth: DepthSamples,
    visit: (offset: number, u: number, v: number) => void,
  ): void {
    const scale = depth.width / projection.width;
    const [top, bottom] = [
      Math.max(0, Math.floor(foot.y - up * metre)),
      Math.min(projection.height - 1, Math.ceil(foot.y)),
    ];
    const [left, right] = [Math.floor(foot.x - half * metre), Math.ceil(foot.x + half * metre)];
    const nearest = 1 / (foot.depth - 0.4);
    for (let row = top; row <= bottom; row++) {
      for (let column = Math.max(0, left); column <= Math.min(projection.width - 1, right); column++) {
        const before = depth.inverseDepth[Math.floor(row * scale) * depth.width + Math.floor(column * scale)] ?? 0;
        if (before > nearest) continue;
        visit(3 * (row * projection.width + column), (column + 0.5 - foot.x) / metre, (foot.y - row - 0.5) / metre);
      }
    }
  }

  function smoke(picture: Uint8Array, depth: DepthSamples, time: number, size: number): void {
    const grey = Math.min(120, 60 * light.exposure);
    each(2.2 * width, 4.5 * height, depth, (offset, u, v) => {
      const rise = v / height;
      const spread = width * (0.35 + 0.32 * rise);
      const drift = 0.12 * rise * rise * width;
      const inside = 1 - ((u - drift) / spread) ** 2;
      if (inside <= 0 || rise < 0.4) return;
      const billow = texture.clouds(u * 2.2, v * 1.8 - time * 1.5, 3);
      const share =
        size *
        0.75 *
        inside *
        smoothstep(0.35, 0.75, billow) *
        smoothstep(0.4, 1, rise) *
        (1 - smoothstep(2.5, 4.5, rise));
      for (let channel = offset; channel < offset + 3; channel++)
        picture[channel] = (picture[channel] ?? 0) * (1 - share) + grey * share;
    });
  }

  function flames(picture: Uint8Array, depth: DepthSamples, time: number, size: number): void {
    each(0.7 * width, 1.25 * height * size, depth, (offset, u, v) => {
      const rise = v / (height * size);
      const sway = 0.22 * width * rise * (texture.noise(time * 2.1, 21 + rise) - 0.5);
      const across = (u - sway) / (0.5 * width * (1.05 - 0.75 * rise));
      const tongues = texture.clouds(u * (3.2 / width), v * (1.8 / height) - time * 2.6, 3);
      const heat = (1 - across * across) * (1.25 - rise) + 1.5 * (tongues - 0.55);
      if (heat <= 0.12) return;
      const share = Math.min(1, heat * 1.6);
      picture[offset] = (picture[offset] ?? 0) * (1 - share) + 252 * share;
      picture[offset + 1] = (picture[offset + 1] ?? 0) * (1 - share) + Math.min(238, 60 + 210 * heat) * share;
      picture[offset + 2] = (picture[offset + 2] ?? 0) * (1 - share) + Math.min(170, 14 + 120 * heat * heat) * share;
    });
  }

  return {
    draw(picture, depth, time) {
      if (time < plan.start || time >= plan.end) return;
      if (plan.kind === 'sign') {
        shine(picture, signStrength(time, texture));
        return;
      }
      const size = grown(plan, time);
      const strength = fireStrength(width, time, texture);
      shine(picture, size * strength);
      smoke(picture, depth, time, size);
      if (size > 0.05) flames(picture, depth, time, size * (0.85 + 0.25 * strength));
    },
  };
}
