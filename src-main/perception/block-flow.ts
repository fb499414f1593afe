/** Coarse block matching: how fast and which way the moving cells of a picture move, and how much of it no move explains. */

export interface FlowInput {
  readonly width: number;
  readonly height: number;
  /** `[height, width]`: the earlier frame with light and camera made equal to the later one's; NaN where unknown. */
  readonly earlier: Float32Array;
  /** `[height, width]` */
  readonly later: Float32Array;
  /** `[rows, columns]`: moving share of each cell. */
  readonly grid: Float32Array;
  readonly columns: number;
  readonly rows: number;
  /** Standard deviation of the noise, levels of 255. */
  readonly noise: number;
}

export interface CellFlow {
  readonly weight: number;
  /** Displacement from the earlier to the later frame in pixels. */
  readonly x: number;
  readonly y: number;
  /** Share of the cell's change that the displacement leaves, [0, 1]. */
  readonly unexplained: number;
}

/** Largest displacement that is looked for on each axis, pixels. */
const radius = 8;
/** Half side of a matched block, pixels. */
const half = 4;
/** Cells with less than this are not matched. */
const smallestEnergy = 0.05;
/** Only this many cells, the strongest, are matched: a bound on the time that a wild picture takes. */
const mostCells = 32;
/** A block with fewer changed pixels says nothing of where they went. */
const fewestPixels = 10;
/** So many of them, evenly taken, are enough to tell. */
const mostPixels = 24;
/** Levels per pixel that each pixel of displacement must save, or a few pixels find their like anywhere. */
const reluctance = 0.5;
/** Where one of the two blocks has this many times the other's variance, the thing that moves is in that one. */
const clearlyMore = 4;

/** Every second displacement of the search square, nearest first, so that among equals the shortest wins. */
const coarse = displacements(radius, 2);
const fine = displacements(1, 1).slice(1);

/**
 * One displacement for each moving cell: the one that explains most of the cell's changed pixels. A pixel is explained
 * where its later value was at the displacement before (a thing came here), or where its earlier value is found at the
 * displacement afterwards (a thing left from here); so neither the ground that a thing covers nor the ground that it
 * uncovers counts as a change of form. Ground alone would find its like anywhere: where one of the two blocks is much
 * richer in contrast, only that one is followed.
 */
export function blockFlow(input: FlowInput): CellFlow[] {
  const { columns, rows, grid, width, height } = input;
  if (width <= 4 * half || height <= 4 * half) return [];
  const cells = Array.from(grid.keys())
    .filter((cell) => (grid[cell] as number) > smallestEnergy)
    .toSorted((a, b) => (grid[b] as number) - (grid[a] as number) || a - b)
    .slice(0, mostCells);
  return cells.flatMap((cell) => {
    const x = clampBlock(Math.round((((cell % columns) + 0.5) * width) / columns), width);
    const y = clampBlock(Math.round(((Math.floor(cell / columns) + 0.5) * height) / rows), height);
    const found = match(input, x, y);
    return found === null ? [] : [{ weight: grid[cell] as number, ...found }];
  });
}

const clampBlock = (center: number, size: number) => Math.min(size - half - 1, Math.max(half, center));

/** Offsets of a square, nearest first. */
function displacements(reach: number, step: number): readonly (readonly [number, number])[] {
  const all: [number, number][] = [];
  for (let y = -reach; y <= reach; y += step) for (let x = -reach; x <= reach; x += step) all.push([x, y]);
  return all.toSorted((a, b) => Math.hypot(...a) - Math.hypot(...b));
}

function match(
  { width, height, noise, earlier, later }: FlowInput,
  centerX: number,
  centerY: number,
): Omit<CellFlow, 'weight'> | null {
  // What noise and half a pixel of misfit leave of a pixel that is explained.
  const slack = 2 + noise;
  const changed = changedPixels(earlier, later, width, centerX, centerY, 2 * slack);
  if (changed.length < fewestPixels) return null;
  const before = variance(earlier, width, centerX, centerY);
  const after = variance(later, width, centerX, centerY);
  const arrivals = before <= clearlyMore * after;
  const departures = after <= clearlyMore * before;
  const left = (x: number, y: number, limit: number) => {
    const reachX = half + Math.abs(x);
    const reachY = half + Math.abs(y);
    if (centerX < reachX || centerY < reachY || centerX >= width - reachX || centerY >= height - reachY)
      return Infinity;
    const step = y * width + x;
    let sum = 0;
    for (let index = 0; index < changed.length && sum < limit; index++) {
      const at = changed[index] as number;
      const came = arrivals ? Math.abs((later[at] as number) - (earlier[at - step] as number)) : Infinity;
      const went = departures ? Math.abs((earlier[at] as number) - (later[at + step] as number)) : Infinity;
      const off = (went < came ? went : came) - slack;
      if (off > 0) sum += off;
      // NaN: the earlier frame does not reach there.
      else if (!(off <= 0)) return Infinity;
    }
    return sum;
  };
  const still = left(0, 0, Infinity);
  let [best, bestX, bestY, bestCost] = [still, 0, 0, still];
  const attempt = (x: number, y: number) => {
    const extra = reluctance * changed.length * Math.hypot(x, y);
    const sum = left(x, y, bestCost - extra);
    if (sum + extra < bestCost) [best, bestX, bestY, bestCost] = [sum, x, y, sum + extra];
  };
  for (const [x, y] of coarse) attempt(x, y);
  const [aroundX, aroundY] = [bestX, bestY];
  for (const [x, y] of fine) attempt(aroundX + x, aroundY + y);
  return { x: bestX, y: bestY, unexplained: still > 0 && still < Infinity ? best / still : 0 };
}

/** Indices of the block's pixels that differ by more than `least` levels, at most about `mostPixels` of them. */
function changedPixels(
  earlier: Float32Array,
  later: Float32Array,
  width: number,
  centerX: number,
  centerY: number,
  least: number,
): number[] {
  const changed: number[] = [];
  for (let y = centerY - half; y <= centerY + half; y++) {
    for (let x = centerX - half; x <= centerX + half; x++) {
      const at = y * width + x;
      if (Math.abs((later[at] as number) - (earlier[at] as number)) > least) changed.push(at);
    }
  }
  const step = Math.ceil(changed.length / mostPixels);
  return step <= 1 ? changed : changed.filter((_, index) => index % step === 0);
}

/** Variance of a block, in squared levels, and one for noise. */
function variance(values: Float32Array, width: number, centerX: number, centerY: number): number {
  let [sum, squares, count] = [0, 0, 0];
  for (let y = centerY - half; y <= centerY + half; y++) {
    for (let x = centerX - half; x <= centerX + half; x++) {
      const value = values[y * width + x] as number;
      if (Number.isNaN(value)) continue;
      sum += value;
      squares += value * value;
      count++;
    }
  }
  return count === 0 ? 1 : 1 + Math.max(0, squares / count - (sum / count) ** 2);
}
