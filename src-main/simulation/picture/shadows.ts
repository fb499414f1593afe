/** Soft shadows on the ground: what moves is thrown onto it as rounded outlines, and darkens where it stands. */
import { shadowOf, strongestLamp } from './lighting.ts';
import type { Light } from '../scene.ts';
import type { Limb } from '../people/skeleton.ts';
import { along, frameFacing, type Vector3 } from '../geometry/vector.ts';
import { drawSoftHull, type ScreenPoint } from './soft-hull.ts';
import { vehicleSize } from './vehicle-mesh.ts';
import { project, type Projection } from '../geometry/view.ts';
import type { BagState, PersonState, VehicleState, WorldState } from '../world.ts';

export class ShadowMask {
  readonly width: number;
  readonly height: number;
  /** [H, W] how much of the direct light is taken, 0 to 255. */
  readonly cast: Uint8Array;
  /** [H, W] how much of all light is taken where things touch the ground, 0 to 255. */
  readonly contact: Uint8Array;
  readonly #projection: Projection;
  /** First and one past the last row and column that have any shadow. */
  top: number;
  bottom = 0;
  left: number;
  right = 0;

  constructor(projection: Projection) {
    this.width = projection.width;
    this.height = projection.height;
    this.top = this.height;
    this.left = this.width;
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
    this.left = this.width;
    this.right = 0;
  }

  /** Darkens the hull of `points` on the ground by `strength` in [0, 1], fading over `soft` pixels at its edge. */
  #darken(mask: Uint8Array, points: readonly Vector3[], strength: number, soft: number): void {
    const onScreen: ScreenPoint[] = [];
    for (const point of points) {
      const { x, y, depth } = project(this.#projection, point);
      if (depth < 0.5) return;
      onScreen.push({ x, y });
    }
    const rows = drawSoftHull({ width: this.width, height: this.height, values: mask }, onScreen, strength, soft);
    if (rows === null) return;
    this.top = Math.min(this.top, rows.top);
    this.bottom = Math.max(this.bottom, rows.bottom);
    this.left = Math.min(this.left, rows.left);
    this.right = Math.max(this.right, rows.right);
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
    for (const { plan, frame } of world.things) {
      const foot = { x: plan.at.x, y: 0.05, z: plan.at.z };
      const top = along(foot, frame.up, 0.8);
      this.#bar(foot, top, 0.22, thrower(foot), strength, soft);
      this.#patch(foot, 0.34, 0.6);
      if (top.y < 0.4) this.#patch(top, 0.34, 0.5);
    }
  }
}
