/** Seeded value noise that repeats every 256 units, the grain of every surface. */
import { randomFrom } from '../../math/random.ts';

export interface Texture {
  /** Smooth noise in [0, 1) at (x, y); one feature per unit. */
  noise(x: number, y: number): number;
  /** Noise of `octaves` octaves in [0, 1), each half the size and half the strength of the last. */
  clouds(x: number, y: number, octaves: number): number;
  /** A number in [0, 1) for the cell (column, row). */
  cell(column: number, row: number): number;
}

const side = 256;

/** Noise from a seed; the same seed gives the same texture. */
export function textureFrom(seed: string): Texture {
  const random = randomFrom(seed);
  const grid = Float32Array.from({ length: side * side }, () => random.next());
  const cell = (column: number, row: number): number =>
    grid[((Math.floor(row) & 255) << 8) | (Math.floor(column) & 255)] ?? 0;
  const noise = (x: number, y: number): number => {
    const left = Math.floor(x);
    const top = Math.floor(y);
    const fx = x - left;
    const fy = y - top;
    const sx = fx * fx * (3 - 2 * fx);
    const sy = fy * fy * (3 - 2 * fy);
    const [column, next] = [left & 255, (left + 1) & 255];
    const [row, below] = [(top & 255) << 8, ((top + 1) & 255) << 8];
    const a = grid[row | column] ?? 0;
    const b = grid[below | column] ?? 0;
    const upper = a + ((grid[row | next] ?? 0) - a) * sx;
    const lower = b + ((grid[below | next] ?? 0) - b) * sx;
    return upper + (lower - upper) * sy;
  };
  return {
    noise,
    cell,
    clouds(x, y, octaves) {
      let sum = 0;
      let weight = 1;
      let total = 0;
      let factor = 1;
      for (let octave = 0; octave < octaves; octave++, factor *= 2) {
        sum += weight * noise(x * factor + 17.3 * octave, y * factor + 5.1 * octave);
        total += weight;
        weight *= 0.5;
      }
      return sum / total;
    },
  };
}
