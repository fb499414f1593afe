/** Decodes the six heads of MoveNet MultiPose: any number of persons, each with 17 keypoints of its own. */
import { logitOf, sigmoid } from '../math/logistic.ts';
import type { Person } from './detection.ts';

/** The heads at a quarter of the image's size, row by row: values of a cell lie together, y before x. */
export interface MovenetHeads {
  readonly rows: number;
  readonly columns: number;
  /** `[rows, columns]` logits: a person's centre is here. */
  readonly center: Float32Array;
  /** `[rows, columns, 2]` height and width in cells. */
  readonly boxScale: Float32Array;
  /** `[rows, columns, 2]` where in the cell the centre lies. */
  readonly boxOffset: Float32Array;
  /** `[rows, columns, 17]` logits. */
  readonly heatmap: Float32Array;
  /** `[rows, columns, 34]` from the centre's cell to each keypoint, in cells. */
  readonly regress: Float32Array;
  /** `[rows, columns, 34]` where in the cell each keypoint lies. */
  readonly offset: Float32Array;
}

export interface MovenetOptions {
  readonly minScore?: number;
  /** Lowest mean score of the keypoints: a centre without a body is furniture. */
  readonly minKeypointScore?: number;
  readonly maxPersons?: number;
}

export const keypointCount = 17;
const movenetStride = 4;

const defaultMinScore = 0.2;
/**
 * On 30 frames of 7 recordings every person that NanoDet saw too (50 of them) had .19 or more; 9 of the 17 others had
 * less than this: table legs, bins, wheels.
 */
const defaultMinKeypointScore = 0.15;
/** A centre is the highest of the cells at most two away. */
const peakReach = 2;
/** Spread of the weight around the regressed place. Source: the published graph (`mul_6/y`). */
const spread = 0.3;

/**
 * The persons in an image, best first, in pixels of the image. Like the published graph (CenterNet, X. Zhou et al.
 * 2019, with MoveNet's weighted heatmaps) except that it does not stop at six people, that the scores of equal
 * neighbouring peaks go to the first alone, and that a centre without keypoints is nobody.
 * Keypoint k is the argmax, over the cells of the person's box, of sigmoid(heat_k) · exp(−d² / (0.3 · min(rows,
 * columns))) with d the distance in cells to centre + regress_k; its score is that product.
 */
export function decodeMovenet(heads: MovenetHeads, options: MovenetOptions = {}): Person[] {
  const { minScore = defaultMinScore, minKeypointScore = defaultMinKeypointScore, maxPersons = 50 } = options;
  return peaksOf(heads, logitOf(minScore))
    .toSorted((a, b) => b.logit - a.logit)
    .slice(0, maxPersons)
    .map((peak) => personAt(heads, peak))
    .filter((person) => meanKeypointScore(person) >= minKeypointScore);
}

function meanKeypointScore({ keypoints }: Person): number {
  let sum = 0;
  for (let k = 0; k < keypointCount; k++) sum += keypoints[3 * k + 2] ?? 0;
  return sum / keypointCount;
}

interface Peak {
  readonly row: number;
  readonly column: number;
  readonly logit: number;
}

function peaksOf(heads: MovenetHeads, minLogit: number): Peak[] {
  const { rows, columns, center } = heads;
  const peaks: Peak[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const logit = center[row * columns + column] ?? -Infinity;
      if (logit >= minLogit && isPeak(heads, row, column, logit)) peaks.push({ row, column, logit });
    }
  }
  return peaks;
}

function isPeak({ rows, columns, center }: MovenetHeads, row: number, column: number, logit: number): boolean {
  for (let y = Math.max(0, row - peakReach); y <= Math.min(rows - 1, row + peakReach); y++) {
    for (let x = Math.max(0, column - peakReach); x <= Math.min(columns - 1, column + peakReach); x++) {
      const other = center[y * columns + x] ?? -Infinity;
      const earlier = y < row || (y === row && x < column);
      if (other > logit || (earlier && other === logit)) return false;
    }
  }
  return true;
}

function personAt(heads: MovenetHeads, { row, column, logit }: Peak): Person {
  const { rows, columns, boxScale, boxOffset } = heads;
  const cell = row * columns + column;
  const at = (values: Float32Array, index: number) => values[index] ?? 0;
  const y = row + at(boxOffset, 2 * cell);
  const x = column + at(boxOffset, 2 * cell + 1);
  const halfHeight = Math.max(0, at(boxScale, 2 * cell)) / 2;
  const halfWidth = Math.max(0, at(boxScale, 2 * cell + 1)) / 2;
  const within = (value: number, limit: number) => Math.min(limit, Math.max(0, value));
  const box = {
    top: within(y - halfHeight, rows),
    left: within(x - halfWidth, columns),
    bottom: within(y + halfHeight, rows),
    right: within(x + halfWidth, columns),
  };
  const keypoints = new Float32Array(3 * keypointCount);
  for (let k = 0; k < keypointCount; k++) {
    keypoints.set(keypointIn(heads, box, cell, k), 3 * k);
  }
  return {
    score: sigmoid(logit),
    box: {
      x: box.left * movenetStride,
      y: box.top * movenetStride,
      width: (box.right - box.left) * movenetStride,
      height: (box.bottom - box.top) * movenetStride,
    },
    keypoints,
  };
}

interface Cells {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Keypoint `k` of the person whose centre is in `cell`, as [x, y, score] in pixels. */
function keypointIn(heads: MovenetHeads, box: Cells, cell: number, k: number): [number, number, number] {
  const { rows, columns, heatmap, regress, offset } = heads;
  const expectedY = Math.floor(cell / columns) + (regress[(cell * keypointCount + k) * 2] ?? 0);
  const expectedX = (cell % columns) + (regress[(cell * keypointCount + k) * 2 + 1] ?? 0);
  const width = spread * Math.min(rows, columns);
  let best = 0;
  let bestCell = -1;
  for (let y = Math.ceil(box.top); y < box.bottom; y++) {
    for (let x = Math.ceil(box.left); x < box.right; x++) {
      const distance = (y - expectedY) ** 2 + (x - expectedX) ** 2;
      const nearness = Math.exp(-distance / width);
      // The heat is at most 1: where nearness alone loses, its exponential is not needed.
      if (nearness <= best) continue;
      const score = sigmoid(heatmap[(y * columns + x) * keypointCount + k] ?? -Infinity) * nearness;
      if (score > best) {
        best = score;
        bestCell = y * columns + x;
      }
    }
  }
  if (bestCell < 0) return [expectedX * movenetStride, expectedY * movenetStride, 0];
  const y = Math.floor(bestCell / columns) + (offset[(bestCell * keypointCount + k) * 2] ?? 0);
  const x = (bestCell % columns) + (offset[(bestCell * keypointCount + k) * 2 + 1] ?? 0);
  return [x * movenetStride, y * movenetStride, best];
}
