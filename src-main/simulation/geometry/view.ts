/** A fixed pinhole camera: from the world of a scene to pixels and back. */
import { dot, frameFacing, normalized, pitched, scale, subtract, add, type Frame, type Vector3 } from './vector.ts';

/** Where a camera hangs and looks. */
export interface View {
  readonly position: Vector3;
  /** Radians; 0 looks along +z, positive turns to +x. */
  readonly yaw: number;
  /** Radians; positive looks down. */
  readonly pitch: number;
  /** Focal length in picture widths: .8 sees 64 degrees across. */
  readonly focal: number;
}

export interface Projection {
  readonly width: number;
  readonly height: number;
  readonly position: Vector3;
  readonly axes: Frame;
  /** Focal length in pixels. */
  readonly focalPixels: number;
  readonly centreX: number;
  readonly centreY: number;
}

/** The projection of `view` onto a picture of `width` × `height` pixels. */
export function projectionFrom(view: View, width: number, height: number): Projection {
  return {
    width,
    height,
    position: view.position,
    axes: pitched(frameFacing(view.yaw), view.pitch),
    focalPixels: view.focal * width,
    centreX: width / 2,
    centreY: height / 2,
  };
}

/** Pixel position of `point` (x right, y down) and its depth in metres along the optical axis; depth ≤ 0 lies behind. */
export function project(projection: Projection, point: Vector3): { x: number; y: number; depth: number } {
  const offset = subtract(point, projection.position);
  const depth = dot(offset, projection.axes.forward);
  const factor = projection.focalPixels / depth;
  return {
    x: projection.centreX + dot(offset, projection.axes.right) * factor,
    y: projection.centreY - dot(offset, projection.axes.up) * factor,
    depth,
  };
}

/** Unit direction of the ray that leaves the camera through pixel position (x, y). */
export function rayThrough(projection: Projection, x: number, y: number): Vector3 {
  const { axes, focalPixels, centreX, centreY } = projection;
  const sideways = scale(axes.right, (x - centreX) / focalPixels);
  const upwards = scale(axes.up, (centreY - y) / focalPixels);
  return normalized(add(add(axes.forward, sideways), upwards));
}
