/** The picture that a recording stands in front of, small enough to compare every recording with every other. */

/** Columns and rows of a background picture, whatever the recording's own shape. */
export const backgroundColumns = 32;
export const backgroundRows = 18;

/** The part of the video folder's FrameImage that is needed here. */
interface RgbImage {
  readonly width: number;
  readonly height: number;
  /** `[height, width, 3]` */
  readonly rgb: Uint8Array;
  readonly picture: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/**
 * The background of a recording from some of its frames (an odd number from all over it serves best): brightness
 * (ITU-R BT.601, 0 to 255) averaged into `[backgroundRows, backgroundColumns]`, of which each place's median over the frames
 * is taken, so that who walks through leaves no trace. Throws a RangeError without frames.
 */
export function backgroundOf(frames: readonly RgbImage[]): Float32Array {
  if (frames.length === 0) throw new RangeError('A background needs at least one frame.');
  const pictures = frames.map(smallLuma);
  return Float32Array.from({ length: backgroundColumns * backgroundRows }, (_, place) =>
    median(pictures.map((picture) => picture[place] ?? 0)),
  );
}

/** `[backgroundRows, backgroundColumns]`: each pixel inside the letterbox counts where its middle lies; empty places are 0. */
function smallLuma({ width, rgb, picture }: RgbImage): Float32Array {
  const sums = new Float64Array(backgroundColumns * backgroundRows);
  const counts = new Uint32Array(sums.length);
  for (let y = 0; y < picture.height; y++) {
    const row = Math.floor((y * backgroundRows) / picture.height) * backgroundColumns;
    for (let x = 0; x < picture.width; x++) {
      const place = row + Math.floor((x * backgroundColumns) / picture.width);
      const at = ((picture.y + y) * width + picture.x + x) * 3;
      const luma = 0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0);
      sums[place] = (sums[place] ?? 0) + luma;
      counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  return Float32Array.from(sums, (sum, place) => sum / Math.max(1, counts[place] ?? 0));
}

function median(values: readonly number[]): number {
  const rising = values.toSorted((a, b) => a - b);
  const middle = (rising.length - 1) / 2;
  return ((rising[Math.floor(middle)] ?? 0) + (rising[Math.ceil(middle)] ?? 0)) / 2;
}

/** How far the pictures are shifted against each other in search of their best agreement, places: 28 % of each side. */
const reachColumns = 9;
const reachRows = 5;
/** Grey levels of standard deviation that two pictures without content are given, or they would agree by chance. */
const emptySpread = 2;

/**
 * The largest correlation of two backgrounds over shifts of up to 28 % of the picture, [-1, 1], computed where both are: a
 * camera that was turned and a screen filmed by hand still show the same place.
 */
export function backgroundLikeness(a: Float32Array, b: Float32Array): number {
  let best = -1;
  for (let down = -reachRows; down <= reachRows; down++) {
    for (let right = -reachColumns; right <= reachColumns; right++) {
      best = Math.max(best, correlationAt(a, b, right, down));
    }
  }
  return best;
}

/** The correlation of two backgrounds as they lie, [-1, 1]: two hundred times as fast. */
export const backgroundCorrelation = (a: Float32Array, b: Float32Array): number => correlationAt(a, b, 0, 0);

/** Pearson's correlation of `a` at (x, y) with `b` at (x − right, y − down). */
function correlationAt(a: Float32Array, b: Float32Array, right: number, down: number): number {
  let [count, sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0, 0];
  const [left, end] = [Math.max(0, right), Math.min(backgroundColumns, backgroundColumns + right)];
  for (let y = Math.max(0, down); y < Math.min(backgroundRows, backgroundRows + down); y++) {
    const [row, otherRow] = [y * backgroundColumns, (y - down) * backgroundColumns - right];
    for (let x = left; x < end; x++) {
      const one = a[row + x] as number;
      const other = b[otherRow + x] as number;
      count++;
      sumA += one;
      sumB += other;
      squareA += one * one;
      squareB += other * other;
      product += one * other;
    }
  }
  const slack = count * emptySpread * emptySpread;
  const varianceA = Math.max(0, squareA - (sumA * sumA) / count) + slack;
  const varianceB = Math.max(0, squareB - (sumB * sumB) / count) + slack;
  return (product - (sumA * sumB) / count) / Math.sqrt(varianceA * varianceB);
}
