/** Vectors and rotating frames of axes in the world of a scene: metres, x right, y up, z away (left-handed). */

export interface Vector3 {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** A place on the ground plane y = 0, metres. */
export interface GroundPoint {
  readonly x: number;
  readonly z: number;
}

/** Three unit vectors at right angles: to the right, up and forward of a body. */
export interface Frame {
  readonly right: Vector3;
  readonly up: Vector3;
  readonly forward: Vector3;
}

export const vector = (x: number, y: number, z: number): Vector3 => ({ x, y, z });
export const add = (a: Vector3, b: Vector3): Vector3 => ({ x: a.x + b.x, y: a.y + b.y, z: a.z + b.z });
export const subtract = (a: Vector3, b: Vector3): Vector3 => ({ x: a.x - b.x, y: a.y - b.y, z: a.z - b.z });
export const scale = (a: Vector3, factor: number): Vector3 => ({ x: a.x * factor, y: a.y * factor, z: a.z * factor });
export const dot = (a: Vector3, b: Vector3): number => a.x * b.x + a.y * b.y + a.z * b.z;
/** By the plain root: `Math.hypot` guards against overflow at ten times the cost. */
export const length = (a: Vector3): number => Math.sqrt(a.x * a.x + a.y * a.y + a.z * a.z);

/** `a` moved by `distance` along `direction`. */
export const along = (a: Vector3, direction: Vector3, distance: number): Vector3 => ({
  x: a.x + direction.x * distance,
  y: a.y + direction.y * distance,
  z: a.z + direction.z * distance,
});

/** `a` at weight 0, `b` at weight 1. */
export const mixVectors = (a: Vector3, b: Vector3, weight: number): Vector3 => ({
  x: a.x + (b.x - a.x) * weight,
  y: a.y + (b.y - a.y) * weight,
  z: a.z + (b.z - a.z) * weight,
});

/** `a` at length 1; `fallback` where `a` has none. */
export function normalized(a: Vector3, fallback: Vector3 = { x: 0, y: 1, z: 0 }): Vector3 {
  const size = length(a);
  return size > 1e-9 ? scale(a, 1 / size) : fallback;
}

/** The part of `a` at right angles to the unit vector `axis`, at length 1. */
export const perpendicularTo = (axis: Vector3, a: Vector3, fallback: Vector3): Vector3 =>
  normalized(along(a, axis, -dot(a, axis)), fallback);

/** `from` at angle 0, `towards` at a right angle; both unit and at right angles to each other. */
const turned = (from: Vector3, towards: Vector3, angle: number): Vector3 =>
  along(scale(from, Math.cos(angle)), towards, Math.sin(angle));

/** The upright frame of a body that faces `heading` radians: 0 looks along +z, a quarter turn along +x. */
export function frameFacing(heading: number): Frame {
  const sin = Math.sin(heading);
  const cos = Math.cos(heading);
  return { right: vector(cos, 0, -sin), up: vector(0, 1, 0), forward: vector(sin, 0, cos) };
}

/** `frame` leant forward by `angle` radians. */
export const pitched = (frame: Frame, angle: number): Frame => ({
  right: frame.right,
  up: turned(frame.up, frame.forward, angle),
  forward: turned(frame.forward, scale(frame.up, -1), angle),
});

/** `frame` leant to its right by `angle` radians. */
export const rolled = (frame: Frame, angle: number): Frame => ({
  right: turned(frame.right, scale(frame.up, -1), angle),
  up: turned(frame.up, frame.right, angle),
  forward: frame.forward,
});

/** `frame` turned to its right by `angle` radians. */
export const yawed = (frame: Frame, angle: number): Frame => ({
  right: turned(frame.right, scale(frame.forward, -1), angle),
  up: frame.up,
  forward: turned(frame.forward, frame.right, angle),
});

/** The angle from `from` to `to` on the ground, as a heading. */
export const headingTowards = (from: GroundPoint, to: GroundPoint): number => Math.atan2(to.x - from.x, to.z - from.z);

/** Headings mixed the short way round. */
export function mixHeadings(a: number, b: number, weight: number): number {
  const turn = Math.atan2(Math.sin(b - a), Math.cos(b - a));
  return a + turn * weight;
}

/** 0 below `low`, 1 above `high`, with no kink between. */
export function smoothstep(low: number, high: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return t * t * (3 - 2 * t);
}
