/** The fixed things of a place as solids that rays can hit. */
import type { Colour, Material, Prop } from '../scene.ts';
import type { Texture } from './texture.ts';
import type { Vector3 } from '../geometry/vector.ts';

/** Where a ray met a solid. */
export interface Hit {
  /** Metres along the ray; Infinity where nothing was met. */
  distance: number;
  normal: Vector3;
  /** Metres along and up the surface. */
  u: number;
  v: number;
  material: Material;
  colour: Colour;
}

export interface Solid {
  /** A sphere that holds all of it. */
  readonly centre: Vector3;
  readonly radius: number;
  /** Writes into `hit` if the ray from `from` along the unit vector `ray` meets the solid nearer than `hit.distance`. */
  meet(from: Vector3, ray: Vector3, hit: Hit): boolean;
}

type BoxProp = Extract<Prop, { kind: 'box' }>;

function boxSolid(prop: BoxProp): Solid {
  const sin = Math.sin(prop.yaw);
  const cos = Math.cos(prop.yaw);
  const hx = prop.size.x / 2;
  const hy = prop.size.y / 2;
  const hz = prop.size.z / 2;
  const centre = { x: prop.at.x, y: prop.base + hy, z: prop.at.z };
  return {
    centre,
    radius: Math.sqrt(hx * hx + hy * hy + hz * hz),
    meet(from, ray, hit) {
      const ox = from.x - centre.x;
      const oy = from.y - centre.y;
      const oz = from.z - centre.z;
      const px = ox * cos - oz * sin;
      const pz = ox * sin + oz * cos;
      const dx = ray.x * cos - ray.z * sin;
      const dz = ray.x * sin + ray.z * cos;
      let near = -Infinity;
      let far = Infinity;
      let face = 0;
      const slab = (origin: number, direction: number, half: number, axis: number): boolean => {
        if (Math.abs(direction) < 1e-9) return Math.abs(origin) <= half;
        const first = (-Math.sign(direction) * half - origin) / direction;
        const second = (Math.sign(direction) * half - origin) / direction;
        if (first > near) {
          near = first;
          face = -Math.sign(direction) * axis;
        }
        far = Math.min(far, second);
        return near <= far;
      };
      if (!slab(px, dx, hx, 1) || !slab(oy, ray.y, hy, 2) || !slab(pz, dz, hz, 3)) return false;
      if (near < 1e-4 || near >= hit.distance) return false;
      const [lx, ly, lz] = [px + dx * near, oy + ray.y * near, pz + dz * near];
      hit.distance = near;
      const sign = Math.sign(face);
      const axis = Math.abs(face);
      hit.normal =
        axis === 1
          ? { x: sign * cos, y: 0, z: -sign * sin }
          : axis === 2
            ? { x: 0, y: sign, z: 0 }
            : { x: sign * sin, y: 0, z: sign * cos };
      hit.u = axis === 1 ? lz + hz : lx + hx;
      hit.v = axis === 2 ? lz + hz : ly + hy;
      hit.material = axis === 2 && prop.material !== 'wood' && prop.material !== 'lamp' ? 'plaster' : prop.material;
      hit.colour = prop.colour;
      return true;
    },
  };
}

function cylinderSolid(prop: Extract<Prop, { kind: 'cylinder' }>): Solid {
  const { at, base, height, radius } = prop;
  return {
    centre: { x: at.x, y: base + height / 2, z: at.z },
    radius: Math.hypot(radius, height / 2),
    meet(from, ray, hit) {
      const [ox, oz] = [from.x - at.x, from.z - at.z];
      const a = ray.x * ray.x + ray.z * ray.z;
      const b = ox * ray.x + oz * ray.z;
      const root = b * b - a * (ox * ox + oz * oz - radius * radius);
      if (root <= 0 || a < 1e-9) return false;
      const distance = (-b - Math.sqrt(root)) / a;
      const up = from.y + ray.y * distance - base;
      if (distance < 1e-4 || distance >= hit.distance || up < 0 || up > height) return false;
      const normal = { x: (ox + ray.x * distance) / radius, y: 0, z: (oz + ray.z * distance) / radius };
      hit.distance = distance;
      hit.normal = normal;
      hit.u = Math.atan2(normal.x, normal.z) * radius;
      hit.v = up;
      hit.material = prop.material;
      hit.colour = prop.colour;
      return true;
    },
  };
}

/** A ball of leaves: its surface is ragged, with gaps that let rays through. */
function foliageSolid(prop: Extract<Prop, { kind: 'foliage' }>, texture: Texture): Solid {
  const { at, radius } = prop;
  return {
    centre: at,
    radius,
    meet(from, ray, hit) {
      const offset = { x: from.x - at.x, y: from.y - at.y, z: from.z - at.z };
      const b = offset.x * ray.x + offset.y * ray.y + offset.z * ray.z;
      const c = offset.x ** 2 + offset.y ** 2 + offset.z ** 2 - radius * radius;
      const root = b * b - c;
      if (root <= 0) return false;
      // Three shells of leaves one behind the other; a ray goes on where a shell has a gap.
      for (let shell = 0; shell < 3; shell++) {
        const inner = radius * (1 - 0.16 * shell);
        const rootInner = b * b - c - radius * radius + inner * inner;
        if (rootInner <= 0) return false;
        const distance = -b - Math.sqrt(rootInner);
        if (distance < 1e-4 || distance >= hit.distance) return false;
        const [nx, ny, nz] = [
          (offset.x + ray.x * distance) / inner,
          (offset.y + ray.y * distance) / inner,
          (offset.z + ray.z * distance) / inner,
        ];
        const angle = Math.atan2(nx, nz);
        const leaves = texture.clouds(angle * 4 * radius + at.x * 3 + shell * 11, ny * 5 * radius + at.z * 3, 4);
        const edge = Math.abs(nx * ray.x + ny * ray.y + nz * ray.z);
        if (leaves < 0.4 + 0.2 * (1 - edge)) continue;
        hit.distance = distance;
        hit.normal = { x: nx, y: ny, z: nz };
        hit.u = angle * radius;
        hit.v = (ny + 1) * radius;
        hit.material = 'leaves';
        const bright = 0.45 + 1.1 * leaves;
        hit.colour = [prop.colour[0] * bright, prop.colour[1] * bright, prop.colour[2] * bright];
        return true;
      }
      return false;
    },
  };
}

function fenceSolid(prop: Extract<Prop, { kind: 'fence' }>): Solid {
  const [dx, dz] = [prop.to.x - prop.from.x, prop.to.z - prop.from.z];
  const whole = Math.hypot(dx, dz);
  const [ux, uz] = [dx / whole, dz / whole];
  const pitch = prop.bar + prop.gap;
  return {
    centre: { x: (prop.from.x + prop.to.x) / 2, y: prop.height / 2, z: (prop.from.z + prop.to.z) / 2 },
    radius: Math.hypot(whole / 2, prop.height / 2),
    meet(from, ray, hit) {
      const facing = ray.x * uz - ray.z * ux;
      if (Math.abs(facing) < 1e-6) return false;
      const distance = ((prop.from.x - from.x) * uz - (prop.from.z - from.z) * ux) / facing;
      if (distance < 1e-4 || distance >= hit.distance) return false;
      const up = from.y + ray.y * distance;
      const aside = (from.x + ray.x * distance - prop.from.x) * ux + (from.z + ray.z * distance - prop.from.z) * uz;
      if (up < 0 || up > prop.height || aside < 0 || aside > whole) return false;
      const post = aside % 2.5 < 0.09;
      const rail = Math.abs(up - 0.2) < 0.03 || Math.abs(up - prop.height + 0.15) < 0.03;
      const within = aside - Math.floor(aside / pitch) * pitch;
      if (within > prop.bar && !rail && !post) return false;
      hit.distance = distance;
      hit.normal = facing > 0 ? { x: -uz, y: 0, z: ux } : { x: uz, y: 0, z: -ux };
      hit.u = aside;
      hit.v = up;
      hit.material = 'metal';
      hit.colour = prop.colour;
      return true;
    },
  };
}

/** The solid of `prop`. */
export function solidFrom(prop: Prop, texture: Texture): Solid {
  switch (prop.kind) {
    case 'box':
      return boxSolid(prop);
    case 'cylinder':
      return cylinderSolid(prop);
    case 'foliage':
      return foliageSolid(prop, texture);
    case 'fence':
      return fenceSolid(prop);
    default:
      return prop satisfies never;
  }
}

/** A hit that has met nothing yet. */
export const noHit = (): Hit => ({
  distance: Infinity,
  normal: { x: 0, y: 1, z: 0 },
  u: 0,
  v: 0,
  material: 'plaster',
  colour: [0, 0, 0],
});

/** Whether the ray comes near enough to `solid` to be worth a closer look. */
export function mayMeet(solid: Solid, from: Vector3, ray: Vector3): boolean {
  const x = solid.centre.x - from.x;
  const y = solid.centre.y - from.y;
  const z = solid.centre.z - from.z;
  const ahead = x * ray.x + y * ray.y + z * ray.z;
  if (ahead < -solid.radius) return false;
  return x * x + y * y + z * z - ahead * ahead <= solid.radius * solid.radius;
}
