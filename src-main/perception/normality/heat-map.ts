/** Normality as maps of the picture, for people to look at. */
import { motionColumns, motionRows } from '../motion.ts';
import { speedBounds, table } from './counts.ts';
import { cellCount } from './features.ts';
import type { Normality, NormalityHeatMap } from './normality.ts';
import { medianSpeed } from './usual.ts';

/** Where and how fast things move over all hours. Cells are those of the motion grid. */
export function heatMap({ all: { counts }, hours }: Normality): NormalityHeatMap {
  const at = (index: number) => counts[index] ?? 0;
  const frames = Math.max(1, at(table.frames));
  const presence = new Float32Array(cellCount);
  const speed = new Float32Array(cellCount);
  const direction = new Float32Array(2 * cellCount);
  for (let cell = 0; cell < cellCount; cell++) {
    const from = table.motion + cell * speedBounds.length;
    const masses = counts.subarray(from, from + speedBounds.length);
    const mass = masses.reduce((sum, value) => sum + value, 0);
    presence[cell] = at(table.presence + cell) / frames;
    speed[cell] = medianSpeed(masses);
    for (const axis of [0, 1]) {
      direction[2 * cell + axis] = at(table.drift + 2 * cell + axis) / (256 * Math.max(1, mass));
    }
  }
  return {
    ...{ columns: motionColumns, rows: motionRows, presence, speed, direction, frames: at(table.frames) },
    hours: hours.map((hour) => hour?.counts[table.frames] ?? 0),
  };
}
