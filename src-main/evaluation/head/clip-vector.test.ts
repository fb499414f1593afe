import { describe, expect, test } from 'vitest';
import type { FrameObservation } from '../../perception/frame-observation.ts';
import { motionColumns, motionRows } from '../../perception/motion.ts';
import { judgedEntries, judgedViews } from '../../perception/window-dynamics.ts';
import { clipVector } from './clip-vector.ts';

const cells = motionColumns * motionRows;

const share = 0.8;

/** A frame in which two cells side by side move to the right, seen without nets. */
function frameAt(time: number): FrameObservation {
  const grid = new Float32Array(cells);
  const velocity = new Float32Array(2 * cells);
  const speed = new Float32Array(cells);
  for (const cell of [40, 41]) {
    grid[cell] = share;
    velocity[2 * cell] = 0.25;
    speed[cell] = 0.25;
  }
  return {
    time,
    aspect: 1.5,
    objects: null,
    persons: null,
    motion: {
      lag: 0.2,
      energy: (2 * share) / cells,
      grid,
      velocity,
      speed,
      erratic: 0.1,
      global: { light: 0, shiftX: 0, shiftY: 0, cut: false },
      flow: { speed: 0.25, peak: 0.25, x: 0.25, y: 0, coherence: 1 },
    },
  };
}

const frames = (from: number, count: number) => Array.from({ length: count }, (_, index) => frameAt(from + index / 8));
const at = (vector: Float32Array, name: string) => vector[judgedEntries.findIndex((entry) => entry.name === name)];

describe('clip vector', () => {
  test('what is not known is NaN: without nets, all that is told of persons', () => {
    const vector = clipVector(frames(0, 12));
    expect(at(vector, 'speed:mean')).toBeCloseTo(0.5, 6);
    expect(at(vector, 'velocity-change:quarter:mean')).toBe(0);
    const [picture, persons] = judgedViews.map((view) => view.map((entry) => vector[entry] ?? 0));
    expect(persons?.every(Number.isNaN)).toBe(true);
    expect(picture?.filter(Number.isNaN)).toEqual([]);
  });

  test('neither its place in the recording, nor the order of frames, nor their number tells', () => {
    const vector = clipVector(frames(0, 16));
    expect(clipVector(frames(5, 16).toReversed())).toEqual(vector);
    expect(clipVector(frames(0, 31))).toEqual(vector);
    expect(() => clipVector([])).toThrow(RangeError);
  });
});
