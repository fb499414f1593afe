/** The fixed part of a picture, drawn once per scene by casting a ray through every quarter of a pixel. */
import { randomFrom } from '../../math/random.ts';
import { illuminate, skyColour, sunReaches, toneLimit, toneScale, toneTable, type Illumination } from './lighting.ts';
import type { Scene } from '../scene.ts';
import { mayMeet, noHit, solidFrom, type Hit, type Solid } from './solids.ts';
import { groundAt, wallAt } from './surface.ts';
import { textureFrom } from './texture.ts';
import { along, dot, type Vector3 } from '../geometry/vector.ts';
import { project, projectionFrom, rayThrough, type Projection } from '../geometry/view.ts';
import { vehicleSize } from './vehicle-mesh.ts';

/** Samples of a pixel along each side. */
export const supersampling = 2;

export interface Background {
  /** [2H, 2W, 3] 8-bit picture at twice the size. */
  readonly samples: Uint8Array;
  /** [2H, 2W] one over the depth in metres along the optical axis; 0 is the sky. */
  readonly inverseDepth: Float32Array;
  /** [H, W] by how many 256ths a full shadow darkens the picture value there; 0 where nothing casts any. */
  readonly shadowable: Uint8Array;
  /** [H, W] 1 where the ground shows. */
  readonly ground: Uint8Array;
  /** Fixed things, for light on what moves among them. */
  readonly solids: readonly Solid[];
}

/** Corners of the lens get this much less light. */
const vignette = 0.16;

/** Share of the light that arrives at sample position (x, y) of a picture of the size given. */
export function lensShare(x: number, y: number, width: number, height: number): number {
  const [dx, dy] = [(2 * x) / width - 1, ((2 * y) / height - 1) * (height / width)];
  return 1 - vignette * (dx * dx + dy * dy);
}

/** Screen rectangle of a solid in samples, or null for one that reaches behind the camera: it is tried everywhere. */
function screenBounds(
  solid: Solid,
  projection: Projection,
): { left: number; right: number; top: number; bottom: number } | null {
  const { x, y, depth } = project(projection, solid.centre);
  if (depth < solid.radius + 0.2) return null;
  // A sphere seen at an angle bulges outwards: an eighth more covers it.
  const radius = (solid.radius * projection.focalPixels * 1.15) / (depth - solid.radius);
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

/** A wall that takes light from the ground beside it. */
interface Shader {
  readonly x: number;
  readonly z: number;
  readonly sin: number;
  readonly cos: number;
  readonly halfAcross: number;
  readonly halfDeep: number;
  /** Distances count for more before low walls. */
  readonly height: number;
  /** Squared metres beyond which it does not matter. */
  readonly reach: number;
}

const shadersOf = (scene: Scene): Shader[] =>
  scene.place.props.flatMap((prop) => {
    if (prop.kind !== 'box' || prop.base > 0.5 || prop.size.y < 0.4) return [];
    return {
      ...{ x: prop.at.x, z: prop.at.z, sin: Math.sin(prop.yaw), cos: Math.cos(prop.yaw) },
      ...{ halfAcross: prop.size.x / 2, halfDeep: prop.size.z / 2, height: Math.min(1, prop.size.y) },
      reach: (prop.size.x + prop.size.z + 4) ** 2,
    };
  });

/** How much of the sky a ground point near walls sees, from the distance to the nearest of them. */
function opennessAt(shaders: readonly Shader[], x: number, z: number): number {
  let closest = 4;
  for (const shader of shaders) {
    const dx = x - shader.x;
    const dz = z - shader.z;
    if (dx * dx + dz * dz > shader.reach) continue;
    const across = Math.max(0, Math.abs(dx * shader.cos - dz * shader.sin) - shader.halfAcross);
    const deep = Math.max(0, Math.abs(dx * shader.sin + dz * shader.cos) - shader.halfDeep);
    closest = Math.min(closest, Math.sqrt(across * across + deep * deep) / shader.height);
  }
  return 1 - 0.38 * Math.exp(-closest / 0.45);
}

/** Boxes that stand for parked vehicles in shadow rays: their bodies are drawn as meshes. */
function parkedShadows(scene: Scene): Solid[] {
  const texture = textureFrom('parked');
  return scene.place.parked.flatMap(({ kind, at, heading }) => {
    const { length, width, height } = vehicleSize(kind);
    const box = (share: number, base: number, top: number) =>
      solidFrom(
        {
          kind: 'box',
          at,
          base,
          size: { x: width * 0.92, y: top - base, z: length * share },
          yaw: heading,
          material: 'metal',
          colour: [0, 0, 0],
        },
        texture,
      );
    return kind === 'van' ? [box(1, 0.25, height)] : [box(1, 0.25, 0.85), box(0.55, 0.85, height)];
  });
}

/** Draws what stands still in `scene`. About half a microsecond per sample and light. */
export function drawBackground(scene: Scene): Background {
  const { light, place } = scene;
  const [width, height] = [scene.width * supersampling, scene.height * supersampling];
  const projection = projectionFrom(scene.view, width, height);
  const texture = textureFrom(`${scene.camera}/ground`);
  const grain = randomFrom(`${scene.camera}/grain`);
  const solids = place.props.map((prop) => solidFrom(prop, texture));
  const casters = [...solids, ...parkedShadows(scene)];
  const shaders = shadersOf(scene);
  const bounds = solids.map((solid) => screenBounds(solid, projection));
  const samples = new Uint8Array(3 * width * height);
  const inverseDepth = new Float32Array(width * height);
  const shadowable = new Uint8Array(scene.width * scene.height);
  const ground = new Uint8Array(scene.width * scene.height);
  const tone = toneTable();
  const exposed = toneScale(light);
  const evening = light.kind === 'day' ? 0 : 1;
  const lit: Illumination = { red: 0, green: 0, blue: 0, direct: 0 };
  const origin = scene.view.position;
  const horizon = skyColour(light, { x: 0, y: 0.02, z: 1 }, 0);

  const put = (index: number, red: number, green: number, blue: number, lens: number): void => {
    const code = (value: number) => tone[Math.min(toneLimit, Math.max(0, value * exposed * lens)) | 0] ?? 0;
    samples[3 * index] = code(red);
    samples[3 * index + 1] = code(green);
    samples[3 * index + 2] = code(blue);
  };

  for (let row = 0; row < height; row++) {
    const inRow = solids.flatMap((solid, index) => {
      const box = bounds[index];
      return box === null || box === undefined
        ? [{ solid, left: -Infinity, right: Infinity }]
        : row >= box.top - 1 && row <= box.bottom + 1
          ? [{ solid, left: box.left, right: box.right }]
          : [];
    });
    for (let column = 0; column < width; column++) {
      const index = row * width + column;
      const ray = rayThrough(projection, column + 0.5, row + 0.5);
      const lens = lensShare(column, row, width, height);
      const hit = noHit();
      const below = ray.y < -1e-4 ? -origin.y / ray.y : Infinity;
      hit.distance = Math.min(below, 400);
      let met = false;
      for (const { solid, left, right } of inRow) {
        if (column >= left && column <= right && solid.meet(origin, ray, hit)) met = true;
      }
      const ahead = dot(ray, projection.axes.forward);
      if (!met && below > 400) {
        const sky = skyColour(light, ray, texture.clouds(ray.x * 5 + 30, ray.y * 14, 5));
        put(index, sky[0], sky[1], sky[2], lens);
        continue;
      }
      const depth = hit.distance * ahead;
      inverseDepth[index] = 1 / depth;
      const point = along(origin, ray, hit.distance);
      // One pixel's extent on the surface: longer on ground that is seen at a flat angle.
      const slant = met ? Math.max(0.2, Math.abs(dot(ray, hit.normal))) : Math.max(0.05, -ray.y);
      const footprint = hit.distance / projection.focalPixels / Math.sqrt(slant);
      const surface = met
        ? surfaceOf(hit, point, footprint)
        : { colour: groundAt(place, texture, point.x, point.z, footprint), glow: horizonless };
      const normal = met ? hit.normal : upwards;
      const open = met ? 1 : opennessAt(shaders, point.x, point.z);
      const sunlit = light.sun === null ? 0 : sunReaches(light, casters, along(point, normal, 0.02)) ? 1 : 0;
      illuminate(light, point.x, point.y, point.z, normal.x, normal.y, normal.z, sunlit, open, lit);
      const haze = light.kind === 'indoor' ? 0 : 1 - Math.exp(-depth / 1100);
      const [red, green, blue] = surface.colour;
      const [shineRed, shineGreen, shineBlue] = surface.glow;
      const grained = 1 + 0.02 * (grain.next() - 0.5);
      put(
        index,
        (red * lit.red * grained + shineRed) * (1 - haze) + horizon[0] * haze,
        (green * lit.green * grained + shineGreen) * (1 - haze) + horizon[1] * haze,
        (blue * lit.blue * grained + shineBlue) * (1 - haze) + horizon[2] * haze,
        lens,
      );
      if (!met && row % supersampling === 0 && column % supersampling === 0) {
        // What is left of the light in shadow, as picture values see it: they are about the 1/2.2th power.
        const left = (1 - lit.direct) ** (1 / 2.2);
        const pixel = (row / supersampling) * scene.width + column / supersampling;
        shadowable[pixel] = Math.round(255 * (1 - left));
        ground[pixel] = 1;
      }
    }
  }
  return { samples, inverseDepth, shadowable, ground, solids: casters };

  function surfaceOf(hit: Hit, _point: Vector3, footprint: number) {
    return wallAt(hit.material, hit.colour, hit.u, hit.v, footprint, evening, horizon, texture);
  }
}

const upwards: Vector3 = { x: 0, y: 1, z: 0 };
const horizonless = [0, 0, 0] as const;

/** Whether the sun reaches the middle of something that stands at `point`. */
export function isSunlit(scene: Scene, background: Background, point: Vector3): boolean {
  return (
    scene.light.sun !== null &&
    background.solids.every(
      (solid) =>
        !mayMeet(solid, point, scene.light.sun?.towards ?? upwards) ||
        !solid.meet(point, scene.light.sun?.towards ?? upwards, noHit()),
    )
  );
}
