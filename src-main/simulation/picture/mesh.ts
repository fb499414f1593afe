/** Triangles of everything that moves, collected into flat arrays frame by frame. */
import type { Colour } from '../scene.ts';
import { length, normalized, perpendicularTo, subtract, type Vector3 } from '../geometry/vector.ts';

/** What one person, vehicle, bag or loose thing has in a mesh. */
export interface MeshPart {
  readonly id: string;
  readonly kind: 'person' | 'vehicle' | 'bag' | 'thing';
  readonly firstVertex: number;
  readonly endVertex: number;
}

/** A ring of a tube: an ellipse around `centre`, `across` along `side` and `deep` at right angles to it. */
export interface Ring {
  readonly centre: Vector3;
  readonly across: number;
  readonly deep: number;
  /** Colour of the skin from here to the next ring. */
  readonly colour: Colour;
}

/** How light a tube is at a point of its skin, as a factor on its colour. */
export type Weave = (ring: number, angle: number) => number;

const plain: Weave = () => 1;

export class Mesh {
  /** [vertices, 3] metres. */
  positions = new Float32Array(3 * 4096);
  /** [vertices, 3] unit. */
  normals = new Float32Array(3 * 4096);
  /** [vertices, 3] linear reflectance. */
  colours = new Float32Array(3 * 4096);
  /** [triangles, 3] vertex numbers. */
  triangles = new Uint32Array(3 * 8192);
  vertexCount = 0;
  triangleCount = 0;
  readonly parts: MeshPart[] = [];

  /** Forgets everything and keeps the room. */
  clear(): void {
    this.vertexCount = 0;
    this.triangleCount = 0;
    this.parts.length = 0;
  }

  /** Everything that `build` adds belongs to `id`. */
  part(id: string, kind: MeshPart['kind'], build: () => void): void {
    const firstVertex = this.vertexCount;
    build();
    this.parts.push({ id, kind, firstVertex, endVertex: this.vertexCount });
  }

  vertex(position: Vector3, normal: Vector3, colour: Colour): number {
    return this.#append(position.x, position.y, position.z, normal.x, normal.y, normal.z, colour);
  }

  #append(x: number, y: number, z: number, nx: number, ny: number, nz: number, colour: Colour): number {
    const number = this.vertexCount++;
    if (3 * number + 3 > this.positions.length) {
      this.positions = grown(this.positions);
      this.normals = grown(this.normals);
      this.colours = grown(this.colours);
    }
    const offset = 3 * number;
    this.positions[offset] = x;
    this.positions[offset + 1] = y;
    this.positions[offset + 2] = z;
    this.normals[offset] = nx;
    this.normals[offset + 1] = ny;
    this.normals[offset + 2] = nz;
    this.colours[offset] = colour[0];
    this.colours[offset + 1] = colour[1];
    this.colours[offset + 2] = colour[2];
    return number;
  }

  triangle(a: number, b: number, c: number): void {
    const offset = 3 * this.triangleCount++;
    if (offset + 3 > this.triangles.length) {
      const larger = new Uint32Array(2 * this.triangles.length);
      larger.set(this.triangles);
      this.triangles = larger;
    }
    this.triangles[offset] = a;
    this.triangles[offset + 1] = b;
    this.triangles[offset + 2] = c;
  }

  /** A flat convex polygon; its corners in either order. `outward` decides what is its front. */
  polygon(corners: readonly Vector3[], outward: Vector3, colour: Colour): void {
    const numbers = corners.map((corner) => this.vertex(corner, outward, colour));
    for (let index = 2; index < numbers.length; index++) {
      this.triangle(numbers[0] ?? 0, numbers[index - 1] ?? 0, numbers[index] ?? 0);
    }
  }

  /**
   * A tube of `sides` sides through `rings`, whose ellipses lie across the axis with their width along `side`.
   * Every stretch has its ring's colour, which `weave` makes lighter or darker by a factor at each point (ring number
   * from the first, angle around the axis in radians); the ends stay open.
   */
  tube(rings: readonly Ring[], side: Vector3, sides: number, weave: Weave = plain): void {
    let previous = -1;
    for (let index = 0; index < rings.length; index++) {
      const ring = rings[index];
      if (ring === undefined) continue;
      const before = rings[index - 1] ?? ring;
      const after = rings[index + 1] ?? ring;
      const axis = normalized(subtract(after.centre, before.centre));
      const u = perpendicularTo(axis, side, { x: 1, y: 0, z: 0 });
      const v = {
        x: axis.y * u.z - axis.z * u.y,
        y: axis.z * u.x - axis.x * u.z,
        z: axis.x * u.y - axis.y * u.x,
      };
      // A tube that widens shows its skin a little to the side it came from.
      const span = length(subtract(after.centre, before.centre));
      const flare =
        span > 1e-6
          ? Math.max(-1.5, Math.min(1.5, (before.across + before.deep - after.across - after.deep) / 2 / span))
          : 0;
      const first = this.#ring(ring, u, v, axis, flare, sides, before.colour, weave, index);
      if (previous >= 0) this.#join(previous, first, sides);
      previous = first;
      const next = rings[index + 1];
      if (next !== undefined && ring.colour !== before.colour)
        previous = this.#ring(ring, u, v, axis, flare, sides, ring.colour, weave, index);
    }
  }

  #ring(
    ring: Ring,
    u: Vector3,
    v: Vector3,
    axis: Vector3,
    flare: number,
    sides: number,
    colour: Colour,
    weave: Weave,
    number: number,
  ): number {
    const first = this.vertexCount;
    const { centre, across, deep } = ring;
    const bend = flare * 0.5 * (across + deep);
    for (let step = 0; step < sides; step++) {
      const angle = (2 * Math.PI * step) / sides;
      const cos = Math.cos(angle);
      const sin = Math.sin(angle);
      const [outU, outV] = [across * cos, deep * sin];
      // The normal of an ellipse has its axes exchanged.
      const [normalU, normalV] = [deep * cos, across * sin];
      const nx = u.x * normalU + v.x * normalV + axis.x * bend;
      const ny = u.y * normalU + v.y * normalV + axis.y * bend;
      const nz = u.z * normalU + v.z * normalV + axis.z * bend;
      const over = 1 / Math.sqrt(Math.max(1e-12, nx * nx + ny * ny + nz * nz));
      const factor = weave(number, angle);
      this.#append(
        centre.x + u.x * outU + v.x * outV,
        centre.y + u.y * outU + v.y * outV,
        centre.z + u.z * outU + v.z * outV,
        nx * over,
        ny * over,
        nz * over,
        factor === 1 ? colour : [colour[0] * factor, colour[1] * factor, colour[2] * factor],
      );
    }
    return first;
  }

  #join(lower: number, upper: number, sides: number): void {
    for (let step = 0; step < sides; step++) {
      const next = (step + 1) % sides;
      this.triangle(lower + step, lower + next, upper + next);
      this.triangle(lower + step, upper + next, upper + step);
    }
  }

  /** An ellipsoid with half axes `radii` along `frame`; `colourAt` takes the direction in the frame's terms. */
  ellipsoid(
    centre: Vector3,
    frame: { readonly right: Vector3; readonly up: Vector3; readonly forward: Vector3 },
    radii: Vector3,
    colourAt: (right: number, up: number, forward: number) => Colour,
    rows: number,
    columns: number,
  ): void {
    const first = this.vertexCount;
    const { right, up, forward } = frame;
    for (let row = 0; row <= rows; row++) {
      const polar = (Math.PI * row) / rows;
      const y = Math.cos(polar);
      const around = Math.sin(polar);
      for (let column = 0; column < columns; column++) {
        const angle = (2 * Math.PI * column) / columns;
        const x = around * Math.sin(angle);
        const z = around * Math.cos(angle);
        const [px, py, pz] = [x * radii.x, y * radii.y, z * radii.z];
        const [qx, qy, qz] = [x / radii.x, y / radii.y, z / radii.z];
        const over = 1 / Math.sqrt(qx * qx + qy * qy + qz * qz);
        this.#append(
          centre.x + right.x * px + up.x * py + forward.x * pz,
          centre.y + right.y * px + up.y * py + forward.y * pz,
          centre.z + right.z * px + up.z * py + forward.z * pz,
          (right.x * qx + up.x * qy + forward.x * qz) * over,
          (right.y * qx + up.y * qy + forward.y * qz) * over,
          (right.z * qx + up.z * qy + forward.z * qz) * over,
          colourAt(x, y, z),
        );
      }
    }
    for (let row = 0; row < rows; row++) this.#join(first + row * columns, first + (row + 1) * columns, columns);
  }
}

function grown(array: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(2 * array.length);
  larger.set(array);
  return larger;
}
