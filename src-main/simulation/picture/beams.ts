/** Headlights after dark: pools of light on the ground before every vehicle that has them on. */
import { along, frameFacing, type Vector3 } from '../geometry/vector.ts';
import { project, type Projection } from '../geometry/view.ts';
import type { VehicleState } from '../world.ts';
import { drawSoftHull } from './soft-hull.ts';
import { vehicleSize } from './vehicle-mesh.ts';

/**
 * Stretches of a dipped beam: metres ahead of the bumper, half width there, and how light it is on the ground. Dipped
 * beams reach 40 to 50 m but fall off quickly (UN Regulation 112 asks for little above the cut-off).
 */
const stretches = [
  { from: 0.6, to: 4, near: 0.9, far: 1.5, strength: 0.75 },
  { from: 2.5, to: 9, near: 1.2, far: 2.5, strength: 0.55 },
  { from: 6, to: 16, near: 1.8, far: 3.6, strength: 0.3 },
  { from: 12, to: 26, near: 2.8, far: 5, strength: 0.13 },
] as const;
/** How much lighter the ground is in the middle of a beam, as a factor on its picture value. */
const gain = 3.2;

export class Beams {
  readonly #projection: Projection;
  readonly #ground: Uint8Array;
  readonly #mask: { readonly width: number; readonly height: number; readonly values: Uint8Array };
  #top: number;
  #bottom = 0;

  /** `ground` [H, W] is 1 where the ground shows. */
  constructor(projection: Projection, ground: Uint8Array) {
    const { width, height } = projection;
    this.#projection = projection;
    this.#ground = ground;
    this.#mask = { width, height, values: new Uint8Array(width * height) };
    this.#top = height;
  }

  /** Lights the ground of `clean` [H, W, 3] before `vehicles`. */
  shine(vehicles: readonly VehicleState[], clean: Uint8Array): void {
    for (const { plan, pose } of vehicles) {
      if (!pose.lights) continue;
      const { forward, right } = frameFacing(pose.heading);
      const bumper = vehicleSize(plan.kind).length / 2;
      const corner = (ahead: number, aside: number): Vector3 =>
        along(along({ x: pose.x, y: 0, z: pose.z }, forward, bumper + ahead), right, aside);
      for (const { from, to, near, far, strength } of stretches) {
        const corners = [corner(from, -near), corner(from, near), corner(to, far), corner(to, -far)];
        this.#pool(corners, strength);
      }
    }
    this.#apply(clean);
  }

  #pool(corners: readonly Vector3[], strength: number): void {
    const seen = corners.map((corner) => project(this.#projection, corner));
    if (seen.some(({ depth }) => depth < 0.5)) return;
    const nearest = Math.min(...seen.map(({ depth }) => depth));
    const soft = Math.max(3, (1.2 * this.#projection.focalPixels) / nearest);
    const rows = drawSoftHull(this.#mask, seen, strength, soft);
    if (rows === null) return;
    this.#top = Math.min(this.#top, rows.top);
    this.#bottom = Math.max(this.#bottom, rows.bottom);
  }

  #apply(clean: Uint8Array): void {
    const { width, height, values } = this.#mask;
    for (let index = this.#top * width; index < this.#bottom * width; index++) {
      const lit = values[index] ?? 0;
      if (lit === 0) continue;
      values[index] = 0;
      if (this.#ground[index] !== 1) continue;
      const factor = 1 + (gain * lit) / 255;
      for (let channel = 3 * index; channel < 3 * index + 3; channel++)
        clean[channel] = Math.min(245, (clean[channel] ?? 0) * factor);
    }
    this.#top = height;
    this.#bottom = 0;
  }
}
