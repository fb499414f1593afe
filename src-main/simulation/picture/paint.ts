/** Paint that is sprayed on a wall while the camera looks: pixel by pixel, and there to stay. */
import { mixVectors, length, subtract } from '../geometry/vector.ts';
import { project, type Projection } from '../geometry/view.ts';
import type { DepthSamples } from '../ground-truth.ts';
import type { PaintPlan } from '../scene-effects.ts';

interface PaintedPixel {
  readonly index: number;
  /** When it is sprayed. */
  readonly time: number;
  /** 8-bit colour. */
  readonly colour: readonly [number, number, number];
}

/** How much of what lies below shows through. */
const cover = 0.82;
/** Share of its depth by which the wall may lie before the paint and still be the wall. */
const slack = 0.02;

/** The pixels that `plans` paint, seen through `projection` before the fixed `depth`, as `tone` codes their colours. */
export function paintedPixels(
  plans: readonly PaintPlan[],
  projection: Projection,
  depth: DepthSamples,
  tone: (linear: number) => number,
): PaintedPixel[] {
  const first = new Map<number, PaintedPixel>();
  const scale = depth.width / projection.width;
  for (const { points, width, colour, start, end } of plans) {
    const lengths = points.map((point, index) => length(subtract(point, points[Math.max(0, index - 1)] ?? point)));
    const whole = lengths.reduce((sum, part) => sum + part, 0);
    let behind = 0;
    for (const [index, to] of points.entries()) {
      const from = points[Math.max(0, index - 1)] ?? to;
      const part = lengths[index] ?? 0;
      const steps = Math.ceil(part / 0.02);
      for (let step = 0; step < steps; step++) {
        const seen = project(projection, mixVectors(from, to, step / steps));
        const radius = Math.max(0.5, (width * projection.focalPixels) / seen.depth / 2);
        const time = start + ((end - start) * (behind + (part * step) / steps)) / whole;
        for (let row = Math.floor(seen.y - radius); row <= seen.y + radius; row++) {
          for (let column = Math.floor(seen.x - radius); column <= seen.x + radius; column++) {
            if (row < 0 || column < 0 || row >= projection.height || column >= projection.width) continue;
            if (Math.hypot(row + 0.5 - seen.y, column + 0.5 - seen.x) > radius) continue;
            const wall = depth.inverseDepth[Math.floor(row * scale) * depth.width + Math.floor(column * scale)] ?? 0;
            const pixel = row * projection.width + column;
            if (wall * seen.depth > 1 + slack || first.has(pixel)) continue;
            first.set(pixel, { index: pixel, time, colour: [tone(colour[0]), tone(colour[1]), tone(colour[2])] });
          }
        }
      }
      behind += part;
    }
  }
  return [...first.values()];
}

/** Paints what is sprayed by `time` into `picture` [H, W, 3]. */
export function applyPaint(pixels: readonly PaintedPixel[], picture: Uint8Array, time: number): void {
  for (const pixel of pixels) {
    if (pixel.time > time) continue;
    for (const [channel, value] of pixel.colour.entries()) {
      const at = 3 * pixel.index + channel;
      picture[at] = (picture[at] ?? 0) * (1 - cover) + value * cover;
    }
  }
}
