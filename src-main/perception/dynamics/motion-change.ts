/** How the motion of a picture changes over a fraction of a second: who walks goes on as before, who fights does not. */
import type { MotionObservation } from '../motion.ts';
import { energyPlace, movingCell, visibleMotion } from './motion-form.ts';
import type { Measurement, Span } from './quantities.ts';

/** Speed below which a relative change of velocity is noise of the matching, picture heights per second. */
const slowest = 0.02;

/**
 * From one frame to a later one, `seconds` apart, of a picture `aspect` times as wide as high. Nothing where one of the
 * two hardly moves.
 *
 * Source: that the change of flow tells violence from other motion is Hassner, Itcher and Kliper-Gross 2012 (ViF); the
 * measures are ours.
 */
export function motionChange(
  before: MotionObservation,
  after: MotionObservation,
  { seconds, aspect, span }: { readonly seconds: number; readonly aspect: number; readonly span: Span },
): Measurement[] {
  if (before.energy < visibleMotion || after.energy < visibleMotion) return [];
  const measured: Measurement[] = [
    [`likeness:${span}`, (1 + correlation(before.grid, after.grid)) / 2],
    [`flicker:${span}`, relativeDifference(before.grid, after.grid)],
  ];
  const [from, to] = [energyPlace(before.grid), energyPlace(after.grid)];
  measured.push([`drift:${span}`, Math.hypot((to.x - from.x) * aspect, to.y - from.y) / seconds]);
  const velocities = velocityChange(before, after);
  if (velocities !== null) {
    measured.push(
      [`velocity-step:${span}`, velocities.step],
      [`velocity-change:${span}`, velocities.step / (velocities.speed + slowest)],
    );
  }
  return measured;
}

/** Over the cells that move at both ends, weighted by the weaker end; null without such cells. */
function velocityChange(before: MotionObservation, after: MotionObservation): { step: number; speed: number } | null {
  let [weights, step, speed] = [0, 0, 0];
  for (let cell = 0; cell < before.grid.length; cell++) {
    const weight = Math.min(before.grid[cell] as number, after.grid[cell] as number);
    if (weight <= movingCell) continue;
    const [x0, y0] = [before.velocity[2 * cell] as number, before.velocity[2 * cell + 1] as number];
    const [x1, y1] = [after.velocity[2 * cell] as number, after.velocity[2 * cell + 1] as number];
    weights += weight;
    step += weight * Math.hypot(x1 - x0, y1 - y0);
    speed += (weight * (Math.hypot(x0, y0) + Math.hypot(x1, y1))) / 2;
  }
  return weights > 0 ? { step: step / weights, speed: speed / weights } : null;
}

/** Pearson's, [-1, 1]; 0 where one of the two does not vary. */
function correlation(a: Float32Array, b: Float32Array): number {
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [product, squareA, squareB] = [0, 0, 0];
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [(a[index] as number) - meanA, (b[index] as number) - meanB];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  const scale = Math.sqrt(squareA * squareB);
  return scale > 0 ? Math.max(-1, Math.min(1, product / scale)) : 0;
}

/** Σ|a − b| / Σ(a + b), [0, 1]. */
function relativeDifference(a: Float32Array, b: Float32Array): number {
  let [difference, sum] = [0, 0];
  for (let index = 0; index < a.length; index++) {
    difference += Math.abs((a[index] as number) - (b[index] as number));
    sum += (a[index] as number) + (b[index] as number);
  }
  return sum > 0 ? difference / sum : 0;
}
