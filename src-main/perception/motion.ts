/** Motion of a frame against its neighbour at a fixed lag: what moves, how, and what the camera itself did. */
import { blockFlow, type CellFlow } from './block-flow.ts';
import { cellVelocities } from './cell-velocity.ts';
import { estimateGlobalChange } from './global-change.ts';
import type { LumaImage } from './luma.ts';

/** Columns and rows of the energy grid over the displayed picture. */
export const motionColumns = 16;
export const motionRows = 9;

export interface MotionObservation {
  /** Seconds between the frame and its neighbour, positive; 0 where there is no other frame (all else is 0 then). */
  readonly lag: number;
  /** Share of the picture that moves, [0, 1]. */
  readonly energy: number;
  /** `[motionRows, motionColumns]`, row by row: share of each cell that moves, [0, 1]; its mean is about `energy`. */
  readonly grid: Float32Array;
  /**
   * `[motionRows, motionColumns, 2]`: mean velocity of what moves in each cell, picture heights per second (x right, y
   * down); 0 where nothing moves or no displacement explains it.
   */
  readonly velocity: Float32Array;
  /** `[motionRows, motionColumns]`: mean speed of what moves in each cell, likewise. */
  readonly speed: Float32Array;
  readonly global: {
    /** Change of the picture's mean brightness, towards the later of the two frames, [-1, 1]. */
    readonly light: number;
    /** Displacement of the whole picture (the camera was moved), in picture widths (x) and heights (y); 0 if still. */
    readonly shiftX: number;
    readonly shiftY: number;
    /** The two frames show different pictures; energy, grid, shift and flow are 0 then. */
    readonly cut: boolean;
  };
  readonly flow: {
    /** Mean speed of what moves, weighted by energy, picture heights per second. */
    readonly speed: number;
    /** Speed that nine tenths of what moves do not exceed, picture heights per second. */
    readonly peak: number;
    /** Mean velocity of what moves, picture heights per second, x to the right, y down. */
    readonly x: number;
    readonly y: number;
    /** |mean velocity| / mean speed, [0, 1]; 0 where nothing moves. */
    readonly coherence: number;
  };
  /** Share of the energy that no displacement within the search range explains, [0, 1]; 0 where nothing moves. */
  readonly erratic: number;
}

/**
 * A pixel moves where it differs from its prediction by more than `floor + 3 noise + slope · 0.35`: the first for
 * quantisation, the second for the sensor and the codec (whose noise is measured in this very pair), the third for
 * edges that jitter by a third of a pixel. It counts in full at twice that. The constants are ours.
 */
const floorLevels = 4;
const noiseFactor = 3;
const edgeFactor = 0.35;
/** More noise than this is not noise: more than half of the picture moves. */
const mostNoise = 6;
/** Pictures that correlate less than this have nothing in common… */
const cutCorrelation = 0.5;
/** …if at least this share of the pixels is off by this many levels, */
const cutShare = 0.5;
const cutLevels = 8;
/** or the contrast is all but gone, or came from nothing (a covered or uncovered lens). */
const lostContrast = 0.25;

/**
 * Motion between two luma images of the same size, in the order of time, `lag` seconds apart. Energy is about the
 * same whichever way time runs. Changes of light and displacements of the whole picture are measured and taken out first.
 * Images of different sizes (the recording changed its format) count as a cut.
 */
export function observeMotion(earlier: LumaImage, later: LumaImage, lag: number): MotionObservation {
  const { width, height } = later;
  const grid = new Float32Array(motionColumns * motionRows);
  const none = { speed: 0, peak: 0, x: 0, y: 0, coherence: 0 };
  if (lag <= 0 || width === 0 || height === 0) {
    const global = { light: 0, shiftX: 0, shiftY: 0, cut: false };
    return { lag: 0, energy: 0, grid, ...standing(), global, flow: none, erratic: 0 };
  }
  const cut = (light: number): MotionObservation => ({
    lag,
    energy: 0,
    grid: new Float32Array(grid.length),
    ...standing(),
    global: { light, shiftX: 0, shiftY: 0, cut: true },
    flow: none,
    erratic: 0,
  });
  if (earlier.width !== width || earlier.height !== height) return cut(0);
  const change = estimateGlobalChange(earlier, later);
  const noise = Math.min(change.noise, mostNoise);
  const moving = movingPixels(change.predicted, later, noise);
  const energy = sumInto(grid, moving, width, height);
  const { correlation, off, brightness } = compare(change.predicted, earlier.data, later.data);
  const contrastLost = change.gain <= lostContrast || change.gain >= 1 / lostContrast;
  if (correlation < cutCorrelation && (off >= cutShare || contrastLost)) return cut(brightness / 255);
  const cells = blockFlow({
    width,
    height,
    earlier: change.predicted,
    later: later.data,
    grid,
    columns: motionColumns,
    rows: motionRows,
    noise,
  });
  return {
    lag,
    energy,
    grid,
    ...cellVelocities(earlier, later, change, moving, lag, { columns: motionColumns, rows: motionRows }),
    global: {
      light: Math.min(1, Math.max(-1, change.light / 255)),
      shiftX: change.shiftX / width,
      shiftY: change.shiftY / height,
      cut: false,
    },
    ...summary(cells, 1 / (height * lag)),
  };
}

/** Nothing moves anywhere. */
const standing = () => ({
  velocity: new Float32Array(2 * motionColumns * motionRows),
  speed: new Float32Array(motionColumns * motionRows),
});

/** `[height, width]`: how much each pixel moves, [0, 1]; a pixel without a moving neighbour is noise. */
function movingPixels(predicted: Float32Array, later: LumaImage, noise: number): Float32Array {
  const { width, height, data } = later;
  const raw = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const up = y > 0 ? -width : 0;
    const down = y < height - 1 ? width : 0;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const expected = predicted[at] as number;
      const left = x > 0 ? -1 : 0;
      const right = x < width - 1 ? 1 : 0;
      const slope =
        Math.abs((data[at + right] as number) - (data[at + left] as number)) +
        Math.abs((data[at + down] as number) - (data[at + up] as number));
      const threshold = floorLevels + noiseFactor * noise + (edgeFactor / 2) * slope;
      const excess = Math.abs((data[at] as number) - expected) / threshold - 1;
      // NaN (not covered by the earlier picture) fails the comparison.
      raw[at] = excess > 0 ? Math.min(1, excess) : 0;
    }
  }
  const moving = new Float32Array(data.length);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const value = raw[at] as number;
      if (value === 0) continue;
      const around =
        (raw[at - 1] as number) + (raw[at + 1] as number) + (raw[at - width] as number) + (raw[at + width] as number);
      if (around > 0) moving[at] = value;
    }
  }
  return moving;
}

/** Fills `grid` with the means of its cells and returns the mean of all pixels. */
function sumInto(grid: Float32Array, moving: Float32Array, width: number, height: number): number {
  const counts = new Uint32Array(grid.length);
  let total = 0;
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * motionRows) / height) * motionColumns;
    for (let x = 0; x < width; x++) {
      const cell = row + Math.floor((x * motionColumns) / width);
      const value = moving[y * width + x] as number;
      grid[cell] = (grid[cell] as number) + value;
      counts[cell] = (counts[cell] as number) + 1;
      total += value;
    }
  }
  for (let cell = 0; cell < grid.length; cell++) {
    const count = counts[cell] as number;
    grid[cell] = count === 0 ? 0 : Math.min(1, (grid[cell] as number) / count);
  }
  return Math.min(1, total / (width * height));
}

/** Pearson correlation of prediction and picture, share of pixels off, and the plain difference of mean brightness. */
function compare(predicted: Float32Array, earlier: Float32Array, later: Float32Array) {
  let count = 0;
  let sumA = 0;
  let sumB = 0;
  let squareA = 0;
  let squareB = 0;
  let product = 0;
  let wrong = 0;
  let difference = 0;
  for (let index = 0; index < later.length; index++) {
    const a = predicted[index] as number;
    const b = later[index] as number;
    difference += b - (earlier[index] as number);
    if (Number.isNaN(a)) continue;
    count++;
    if (Math.abs(b - a) > cutLevels) wrong++;
    sumA += a;
    sumB += b;
    squareA += a * a;
    squareB += b * b;
    product += a * b;
  }
  const varianceA = squareA - (sumA * sumA) / count;
  const varianceB = squareB - (sumB * sumB) / count;
  // Two levels of standard deviation are added for pictures without any content, which would correlate by chance.
  const spread = Math.sqrt((varianceA + 4 * count) * (varianceB + 4 * count));
  const correlation = (product - (sumA * sumB) / count) / Math.max(spread, 1e-9);
  return { correlation, off: wrong / Math.max(count, 1), brightness: difference / later.length };
}

/** Speeds and directions of the cells; `scale` turns pixels into picture heights per second. */
function summary(cells: readonly CellFlow[], scale: number): Pick<MotionObservation, 'flow' | 'erratic'> {
  let weight = 0;
  let erratic = 0;
  let explained = 0;
  let speed = 0;
  let x = 0;
  let y = 0;
  const speeds: { speed: number; weight: number }[] = [];
  for (const cell of cells) {
    weight += cell.weight;
    erratic += cell.weight * cell.unexplained;
    // The displacement of a cell counts as far as it explains the cell.
    const trusted = cell.weight * (1 - cell.unexplained);
    const length = Math.hypot(cell.x, cell.y) * scale;
    explained += trusted;
    speed += trusted * length;
    x += trusted * cell.x * scale;
    y += trusted * cell.y * scale;
    speeds.push({ speed: length, weight: trusted });
  }
  if (weight === 0) return { flow: { speed: 0, peak: 0, x: 0, y: 0, coherence: 0 }, erratic: 0 };
  speeds.sort((a, b) => a.speed - b.speed);
  let passed = 0;
  const peak = speeds.find((cell) => (passed += cell.weight) >= 0.9 * explained)?.speed ?? 0;
  const over = Math.max(explained, 1e-9);
  return {
    flow: {
      speed: speed / over,
      peak,
      x: x / over,
      y: y / over,
      coherence: speed > 0 ? Math.min(1, Math.hypot(x, y) / speed) : 0,
    },
    erratic: erratic / weight,
  };
}
