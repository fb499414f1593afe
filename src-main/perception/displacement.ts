/** How far the moving parts of a picture went, to a fraction of a pixel: Lucas–Kanade on small blocks, coarse to fine. */
import type { LumaImage } from './luma.ts';

interface Displacements {
  readonly columns: number;
  readonly rows: number;
  /** `[rows, columns, 2]`: from the earlier to the later picture, pixels of the pictures given; NaN where not known. */
  readonly values: Float32Array;
}

/** Side of a block, pixels. Sums over blocks stand in for sums over pixels, which makes it several times cheaper. */
export const displacementBlock = 4;
/** Pictures in the pyramid, each half as large as the one before: things are followed over about a third of their size. */
const levels = 3;
const steps = 3;
/** Pixels that one step can go: as far as the linearisation holds. */
const longestStep = 1.5;
/** Squared levels per pixel added to both diagonals: without texture the displacement stays where it is. */
const damping = 0.2;
/** Differences of this many levels count half: they are occlusions rather than displacements. */
const softDifference = 12;
/** Within this many blocks of the picture's edge a thing that comes in or leaves has no counterpart. */
const edgeBlocks = 2;

interface Level {
  readonly width: number;
  readonly height: number;
  readonly earlier: Float32Array;
  readonly later: Float32Array;
  /** `[height, width]`: how much each pixel tells, [0, 1]. */
  readonly weights: Float32Array;
}

/**
 * Displacements of the blocks around pixels of `weights` above 0 (`[height, width]`, in [0, 1]); elsewhere NaN, and
 * along the edges of the picture. `start` is where the search begins: the displacement of the whole picture.
 * Both images have the same size and the same brightness (see GlobalChange). Only moving pixels are weighed, so that
 * neither the still ground nor a neighbour's is averaged in.
 * Source: Lucas & Kanade 1981; pyramid: Bouguet 2001. Ours: block sums, a 3 × 3 binomial window over the blocks, soft
 * weights, the mean of both pictures' slopes.
 */
export function displacements(
  earlier: LumaImage,
  later: LumaImage,
  weights: Float32Array,
  start: { readonly x: number; readonly y: number },
): Displacements {
  const { width, height } = later;
  const pyramid: Level[] = [{ width, height, earlier: earlier.data, later: later.data, weights }];
  for (let level = pyramid[0]; level !== undefined && pyramid.length < levels; level = pyramid.at(-1)) {
    if (Math.min(level.width, level.height) < 8 * displacementBlock) break;
    pyramid.push(halved(level));
  }
  const scale = 2 ** (1 - pyramid.length);
  let found = new BlockField(pyramid.at(-1) as Level).filled(start.x * scale, start.y * scale);
  for (const [index, level] of pyramid.toReversed().entries()) {
    if (index > 0) found = new BlockField(level).from(found);
    for (let step = 0; step < steps; step++) found.improve(level);
  }
  return found.known();
}

/** Half the size: means of 2 × 2 pixels. */
function halved(level: Level): Level {
  const width = level.width >> 1;
  const height = level.height >> 1;
  const half = (from: Float32Array) => {
    const to = new Float32Array(width * height);
    for (let y = 0; y < height; y++) {
      let at = 2 * y * level.width;
      for (let x = 0; x < width; x++, at += 2) {
        const below = at + level.width;
        to[y * width + x] =
          ((from[at] as number) + (from[at + 1] as number) + (from[below] as number) + (from[below + 1] as number)) / 4;
      }
    }
    return to;
  };
  return { width, height, earlier: half(level.earlier), later: half(level.later), weights: half(level.weights) };
}

/** Sums kept of each block: the five products of Lucas and Kanade. */
const sums = 5;

class BlockField {
  readonly #columns: number;
  readonly #rows: number;
  readonly #values: Float32Array;
  /** 1 for blocks with a moving pixel. */
  readonly #moving: Uint8Array;
  readonly #products: Float64Array;
  readonly #patch = new Float64Array((displacementBlock + 2) ** 2);

  constructor({ width, height, weights }: Level) {
    this.#columns = Math.floor(width / displacementBlock);
    this.#rows = Math.floor(height / displacementBlock);
    const blocks = this.#columns * this.#rows;
    this.#values = new Float32Array(2 * blocks);
    this.#products = new Float64Array(sums * blocks);
    this.#moving = new Uint8Array(blocks);
    for (let y = 0; y < this.#rows * displacementBlock; y++) {
      const row = Math.floor(y / displacementBlock) * this.#columns;
      for (let x = 0; x < this.#columns * displacementBlock; x++) {
        if ((weights[y * width + x] as number) > 0) this.#moving[row + Math.floor(x / displacementBlock)] = 1;
      }
    }
  }

  filled(x: number, y: number): this {
    for (let at = 0; at < this.#values.length; at += 2) {
      this.#values[at] = x;
      this.#values[at + 1] = y;
    }
    return this;
  }

  /** Takes over the values of a field of half the size. */
  from(coarse: BlockField): this {
    for (let row = 0; row < this.#rows; row++) {
      for (let column = 0; column < this.#columns; column++) {
        const from =
          Math.min(row >> 1, coarse.#rows - 1) * coarse.#columns + Math.min(column >> 1, coarse.#columns - 1);
        const to = row * this.#columns + column;
        this.#values[2 * to] = 2 * (coarse.#values[2 * from] as number);
        this.#values[2 * to + 1] = 2 * (coarse.#values[2 * from + 1] as number);
      }
    }
    return this;
  }

  /** One step of Gauss and Newton for every block with a moving pixel in its window. */
  improve(level: Level): void {
    this.#products.fill(0);
    for (let row = 0; row < this.#rows; row++) {
      for (let column = 0; column < this.#columns; column++) {
        if (this.#moving[row * this.#columns + column] === 1) this.#measure(level, column, row);
      }
    }
    const window = new Float64Array(sums);
    for (let row = 0; row < this.#rows; row++) {
      for (let column = 0; column < this.#columns; column++) {
        const block = row * this.#columns + column;
        if (this.#moving[block] === 0) continue;
        this.#sumAround(column, row, window);
        const [sxx, syy, sxy, sxt, syt] = window as unknown as [number, number, number, number, number];
        const xx = sxx + damping;
        const yy = syy + damping;
        const determinant = xx * yy - sxy * sxy;
        const x = (sxy * syt - yy * sxt) / determinant;
        const y = (sxy * sxt - xx * syt) / determinant;
        this.#values[2 * block] = (this.#values[2 * block] as number) + clamp(x);
        this.#values[2 * block + 1] = (this.#values[2 * block + 1] as number) + clamp(y);
      }
    }
  }

  known(): Displacements {
    const values = this.#values.slice();
    for (let row = 0; row < this.#rows; row++) {
      for (let column = 0; column < this.#columns; column++) {
        const block = row * this.#columns + column;
        const toEdge = Math.min(row, column, this.#rows - 1 - row, this.#columns - 1 - column);
        if (this.#moving[block] === 1 && toEdge >= edgeBlocks) continue;
        values[2 * block] = NaN;
        values[2 * block + 1] = NaN;
      }
    }
    return { columns: this.#columns, rows: this.#rows, values };
  }

  /** Adds a block's weighted products of slopes and differences, the later picture moved back by its displacement. */
  #measure({ width, height, earlier, later, weights }: Level, column: number, row: number): void {
    const block = row * this.#columns + column;
    const left = column * displacementBlock;
    const top = row * displacementBlock;
    const side = displacementBlock + 2;
    const patch = this.#patch;
    sample(
      later,
      width,
      height,
      left - 1 + (this.#values[2 * block] as number),
      top - 1 + (this.#values[2 * block + 1] as number),
      side,
      patch,
    );
    let [xx, yy, xy, xt, yt] = [0, 0, 0, 0, 0];
    for (let y = 0; y < displacementBlock; y++) {
      for (let x = 0; x < displacementBlock; x++) {
        const at = (top + y) * width + left + x;
        const weight = weights[at] as number;
        if (weight === 0) continue;
        const inPatch = (y + 1) * side + x + 1;
        const difference = (patch[inPatch] as number) - (earlier[at] as number);
        const toRight = left + x + 1 < width ? at + 1 : at;
        const toLeft = left + x > 0 ? at - 1 : at;
        const below = top + y + 1 < height ? at + width : at;
        const above = top + y > 0 ? at - width : at;
        const slopeX =
          ((patch[inPatch + 1] as number) -
            (patch[inPatch - 1] as number) +
            (earlier[toRight] as number) -
            (earlier[toLeft] as number)) /
          4;
        const slopeY =
          ((patch[inPatch + side] as number) -
            (patch[inPatch - side] as number) +
            (earlier[below] as number) -
            (earlier[above] as number)) /
          4;
        const trust = weight / (1 + (difference / softDifference) ** 2);
        xx += trust * slopeX * slopeX;
        yy += trust * slopeY * slopeY;
        xy += trust * slopeX * slopeY;
        xt += trust * slopeX * difference;
        yt += trust * slopeY * difference;
      }
    }
    this.#products.set([xx, yy, xy, xt, yt], sums * block);
  }

  /** Means per pixel of the products over 3 × 3 blocks, binomial weights. */
  #sumAround(column: number, row: number, into: Float64Array): void {
    into.fill(0);
    for (let y = Math.max(0, row - 1); y <= Math.min(this.#rows - 1, row + 1); y++) {
      for (let x = Math.max(0, column - 1); x <= Math.min(this.#columns - 1, column + 1); x++) {
        const share = ((y === row ? 2 : 1) * (x === column ? 2 : 1)) / (16 * displacementBlock ** 2);
        const from = sums * (y * this.#columns + x);
        for (let index = 0; index < sums; index++) {
          into[index] = (into[index] as number) + share * (this.#products[from + index] as number);
        }
      }
    }
  }
}

const clamp = (step: number) => Math.min(longestStep, Math.max(-longestStep, step));

/** `side` × `side` values from `left`, `top` on, bilinear; positions outside take the nearest value inside. */
function sample(
  from: Float32Array,
  width: number,
  height: number,
  left: number,
  top: number,
  side: number,
  into: Float64Array,
): void {
  const wholeX = Math.floor(left);
  const wholeY = Math.floor(top);
  const partX = left - wholeX;
  const partY = top - wholeY;
  const inside = wholeX >= 0 && wholeY >= 0 && wholeX + side < width && wholeY + side < height;
  const columnAt = (x: number) => (inside ? x : Math.min(width - 1, Math.max(0, x)));
  const rowAt = (y: number) => (inside ? y : Math.min(height - 1, Math.max(0, y))) * width;
  for (let y = 0; y < side; y++) {
    const upper = rowAt(wholeY + y);
    const lower = rowAt(wholeY + y + 1);
    let x0 = columnAt(wholeX);
    let before = (from[upper + x0] as number) * (1 - partY) + (from[lower + x0] as number) * partY;
    for (let x = 0; x < side; x++) {
      x0 = columnAt(wholeX + x + 1);
      const after = (from[upper + x0] as number) * (1 - partY) + (from[lower + x0] as number) * partY;
      into[y * side + x] = before * (1 - partX) + after * partX;
      before = after;
    }
  }
}
