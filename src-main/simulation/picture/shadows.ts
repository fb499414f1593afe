/** Soft shadows on the ground: what moves is thrown onto it as rounded outlines, and darkens where it stands. */
import { shadowOf, strongestLamp } from './lighting.ts';
import type { Light } from '../scene.ts';
import type { Limb } from '../people/skeleton.ts';
import { along, frameFacing, type Vector3 } from '../geometry/vector.ts';
import { vehicleSize } from './vehicle-mesh.ts';
import { project, type Projection } from '../geometry/view.ts';
import type { BagState, PersonState, VehicleState, WorldState } from '../world.ts';

interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

/** The convex hull, anticlockwise on screen. Source: Andrew 1979, monotone chain. */
export function convexHull(points: readonly ScreenPoint[]): ScreenPoint[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
  const half = (ordered: readonly ScreenPoint[]): ScreenPoint[] => {
    const chain: ScreenPoint[] = [];
    for (const point of ordered) {
      for (;;) {
        const [before, last] = [chain.at(-2), chain.at(-1)];
        if (before === undefined || last === undefined) break;
        if ((last.x - before.x) * (point.y - before.y) - (last.y - before.y) * (point.x - before.x) > 0) break;
        chain.pop();
      }
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

export class ShadowMask {
  readonly width: number;
  readonly height: number;
  /** [H, W] how much of the direct light is taken, 0 to 255. */
  readonly cast: Uint8Array;
  /** [H, W] how much of all light is taken where things touch the ground, 0 to 255. */
  readonly contact: Uint8Array;
  readonly #projection: Projection;
  /** First and one past the last row that has any shadow. */
  top: number;
  bottom = 0;

  constructor(projection: Projection) {
    this.width = projection.width;
    this.height = projection.height;
    this.top = this.height;
    this.#projection = projection;
    this.cast = new Uint8Array(this.width * this.height);
    this.contact = new Uint8Array(this.width * this.height);
  }

  clear(): void {
    if (this.bottom > this.top) {
      this.cast.fill(0, this.top * this.width, this.bottom * this.width);
      this.contact.fill(0, this.top * this.width, this.bottom * this.width);
    }
    this.top = this.height;
    this.bottom = 0;
  }

  /** Darkens the hull of `points` on the ground by `strength` in [0, 1], fading over `soft` pixels at its edge. */
  #darken(mask: Uint8Array, points: readonly Vector3[], strength: number, soft: number): void {
    const onScreen: ScreenPoint[] = [];
    for (const point of points) {
      const { x, y, depth } = project(this.#projection, point);
      if (depth < 0.5) return;
      onScreen.push({ x, y });
    }
    const hull = convexHull(onScreen);
    if (hull.length < 3) return;
    const reach = soft / 2;
    const left = Math.max(0, Math.floor(Math.min(...hull.map((p) => p.x)) - reach));
    const right = Math.min(this.width - 1, Math.ceil(Math.max(...hull.map((p) => p.x)) + reach));
    const top = Math.max(0, Math.floor(Math.min(...hull.map((p) => p.y)) - reach));
    const bottom = Math.min(this.height - 1, Math.ceil(Math.max(...hull.map((p) => p.y)) + reach));
    if (left > right || top > bottom) return;
    this.top = Math.min(this.top, top);
    this.bottom = Math.max(this.bottom, bottom + 1);
    // Distance inside each edge as a·x + b·y + c.
    const edges = new Float64Array(3 * hull.length);
    for (let index = 0; index < hull.length; index++) {
      const [from, to] = [hull[index], hull[(index + 1) % hull.length]];
      if (from === undefined || to === undefined) continue;
      const dx = to.x - from.x;
      const dy = to.y - from.y;
      const size = Math.sqrt(dx * dx + dy * dy) || 1;
      edges[3 * index] = -dy / size;
      edges[3 * index + 1] = dx / size;
      edges[3 * index + 2] = (dy * from.x - dx * from.y) / size;
    }
    const full = 255 * strength;
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        let depth = Infinity;
        for (let edge = 0; edge < edges.length; edge += 3) {
          const inside =
            (edges[edge] ?? 0) * (column + 0.5) + (edges[edge + 1] ?? 0) * (row + 0.5) + (edges[edge + 2] ?? 0);
          if (inside < depth) {
            depth = inside;
            if (depth <= -reach) break;
          }
        }
        const share = depth / soft + 0.5;
        if (share <= 0) continue;
        const value = share >= 1 ? full : full * share;
        const index = row * this.width + column;
        if (value > (mask[index] ?? 0)) mask[index] = value;
      }
    }
  }

  /** Throws a rounded bar from `a` to `b` onto the ground. */
  #bar(
    a: Vector3,
    b: Vector3,
    radius: number,
    throwOnto: (point: Vector3) => Vector3 | null,
    strength: number,
    soft: number,
  ): void {
    const [from, to] = [throwOnto(a), throwOnto(b)];
    if (from === null || to === null) return;
    const points = [from, to].flatMap((centre) =>
      Array.from({ length: 6 }, (_, step) => {
        const angle = (step * Math.PI) / 3;
        return { x: centre.x + radius * Math.cos(angle), y: 0, z: centre.z + radius * Math.sin(angle) };
      }),
    );
    this.#darken(this.cast, points, strength, soft);
  }

  /** A round patch under something, fading outwards. */
  #patch(centre: Vector3, radius: number, strength: number): void {
    const points = Array.from({ length: 8 }, (_, step) => {
      const angle = (step * Math.PI) / 4;
      return { x: centre.x + radius * Math.cos(angle), y: 0, z: centre.z + radius * Math.sin(angle) };
    });
    const pixels = (radius * this.#projection.focalPixels) / Math.max(1, project(this.#projection, centre).depth);
    this.#darken(this.contact, points, strength, Math.max(2, pixels));
  }

  #person({ body }: PersonState, throwOnto: (point: Vector3) => Vector3 | null, strength: number, soft: number): void {
    const size = body.stature;
    const limb = (part: Limb, upper: number, lower: number) => {
      this.#bar(part.root, part.middle, upper * size, throwOnto, strength, soft);
      this.#bar(part.middle, part.end, lower * size, throwOnto, strength, soft);
    };
    limb(body.leftLeg, 0.045, 0.03);
    limb(body.rightLeg, 0.045, 0.03);
    limb(body.leftArm, 0.027, 0.02);
    limb(body.rightArm, 0.027, 0.02);
    this.#bar(body.pelvis, body.chest, 0.085 * size, throwOnto, strength, soft);
    this.#bar(body.chest, body.head, 0.05 * size, throwOnto, strength, soft);
    for (const point of [body.leftLeg.end, body.rightLeg.end, body.pelvis, body.chest, body.head]) {
      if (point.y < 0.5) this.#patch(point, 0.17, 0.5 * (1 - point.y / 0.5));
    }
    this.#patch(body.pelvis, 0.4, 0.16);
  }

  #vehicle(
    { plan, pose }: VehicleState,
    throwOnto: (point: Vector3) => Vector3 | null,
    strength: number,
    soft: number,
  ): void {
    const { length, width, height } = vehicleSize(plan.kind);
    const { forward, right } = frameFacing(pose.heading);
    const corners = (share: number, narrow: number, up: number) =>
      [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ].map(([ahead = 0, aside = 0]) =>
        along(
          along({ x: pose.x, y: up, z: pose.z }, forward, (ahead * length * share) / 2),
          right,
          (aside * width * narrow) / 2,
        ),
      );
    const low = corners(1, 1, 0.25);
    const thrown = [...low, ...corners(1, 1, 0.8), ...corners(0.55, 0.75, height)]
      .map(throwOnto)
      .filter((point) => point !== null);
    if (thrown.length > 2) this.#darken(this.cast, thrown, strength, soft);
    this.#darken(this.contact, corners(1, 1, 0), 0.75, 7);
  }

  #bag({ centre }: BagState, throwOnto: (point: Vector3) => Vector3 | null, strength: number, soft: number): void {
    this.#bar(centre, { x: centre.x, y: centre.y + 0.1, z: centre.z }, 0.15, throwOnto, strength, soft);
    if (centre.y < 0.5) this.#patch(centre, 0.24, 0.6);
  }

  /** Throws everything of `world` in `light`. Without a sun each thing has the shadow of the lamp that lights it most. */
  draw(world: WorldState, light: Light): void {
    const sun = light.sun?.towards ?? null;
    const soft = light.kind === 'day' ? 1.8 : 3.5;
    const thrower = (place: Vector3) => {
      const lamp = sun === null ? (strongestLamp(light, { x: place.x, y: 0, z: place.z })?.at ?? null) : null;
      return (point: Vector3) => shadowOf(point, sun, lamp);
    };
    const strength = sun === null ? 0.6 : 1;
    for (const person of world.persons) this.#person(person, thrower(person.body.pelvis), strength, soft);
    for (const vehicle of world.vehicles)
      this.#vehicle(vehicle, thrower({ x: vehicle.pose.x, y: 0, z: vehicle.pose.z }), strength, soft);
    for (const bag of world.bags) this.#bag(bag, thrower(bag.centre), strength, soft);
  }
}
