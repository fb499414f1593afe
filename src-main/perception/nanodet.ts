/** Decodes the heads of NanoDet: per cell 80 class logits and four side distances as distributions over 11 bins. */
import { logitOf, sigmoid } from '../math/logistic.ts';
import type { Detection } from './detection.ts';

/** One head: `[rows, columns, 124]`, a cell per `stride` x `stride` pixels of the image. */
export interface NanodetHead {
  readonly stride: number;
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

export interface NanodetOptions {
  /** Lowest score that is kept. */
  readonly minScore?: number;
  /** Boxes of one class that overlap more than this are one object. Source: nanodet-g.yml. */
  readonly maxOverlap?: number;
  readonly maxObjects?: number;
}

export const classCount = 80;
const bins = 11;
export const valuesPerCell = classCount + 4 * bins;

/** Below this NanoDet-g says little: at .3 about nine in ten persons of real camera frames are persons. */
const defaultMinScore = 0.3;

/**
 * The objects in an image, best first, with boxes in pixels of the image (a box may reach over its edge).
 * Source: RangiLyu/nanodet (generalised focal loss, X. Li et al. 2020): side = stride · Σ softmax(bins) · (0..10)
 * around the centre of the cell; suppression per class.
 */
export function decodeNanodet(heads: readonly NanodetHead[], options: NanodetOptions = {}): Detection[] {
  const { minScore = defaultMinScore, maxOverlap = 0.5, maxObjects = 100 } = options;
  // The logistic function is monotonic: comparing logits spares a quarter of a million exponentials.
  const minLogit = logitOf(minScore);
  const candidates: Detection[] = [];
  for (const head of heads) collectCandidates(head, minLogit, candidates);
  return suppress(candidates, maxOverlap).slice(0, maxObjects);
}

function collectCandidates(head: NanodetHead, minLogit: number, into: Detection[]): void {
  const { rows, columns, values } = head;
  for (let cell = 0; cell < rows * columns; cell++) {
    const start = cell * valuesPerCell;
    for (let index = 0; index < classCount; index++) {
      const logit = values[start + index] ?? -Infinity;
      if (!(logit >= minLogit)) continue;
      into.push({ class: index, score: sigmoid(logit), box: boxOf(head, cell) });
    }
  }
}

function boxOf({ stride, columns, values }: NanodetHead, cell: number) {
  const start = cell * valuesPerCell + classCount;
  const side = (index: number) => stride * expectedBin(values, start + index * bins);
  const x = ((cell % columns) + 0.5) * stride;
  const y = (Math.floor(cell / columns) + 0.5) * stride;
  const [left, top, right, bottom] = [side(0), side(1), side(2), side(3)];
  return { x: x - left, y: y - top, width: left + right, height: top + bottom };
}

/** Mean of the distribution over 0..10 whose logits begin at `start`. */
function expectedBin(values: Float32Array, start: number): number {
  let highest = -Infinity;
  for (let bin = 0; bin < bins; bin++) highest = Math.max(highest, values[start + bin] ?? 0);
  let total = 0;
  let weighted = 0;
  for (let bin = 0; bin < bins; bin++) {
    const weight = Math.exp((values[start + bin] ?? 0) - highest);
    total += weight;
    weighted += weight * bin;
  }
  return weighted / total;
}

/** Non-maximum suppression per class, greedy from the best; equal scores keep their order. Returns best first. */
function suppress(candidates: readonly Detection[], maxOverlap: number): Detection[] {
  const kept: Detection[] = [];
  for (const candidate of candidates.toSorted((a, b) => b.score - a.score)) {
    const again = kept.some(
      (other) => other.class === candidate.class && overlap(other.box, candidate.box) > maxOverlap,
    );
    if (!again) kept.push(candidate);
  }
  return kept;
}

type Rectangle = Detection['box'];

/** Intersection over union in [0, 1]; 0 where both are empty. */
function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}
