/** How the picture's cells move inside the persons of one frame: limbs every way at once, or a body going somewhere. */
import type { Box } from '../detection.ts';
import { type MotionObservation, motionColumns, motionRows } from '../motion.ts';
import type { Figure } from './figures.ts';
import { cellMotion } from './motion-form.ts';
import type { Measurement } from './quantities.ts';

/** The cells whose middle lies within half a cell of the box. */
export function cellsOf({ x, y, width, height }: Box): number[] {
  const cells: number[] = [];
  const left = Math.max(0, Math.ceil(x * motionColumns - 1));
  const right = Math.min(motionColumns - 1, Math.floor((x + width) * motionColumns));
  const top = Math.max(0, Math.ceil(y * motionRows - 1));
  const bottom = Math.min(motionRows - 1, Math.floor((y + height) * motionRows));
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) cells.push(row * motionColumns + column);
  }
  return cells;
}

/** Mean moving share of `cells`, [0, 1]; 0 without any. */
export function shareMoving({ grid }: MotionObservation, cells: Iterable<number>): number {
  let [sum, count] = [0, 0];
  for (const cell of cells) {
    sum += grid[cell] as number;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** What the cells inside `figures` tell; nothing where there is nobody. */
export function bodyMotion(motion: MotionObservation, figures: readonly Figure[]): Measurement[] {
  if (figures.length === 0) return [];
  const all = new Set<number>();
  let peak = 0;
  const measured = figures.flatMap((figure): Measurement[] => {
    const cells = cellsOf(figure.box);
    for (const cell of cells) all.add(cell);
    const energy = shareMoving(motion, cells);
    peak = Math.max(peak, energy);
    const { flow, unexplained } = cellMotion(motion, cells);
    return [
      ['body-energy', energy],
      ...(unexplained === null ? [] : [['body-unexplained', unexplained] as const]),
      ...(flow === null
        ? []
        : ([
            ['body-speed', flow.speed / figure.size],
            ['body-dispersion', flow.dispersion / figure.size],
            ['body-coherence', flow.coherence],
            ['body-order', flow.order],
            ['body-directions', flow.directions],
            ['body-vertical', flow.vertical],
          ] as const)),
    ];
  });
  const density = shareMoving(motion, all);
  const total = motion.grid.reduce((sum, value) => sum + value, 0);
  measured.push(['bodies-density', density], ['bodies-peak', peak]);
  if (total > 0) measured.push(['bodies-share', (density * all.size) / total]);
  return measured;
}
