/** How fast and which way the moving part of each cell of a picture moves. */
import { displacementBlock, displacements } from './displacement.ts';
import type { GlobalChange } from './global-change.ts';
import type { LumaImage } from './luma.ts';

interface CellVelocities {
  /** `[rows, columns, 2]`: mean velocity of the moving pixels of each cell, picture heights per second. */
  readonly velocity: Float32Array;
  /** `[rows, columns]`: mean of their speeds, which things that move against each other do not cancel. */
  readonly speed: Float32Array;
}

interface Grid {
  readonly columns: number;
  readonly rows: number;
}

/** Less than this share of a cell's motion with a known displacement says nothing of the cell. */
const leastKnown = 0.5;
/** A pixel beside a moving one belongs to what moves about half of the time. */
const besideMoving = 0.5;

/**
 * `moving` is `[height, width]` of the images, [0, 1]; `lag` is in seconds. The displacement of the whole picture is
 * taken out. Cells in which nothing moves, or whose displacements are not known (mostly along the edges), get 0.
 */
export function cellVelocities(
  earlier: LumaImage,
  later: LumaImage,
  change: Pick<GlobalChange, 'gain' | 'light' | 'shiftX' | 'shiftY'>,
  moving: Float32Array,
  lag: number,
  { columns, rows }: Grid,
): CellVelocities {
  const velocity = new Float32Array(2 * columns * rows);
  const speed = new Float32Array(columns * rows);
  const { width, height } = later;
  // Pictures whose sizes differ by a pixel in the finer form are no pair there.
  const paired = earlier.finer?.width === later.finer?.width && earlier.finer?.height === later.finer?.height;
  const [before, after] = paired ? [earlier.finer ?? earlier, later.finer ?? later] : [earlier, later];
  const finer = after === later ? 1 : 2;
  const start = { x: finer * change.shiftX, y: finer * change.shiftY };
  const found = displacements(brightened(before, change), after, weightsFrom(moving, width, after, finer), start);
  const perSecond = 1 / (after.height * lag);
  const total = new Float64Array(columns * rows);
  const known = new Float64Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns;
    const blockRow = Math.min(found.rows - 1, Math.floor((finer * y) / displacementBlock)) * found.columns;
    for (let x = 0; x < width; x++) {
      const mass = moving[y * width + x] as number;
      if (mass === 0) continue;
      const cell = row + Math.floor((x * columns) / width);
      total[cell] = (total[cell] as number) + mass;
      const block = blockRow + Math.min(found.columns - 1, Math.floor((finer * x) / displacementBlock));
      const dx = (found.values[2 * block] ?? NaN) - start.x;
      const dy = (found.values[2 * block + 1] ?? NaN) - start.y;
      if (Number.isNaN(dx)) continue;
      known[cell] = (known[cell] as number) + mass;
      velocity[2 * cell] = (velocity[2 * cell] as number) + mass * dx * perSecond;
      velocity[2 * cell + 1] = (velocity[2 * cell + 1] as number) + mass * dy * perSecond;
      speed[cell] = (speed[cell] as number) + mass * Math.hypot(dx, dy) * perSecond;
    }
  }
  for (let cell = 0; cell < speed.length; cell++) {
    const mass = known[cell] as number;
    const enough = mass > 0 && mass >= leastKnown * (total[cell] as number);
    velocity[2 * cell] = enough ? (velocity[2 * cell] as number) / mass : 0;
    velocity[2 * cell + 1] = enough ? (velocity[2 * cell + 1] as number) / mass : 0;
    speed[cell] = enough ? (speed[cell] as number) / mass : 0;
  }
  return { velocity, speed };
}

/** `image` as it looks after the change of light. */
function brightened(image: LumaImage, { gain, light }: Pick<GlobalChange, 'gain' | 'light'>): LumaImage {
  let sum = 0;
  for (const value of image.data) sum += value;
  const mean = sum / Math.max(1, image.data.length);
  const base = mean + light - gain * mean;
  return { width: image.width, height: image.height, data: image.data.map((value) => base + gain * value) };
}

/** `[height, width]` of the finer picture: 1 on moving pixels, half beside them. */
function weightsFrom(
  moving: Float32Array,
  movingWidth: number,
  { width, height }: LumaImage,
  finer: number,
): Float32Array {
  const movingHeight = moving.length / Math.max(1, movingWidth);
  const weights = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const fromY = Math.min(movingHeight - 1, Math.floor(y / finer));
    for (let x = 0; x < width; x++) {
      const fromX = Math.min(movingWidth - 1, Math.floor(x / finer));
      const at = fromY * movingWidth + fromX;
      if ((moving[at] as number) > 0) weights[y * width + x] = 1;
      else if (
        (fromX > 0 && (moving[at - 1] as number) > 0) ||
        (fromX < movingWidth - 1 && (moving[at + 1] as number) > 0) ||
        (fromY > 0 && (moving[at - movingWidth] as number) > 0) ||
        (fromY < movingHeight - 1 && (moving[at + movingWidth] as number) > 0)
      ) {
        weights[y * width + x] = besideMoving;
      }
    }
  }
  return weights;
}
