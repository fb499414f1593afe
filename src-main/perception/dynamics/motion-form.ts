/** How the cells of a picture, or of a part of it, move at one instant: how fast, how orderly, which way. */
import type { MotionObservation } from '../motion.ts';
import { motionColumns, motionRows } from '../motion.ts';
import type { Measurement } from './quantities.ts';

/** Less moving than this says nothing of form: two hundredths of a percent of noise would be followed. */
export const visibleMotion = 0.002;
/** Cells with less than this have no velocity (block matching leaves them out). */
export const movingCell = 0.05;
const directionBins = 8;

export const everyCell: readonly number[] = Array.from({ length: motionColumns * motionRows }, (_, cell) => cell);

export interface CellMotion {
  /** Picture heights per second, energy-weighted over the cells that a displacement explains; null without any. */
  readonly flow: {
    readonly speed: number;
    readonly dispersion: number;
    /** |mean velocity| / mean speed, [0, 1]: 1 where all goes one way. */
    readonly coherence: number;
    /** Mean |velocity| of the cells / mean speed, [0, 1]: 1 where each cell by itself goes one way. */
    readonly order: number;
    /** Entropy of the direction over eight directions by energy and speed, [0, 1]. */
    readonly directions: number;
    /** Σ|vertical| / (Σ|vertical| + Σ|horizontal|), [0, 1]. */
    readonly vertical: number;
  } | null;
  /** Share of the moving cells' energy without a displacement that explains it, [0, 1]; null where no cell moves. */
  readonly unexplained: number | null;
}

/** The motion of `cells` together, each weighted by its moving share. */
export function cellMotion({ grid, velocity, speed: speeds }: MotionObservation, cells: readonly number[]): CellMotion {
  let [moving, followed, sumX, sumY, speed, lengths, squares, absX, absY] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  const bins = new Float64Array(directionBins);
  for (const cell of cells) {
    const weight = grid[cell] as number;
    if (weight <= movingCell) continue;
    moving += weight;
    const x = velocity[2 * cell] as number;
    const y = velocity[2 * cell + 1] as number;
    if (x === 0 && y === 0) continue;
    const length = Math.hypot(x, y);
    followed += weight;
    sumX += weight * x;
    sumY += weight * y;
    // What moves against each other inside a cell cancels in its velocity, not in its speed.
    speed += weight * Math.max(length, speeds[cell] as number);
    lengths += weight * length;
    squares += weight * length * length;
    absX += weight * Math.abs(x);
    absY += weight * Math.abs(y);
    const turn = (Math.atan2(y, x) / (2 * Math.PI) + 1) % 1;
    const bin = Math.min(directionBins - 1, Math.floor(turn * directionBins));
    bins[bin] = (bins[bin] as number) + weight * length;
  }
  if (moving === 0) return { flow: null, unexplained: null };
  const unexplained = Math.max(0, 1 - followed / moving);
  if (followed === 0) return { flow: null, unexplained };
  const mean = Math.hypot(sumX, sumY) / followed;
  return {
    flow: {
      speed: speed / followed,
      dispersion: Math.sqrt(Math.max(0, squares / followed - mean * mean)),
      coherence: Math.min(1, Math.hypot(sumX, sumY) / speed),
      order: lengths / speed,
      directions: entropy(bins),
      vertical: absY / (absX + absY),
    },
    unexplained,
  };
}

/** Entropy of the shares of `values` relative to its largest value, [0, 1]; 0 where all are 0. */
export function entropy(values: ArrayLike<number>): number {
  let [total, sum] = [0, 0];
  for (let index = 0; index < values.length; index++) total += values[index] as number;
  if (total <= 0) return 0;
  for (let index = 0; index < values.length; index++) {
    const share = (values[index] as number) / total;
    if (share > 0) sum -= share * Math.log(share);
  }
  return Math.min(1, Math.max(0, sum / Math.log(values.length)));
}

/** Middle and spread of what moves, in shares of the picture; the grid must not be empty of motion. */
export function energyPlace(grid: Float32Array): { readonly x: number; readonly y: number; readonly spread: number } {
  let [total, sumX, sumY, squares] = [0, 0, 0, 0];
  for (let cell = 0; cell < grid.length; cell++) {
    const weight = grid[cell] as number;
    const x = ((cell % motionColumns) + 0.5) / motionColumns;
    const y = (Math.floor(cell / motionColumns) + 0.5) / motionRows;
    total += weight;
    sumX += weight * x;
    sumY += weight * y;
    squares += weight * (x * x + y * y);
  }
  const [x, y] = [sumX / total, sumY / total];
  return { x, y, spread: Math.sqrt(Math.max(0, squares / total - x * x - y * y)) };
}

/** Mean difference of velocity between cells side by side that both move, by the weaker one's share; null without such. */
export function neighbourDisagreement({ grid, velocity }: MotionObservation): number | null {
  let [sum, weights] = [0, 0];
  for (let cell = 0; cell < grid.length; cell++) {
    const right = cell % motionColumns < motionColumns - 1 ? cell + 1 : null;
    const below = cell + motionColumns < grid.length ? cell + motionColumns : null;
    for (const other of [right, below]) {
      if (other === null) continue;
      const weight = Math.min(grid[cell] as number, grid[other] as number);
      if (weight <= movingCell) continue;
      const x = (velocity[2 * cell] as number) - (velocity[2 * other] as number);
      const y = (velocity[2 * cell + 1] as number) - (velocity[2 * other + 1] as number);
      sum += weight * Math.hypot(x, y);
      weights += weight;
    }
  }
  return weights > 0 ? sum / weights : null;
}

/** What the whole picture's cells tell in one frame. */
export function motionForm(motion: MotionObservation): Measurement[] {
  const measured: Measurement[] = [['energy', Math.sqrt(motion.energy)]];
  if (motion.energy < visibleMotion) return measured;
  const { flow, unexplained } = cellMotion(motion, everyCell);
  const disagreement = neighbourDisagreement(motion);
  measured.push(
    ['energy-entropy', entropy(motion.grid)],
    ['energy-spread', energyPlace(motion.grid).spread],
    ['energy-peak', motion.grid.reduce((most, value) => Math.max(most, value), 0)],
    ['speed', motion.flow.speed],
    ['speed-peak', motion.flow.peak],
    ['erratic', motion.erratic],
  );
  if (unexplained !== null) measured.push(['unexplained', unexplained]);
  if (disagreement !== null) measured.push(['disagreement', disagreement]);
  if (flow !== null) {
    measured.push(
      ['coherence', flow.coherence],
      ['order', flow.order],
      ['dispersion', flow.dispersion],
      ['directions', flow.directions],
      ['vertical', flow.vertical],
    );
  }
  return measured;
}
