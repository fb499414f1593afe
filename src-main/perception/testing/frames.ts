/** Frame observations made by hand, for tests: whoever is to be seen, wherever it is to move. */
import type { Box, Detection, Person } from '../detection.ts';
import type { FrameObservation } from '../frame-observation.ts';
import { motionColumns, type MotionObservation, motionRows, observeMotion } from '../motion.ts';

/** Width over height of the picture of all these frames. */
export const aspect = 16 / 9;

const noImage = { width: 0, height: 0, data: new Float32Array(0) };
/** A picture in which nothing moves. */
export const stillness: MotionObservation = { ...observeMotion(noImage, noImage, 0), lag: 0.2 };

/** A frame in which the cells inside `moving` move. */
export function frameAt(
  time: number,
  seen: {
    readonly moving?: Box;
    readonly objects?: readonly Detection[] | null;
    readonly persons?: readonly Person[] | null;
    readonly cut?: boolean;
  } = {},
): FrameObservation {
  const { moving, objects = [], persons = [], cut = false } = seen;
  const grid = Float32Array.from({ length: motionColumns * motionRows }, (_, cell) => {
    const x = ((cell % motionColumns) + 0.5) / motionColumns;
    const y = (Math.floor(cell / motionColumns) + 0.5) / motionRows;
    const inside =
      moving !== undefined &&
      Math.abs(x - moving.x - moving.width / 2) < moving.width / 2 &&
      Math.abs(y - moving.y - moving.height / 2) < moving.height / 2;
    return inside ? 0.5 : 0;
  });
  const energy = grid.reduce((sum, value) => sum + value, 0) / grid.length;
  return {
    time,
    aspect,
    objects,
    persons,
    motion: {
      ...stillness,
      energy,
      grid,
      erratic: energy > 0 ? 0.3 : 0,
      global: { ...stillness.global, cut },
      flow: { speed: energy > 0 ? 0.2 : 0, peak: energy > 0 ? 0.3 : 0, x: 0, y: 0, coherence: energy > 0 ? 0.8 : 0 },
    },
  };
}

/** A thing of COCO's class `kind` around `x, y` (shares of the picture), in a box `size` high and wide as it is high. */
export const thingAt = (kind: number, x: number, y: number, size: number, score = 0.8): Detection => ({
  class: kind,
  score,
  box: { x: x - size / aspect / 2, y: y - size / 2, width: size / aspect, height: size },
});

/** A person of the object net whose middle is at `x, y`, `height` tall. */
export const figureAt = (x: number, y: number, height: number, score = 0.8): Detection => ({
  class: 0,
  score,
  box: { x: x - (0.35 * height) / aspect / 2, y: y - height / 2, width: (0.35 * height) / aspect, height },
});

/**
 * A person of the pose net in the same box, upright, all keypoints clear. `wrist` is where the right one is; hanging
 * where absent.
 */
export function posedAt(
  x: number,
  y: number,
  height: number,
  { score = 0.8, wrist }: { readonly score?: number; readonly wrist?: readonly [number, number] } = {},
): Person {
  const levels = [
    0.45, 0.47, 0.47, 0.45, 0.45, 0.32, 0.32, 0.15, 0.15, 0.02, 0.02, 0.03, 0.03, -0.22, -0.22, -0.45, -0.45,
  ];
  const points = levels.map((share): readonly [number, number] => [x, y - share * height]);
  if (wrist !== undefined) points[10] = wrist;
  return {
    score,
    box: figureAt(x, y, height).box,
    keypoints: Float32Array.from(points.flatMap(([px, py]) => [px, py, 0.9])),
  };
}
