/** Renders a scene: the fixed picture once, then frame by frame what moves in it, its shadows and the sensor's noise. */
import { addBag } from './bag-mesh.ts';
import { drawBackground, isSunlit, supersampling } from './background.ts';
import { Beams } from './beams.ts';
import { createGlow } from './glow.ts';
import { toneLimit, toneScale, toneTable } from './lighting.ts';
import { Mesh, type MeshPart } from './mesh.ts';
import { clockText, printText } from './overlay.ts';
import { applyPaint, paintedPixels } from './paint.ts';
import { addPerson } from './person-mesh.ts';
import { drawRain } from './rain.ts';
import type { DepthSamples } from '../ground-truth.ts';
import { Raster } from './raster.ts';
import type { Scene } from '../scene.ts';
import { createSensor } from './sensor.ts';
import { ShadowMask } from './shadows.ts';
import { addBin } from './thing-mesh.ts';
import { addVehicle } from './vehicle-mesh.ts';
import type { Vector3 } from '../geometry/vector.ts';
import { project, projectionFrom, type Projection } from '../geometry/view.ts';
import type { WorldState } from '../world.ts';

/** Whether a ball of `radius` metres around `centre` can be seen. */
function isInView(projection: Projection, centre: Vector3, radius: number): boolean {
  const { x, y, depth } = project(projection, centre);
  if (depth < radius) return depth > -radius;
  const reach = ((radius * projection.focalPixels) / depth) * 1.2;
  return x > -reach && x < projection.width + reach && y > -reach && y < projection.height + reach;
}

/** Fills `mesh` with everyone and everything of `world` that can be seen through `projection`. */
export function meshOf(world: WorldState, mesh: Mesh, projection: Projection): void {
  mesh.clear();
  for (const { plan, body } of world.persons) {
    if (isInView(projection, body.pelvis, 0.8 * body.stature))
      mesh.part(plan.id, 'person', () => addPerson(mesh, body, plan.appearance));
  }
  for (const { plan, pose } of world.vehicles) {
    if (isInView(projection, { x: pose.x, y: 1, z: pose.z }, 3.2))
      mesh.part(plan.id, 'vehicle', () => addVehicle(mesh, plan.kind, plan.colour, pose));
  }
  for (const { plan, centre, frame } of world.bags) {
    if (isInView(projection, centre, 0.8))
      mesh.part(plan.id, 'bag', () => addBag(mesh, plan.kind, plan.colour, centre, frame));
  }
  for (const { plan, frame } of world.things) {
    if (isInView(projection, { ...plan.at, y: 0.4 }, 0.8))
      mesh.part(plan.id, 'thing', () => addBin(mesh, plan.colour, plan.at, frame));
  }
}

export interface Renderer {
  /** The vehicles that stand parked throughout. */
  readonly parked: Mesh;
  /** What is nearest at each sample of the frame drawn last. */
  readonly depth: DepthSamples;
  /** Draws frame `index` of `world`, from its `mesh`, into `out` [H, W, 3], 8-bit RGB. */
  frame(world: WorldState, mesh: Mesh, index: number, out: Uint8Array): void;
}

/** The parked vehicles of `scene`, named `parked-1` and so on. */
function parkedMesh(scene: Scene): Mesh {
  const mesh = new Mesh();
  for (const [index, { kind, colour, at, heading }] of scene.place.parked.entries()) {
    const pose = { ...at, heading, rolled: 0.3, lights: false, braking: false };
    mesh.part(`parked-${index + 1}`, 'vehicle', () => addVehicle(mesh, kind, colour, pose));
  }
  return mesh;
}

/** Averages the four samples of every pixel. */
function pictureFrom(samples: Uint8Array, width: number, height: number): Uint8Array {
  const picture = new Uint8Array(3 * width * height);
  const stride = 3 * width * supersampling;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = row * supersampling * stride + 3 * column * supersampling;
      for (let channel = 0; channel < 3; channel++) {
        const at = from + channel;
        picture[3 * (row * width + column) + channel] =
          ((samples[at] ?? 0) +
            (samples[at + 3] ?? 0) +
            (samples[at + stride] ?? 0) +
            (samples[at + stride + 3] ?? 0) +
            2) >>
          2;
      }
    }
  }
  return picture;
}

/** Prepares to render `scene`, drawing its fixed picture (about a second). The same scene gives the same frames. */
export function createRenderer(scene: Scene): Renderer {
  const { width, height, light } = scene;
  const background = drawBackground(scene);
  const raster = new Raster(
    projectionFrom(scene.view, width * supersampling, height * supersampling),
    background.inverseDepth,
  );
  const parked = parkedMesh(scene);
  raster.draw(parked, light, () => 1);
  raster.settle(background);
  const still = pictureFrom(background.samples, width, height);
  const shadows = new ShadowMask(projectionFrom(scene.view, width, height));
  const sensor = createSensor(light, width, height, scene.seed);
  const clean = new Uint8Array(still.length);
  const projection = projectionFrom(scene.view, width, height);
  const beams = new Beams(projection, background.ground);
  const glows = (scene.glows ?? []).map((plan) => createGlow(plan, projection, raster, light, scene.seed));
  const tone = toneTable();
  const lit = light.ambient[1] + (light.sun === null ? 0.4 : 1);
  const painted = paintedPixels(
    scene.paints ?? [],
    projection,
    raster,
    (linear) => tone[Math.min(toneLimit, Math.round(linear * lit * toneScale(light)))] ?? 0,
  );
  const rain = scene.rain ?? 0;
  // Drops are as bright as what is behind the viewer: the sky by day, lamps after dark.
  const rainLight = Math.min(215, 125 + 100 * light.ambient[1]);

  function applyShadows(): void {
    const { cast, contact } = shadows;
    const { shadowable } = background;
    for (let row = shadows.top; row < shadows.bottom; row++) {
      for (let index = row * width + shadows.left; index < row * width + shadows.right; index++) {
        const thrown = cast[index] ?? 0;
        const touching = contact[index] ?? 0;
        if ((thrown | touching) === 0) continue;
        const share = shadowable[index] ?? 0;
        if (share === 0) continue;
        const left = (255 - ((thrown * share) >> 8)) * (255 - (touching >> 1));
        for (let channel = 3 * index; channel < 3 * index + 3; channel++)
          clean[channel] = ((clean[channel] ?? 0) * left) >> 16;
      }
    }
  }

  function composite(): void {
    const { samples, rowStart, rowEnd } = raster;
    const stride = raster.width;
    for (let row = 0; row < height; row++) {
      const upper = row * supersampling;
      const start = Math.min(rowStart[upper] ?? stride, rowStart[upper + 1] ?? stride) >> 1;
      const end = (Math.max(rowEnd[upper] ?? 0, rowEnd[upper + 1] ?? 0) + 1) >> 1;
      for (let column = start; column < end; column++) {
        const at = upper * stride + column * supersampling;
        const a = samples[at] ?? 0;
        const b = samples[at + 1] ?? 0;
        const c = samples[at + stride] ?? 0;
        const d = samples[at + stride + 1] ?? 0;
        if ((a | b | c | d) === 0) continue;
        const covered = (a >>> 31) + (b >>> 31) + (c >>> 31) + (d >>> 31);
        const target = 3 * (row * width + column);
        for (let channel = 0; channel < 3; channel++) {
          const shift = 8 * channel;
          const sum = ((a >> shift) & 255) + ((b >> shift) & 255) + ((c >> shift) & 255) + ((d >> shift) & 255);
          clean[target + channel] = (sum + (4 - covered) * (clean[target + channel] ?? 0) + 2) >> 2;
        }
      }
    }
  }

  return {
    parked,
    depth: raster,
    frame(world, mesh, index, out) {
      clean.set(still);
      shadows.clear();
      raster.clear();
      if (painted.length > 0) applyPaint(painted, clean, world.time);
      shadows.draw(world, light);
      applyShadows();
      beams.shine(world.vehicles, clean);
      const sunlitOf = (part: MeshPart): number => {
        const at = 3 * ((part.firstVertex + part.endVertex) >> 1);
        const [x, z] = [mesh.positions[at] ?? 0, mesh.positions[at + 2] ?? 0];
        return isSunlit(scene, background, { x, y: 1, z }) ? 1 : 0;
      };
      raster.draw(mesh, light, sunlitOf);
      composite();
      for (const glow of glows) glow.draw(clean, raster, world.time);
      if (rain > 0) drawRain(clean, width, height, { amount: rain, light: rainLight, seed: scene.seed, index });
      sensor.expose(clean, new Uint8ClampedArray(out.buffer, out.byteOffset, out.length), index, world.time);
      printText(out, width, clockText(scene.startsAt, world.time), 8, 8);
      printText(out, width, scene.camera, 8, height - 16);
    },
  };
}
