/** Light that changes in a part of the picture (headlights, a lamp, a shadow without an edge), told from things that move. */
import { solve } from './solve.ts';

/** Side of a block, pixels: small against a pool of light, large against the noise. */
const side = 6;
/** Blocks whose mean deviation from the prediction is less, in levels beside the noise, are left as they are. */
const leastChange = 2;
/** Light explains a block where it leaves at most this share of the deviation; the edge of a thing leaves .35 and more. */
const mostLeft = 0.25;
/**
 * Connected changed blocks are lit where at most this share of them is unexplained. A thing has edges all around: of a
 * lorry that fills 8 × 6 blocks half are at its edge, of smaller ones more. A person in a pool of light is a few blocks
 * in many.
 */
const mostEdges = 0.3;
/** Light has faded to less than this many times the least change where it ends at a block's side; else that is an edge. */
const mostAtSide = 4;
/** Fewer connected blocks are no pool of light. */
const fewestBlocks = 6;
/** A larger share of the picture is no part of it: what all of it does is for the global fit, or it is a cut. */
const mostOfPicture = 0.5;

const parameters = 4;

/**
 * Makes `predicted` equal to `later` as far as a soft change of light explains the difference: within a block the
 * brightness changes by a gain and a plane, and a lit region fades out on all sides, whereas the region that a moving
 * thing changes is bounded by edges that no gain explains. What moves inside the light stays a difference.
 *
 * `predicted` and `later` are `[height, width]` in levels of 255; `predicted` is changed in place and may hold NaN.
 * `noise` is the robust standard deviation of their difference. The constants are ours.
 */
export function takeOutLocalLight(
  predicted: Float32Array,
  later: Float32Array,
  width: number,
  height: number,
  noise: number,
): void {
  const columns = Math.floor(width / side);
  const rows = Math.floor(height / side);
  const least = leastChange + noise;
  const fits = new Map<number, BlockFit>();
  for (let block = 0; block < columns * rows; block++) {
    const area = areaOf(block, columns, rows, width, height);
    const change = meanDeviation(predicted, later, width, area);
    // NaN fails the comparison: the earlier picture does not reach there.
    if (!(change > least)) continue;
    // Noise is left by any fit: its mean size is .8 of its deviation.
    fits.set(block, fitOf(predicted, later, width, area, Math.hypot(mostLeft * change, 0.8 * noise)));
  }
  for (const region of regionsOf([...fits.keys()], columns, rows)) {
    if (region.length < fewestBlocks || region.length > mostOfPicture * columns * rows) continue;
    const explained = region.flatMap((block) => {
      const fit = fits.get(block);
      if (fit === undefined || !fit.isExplained) return [];
      const unchanged = besidesOf(block, columns, rows).filter(({ beside }) => !fits.has(beside));
      const ends = unchanged.some(({ side: at }) => atSide(predicted, width, fit, at) > mostAtSide * least);
      return ends ? [] : [fit];
    });
    if (region.length - explained.length > mostEdges * region.length) continue;
    for (const { area, parameters: values } of explained) apply(predicted, width, area, values);
  }
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface BlockFit {
  readonly area: Area;
  readonly isExplained: boolean;
  /** What is added to a pixel: `[0] · (predicted − 128) + [1] + [2] · x + [3] · y`, x and y from the block's corner. */
  readonly parameters: Float64Array;
}

/** The last blocks of a row and of a column take what is left of the picture. */
function areaOf(block: number, columns: number, rows: number, width: number, height: number): Area {
  const column = block % columns;
  const row = Math.floor(block / columns);
  return {
    left: column * side,
    top: row * side,
    right: column === columns - 1 ? width : (column + 1) * side,
    bottom: row === rows - 1 ? height : (row + 1) * side,
  };
}

function meanDeviation(predicted: Float32Array, later: Float32Array, width: number, area: Area): number {
  const { left, top, right, bottom } = area;
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left; at < y * width + right; at++) {
      sum += Math.abs((later[at] as number) - (predicted[at] as number));
    }
  }
  return sum / ((right - left) * (bottom - top));
}

/**
 * Least squares, with a gain held near none where there is no texture to tell it by. Explained is a block of which at most
 * `most` levels a pixel are left.
 */
function fitOf(predicted: Float32Array, later: Float32Array, width: number, area: Area, most: number): BlockFit {
  const { left, top, right, bottom } = area;
  const matrix = new Float64Array(parameters * parameters);
  const target = new Float64Array(parameters);
  const row = new Float64Array(parameters);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * width + x;
      rowOf(row, predicted[at] as number, x - left, y - top);
      const residual = (later[at] as number) - (predicted[at] as number);
      for (let i = 0; i < parameters; i++) {
        target[i] = (target[i] as number) + (row[i] as number) * residual;
        for (let j = 0; j < parameters; j++) {
          const cell = i * parameters + j;
          matrix[cell] = (matrix[cell] as number) + (row[i] as number) * (row[j] as number);
        }
      }
    }
  }
  const pixels = (right - left) * (bottom - top);
  const held = [4, 1e-6, 1e-3, 1e-3];
  for (let i = 0; i < parameters; i++) {
    const cell = i * (parameters + 1);
    matrix[cell] = (matrix[cell] as number) + pixels * (held[i] as number);
  }
  const values = solve(matrix, target, parameters);
  let remaining = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * width + x;
      const value = predicted[at] as number;
      remaining += Math.abs((later[at] as number) - value - correction(values, value, x - left, y - top));
    }
  }
  return { area, isExplained: remaining <= most * pixels, parameters: values };
}

function rowOf(row: Float64Array, value: number, x: number, y: number): void {
  row[0] = value - 128;
  row[1] = 1;
  row[2] = x;
  row[3] = y;
}

const correction = (values: Float64Array, value: number, x: number, y: number) =>
  (values[0] as number) * (value - 128) + (values[1] as number) + (values[2] as number) * x + (values[3] as number) * y;

function apply(predicted: Float32Array, width: number, area: Area, values: Float64Array): void {
  for (let y = area.top; y < area.bottom; y++) {
    for (let x = area.left; x < area.right; x++) {
      const at = y * width + x;
      const value = predicted[at] as number;
      predicted[at] = value + correction(values, value, x - area.left, y - area.top);
    }
  }
}

type Side = 'left' | 'right' | 'top' | 'bottom';

/** Mean size of the correction along one side of a block, levels. */
function atSide(predicted: Float32Array, width: number, { area, parameters: values }: BlockFit, at: Side): number {
  const { left, top, right, bottom } = area;
  const [fromX, toX] = at === 'left' ? [left, left + 1] : at === 'right' ? [right - 1, right] : [left, right];
  const [fromY, toY] = at === 'top' ? [top, top + 1] : at === 'bottom' ? [bottom - 1, bottom] : [top, bottom];
  let sum = 0;
  for (let y = fromY; y < toY; y++) {
    for (let x = fromX; x < toX; x++) {
      sum += Math.abs(correction(values, predicted[y * width + x] as number, x - left, y - top));
    }
  }
  return sum / ((toX - fromX) * (toY - fromY));
}

/** The blocks that share a side with `block`, and which of its sides. */
function besidesOf(block: number, columns: number, rows: number): { beside: number; side: Side }[] {
  const [column, row] = [block % columns, Math.floor(block / columns)];
  const besides: { beside: number; side: Side }[] = [];
  if (column > 0) besides.push({ beside: block - 1, side: 'left' });
  if (column < columns - 1) besides.push({ beside: block + 1, side: 'right' });
  if (row > 0) besides.push({ beside: block - columns, side: 'top' });
  if (row < rows - 1) besides.push({ beside: block + columns, side: 'bottom' });
  return besides;
}

/** Connected groups of `blocks`. */
function regionsOf(blocks: readonly number[], columns: number, rows: number): number[][] {
  const left = new Set(blocks);
  const regions: number[][] = [];
  for (const start of blocks) {
    if (!left.delete(start)) continue;
    const region = [start];
    for (let index = 0; index < region.length; index++) {
      for (const { beside } of besidesOf(region[index] as number, columns, rows)) {
        if (left.delete(beside)) region.push(beside);
      }
    }
    regions.push(region);
  }
  return regions;
}
