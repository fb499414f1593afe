/** Attributes of a look's motion: how much, how sudden, how orderly, where, and what the camera itself did. */
import type { Attribute } from './attributes.ts';
import { boxAround } from './box.ts';
import type { Box } from './detection.ts';
import type { FrameObservation } from './frame-observation.ts';
import { motionColumns, motionRows } from './motion.ts';
import { attributeFrom, largest, ninthDecile, type Sample } from './sample.ts';

/** Less moving than this (six pixels of the small picture) says nothing of speed, form or place. */
const visibleMotion = 0.001;

export function motionAttributes(frames: readonly FrameObservation[]): Attribute[] {
  const measured = frames.filter(({ motion }) => motion.lag > 0);
  const plain = measured.filter(({ motion }) => !motion.global.cut);
  if (measured.length === 0) return [];
  const moving = plain.filter(({ motion }) => motion.energy >= visibleMotion);
  const sampled = (from: readonly FrameObservation[], value: (frame: FrameObservation) => number): Sample[] =>
    from.map((frame) => ({ value: value(frame), times: [frame.time], place: placeOfMotion(frame) }));
  const energies = sampled(plain, ({ motion }) => motion.energy);
  const cuts = measured.filter(({ motion }) => motion.global.cut);
  const whole = (sample: Sample | null): Sample | null => sample && { ...sample, place: null };
  return [
    ...attributeFrom(
      'motion',
      meanOf(
        energies,
        energies.map(() => 1),
      ),
    ),
    ...attributeFrom('motion-peak', largest(energies)),
    ...attributeFrom('motion-onset', largest(steps(energies, 1))),
    ...attributeFrom('motion-stop', largest(steps(energies, -1))),
    ...attributeFrom(
      'motion-erratic',
      meanOf(
        sampled(moving, ({ motion }) => motion.erratic),
        moving.map(({ motion }) => motion.energy),
      ),
    ),
    ...attributeFrom('motion-speed', ninthDecile(sampled(moving, ({ motion }) => motion.flow.peak))),
    ...attributeFrom(
      'motion-coherence',
      meanOf(
        sampled(moving, ({ motion }) => motion.flow.coherence),
        moving.map(({ motion }) => motion.energy),
      ),
    ),
    ...attributeFrom('motion-outside', outside(moving)),
    ...attributeFrom('light-change', whole(largest(sampled(plain, ({ motion }) => Math.abs(motion.global.light))))),
    ...attributeFrom(
      'camera-moved',
      whole(
        largest(
          sampled(plain, ({ motion, aspect }) => Math.hypot(motion.global.shiftX, motion.global.shiftY / aspect)),
        ),
      ),
    ),
    ...attributeFrom('cut', {
      value: cuts.length,
      times: (cuts.length > 0 ? cuts : measured).map(({ time }) => time),
      place: null,
    }),
  ];
}

/**
 * The share of the frame's motion energy inside `boxes`, [0, 1]; 0 where nothing moves. A cell counts by the part of
 * it that the boxes cover (sampled at 4 × 4 points).
 */
export function energyInside({ motion }: FrameObservation, boxes: readonly Box[]): number {
  let total = 0;
  let inside = 0;
  for (let cell = 0; cell < motion.grid.length; cell++) {
    const energy = motion.grid[cell] as number;
    if (energy === 0) continue;
    total += energy;
    const left = cell % motionColumns;
    const top = Math.floor(cell / motionColumns);
    let covered = 0;
    for (let point = 0; point < 16; point++) {
      const x = (left + ((point & 3) + 0.5) / 4) / motionColumns;
      const y = (top + ((point >> 2) + 0.5) / 4) / motionRows;
      if (boxes.some((box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height)) covered++;
    }
    inside += (energy * covered) / 16;
  }
  return total > 0 ? inside / total : 0;
}

/** Mean moving share of the cells that `box` touches, [0, 1]. */
export function energyIn({ motion }: FrameObservation, box: Box): number {
  const left = Math.max(0, Math.floor(box.x * motionColumns));
  const right = Math.min(motionColumns, Math.ceil((box.x + box.width) * motionColumns));
  const top = Math.max(0, Math.floor(box.y * motionRows));
  const bottom = Math.min(motionRows, Math.ceil((box.y + box.height) * motionRows));
  let sum = 0;
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) sum += motion.grid[row * motionColumns + column] as number;
  }
  const cells = (right - left) * (bottom - top);
  return cells > 0 ? sum / cells : 0;
}

/** Around the cells that move at least half as much as the one that moves most; null where nothing moves. */
function placeOfMotion({ motion: { grid, energy } }: FrameObservation): Box | null {
  if (energy < visibleMotion) return null;
  const most = grid.reduce((best, value) => Math.max(best, value), 0);
  const cells = Array.from(grid.keys()).filter((cell) => (grid[cell] as number) >= most / 2);
  return boxAround(
    cells.map((cell) => ({
      x: (cell % motionColumns) / motionColumns,
      y: Math.floor(cell / motionColumns) / motionRows,
      width: 1 / motionColumns,
      height: 1 / motionRows,
    })),
  );
}

/** The weighted mean; it rests on the samples that are at least as large as it, at the place of the weightiest of them. */
function meanOf(samples: readonly Sample[], weights: readonly number[]): Sample | null {
  let sum = 0;
  let total = 0;
  let [heaviest, place]: [number, Box | null] = [-1, null];
  for (const [index, sample] of samples.entries()) {
    const weight = weights[index] ?? 0;
    sum += weight * sample.value;
    total += weight;
    if (weight * sample.value > heaviest) [heaviest, place] = [weight * sample.value, sample.place];
  }
  if (total === 0) return null;
  const value = sum / total;
  // A hair's breadth below the mean, so that equal samples are not lost to rounding.
  const times = samples.filter((sample) => sample.value >= value * (1 - 1e-9)).flatMap((sample) => sample.times);
  return { value, times, place };
}

/** Rises (`direction` 1) or falls (-1) between neighbouring samples, at least 0, with the frames on both sides. */
function steps(samples: readonly Sample[], direction: 1 | -1): Sample[] {
  return samples.slice(1).map((after, index) => {
    const before = samples[index] as Sample;
    const place = direction === 1 ? after.place : before.place;
    return {
      value: Math.max(0, direction * (after.value - before.value)),
      times: [...before.times, ...after.times],
      place,
    };
  });
}

/** Only over frames in which a net looked. */
function outside(moving: readonly FrameObservation[]): Sample | null {
  const looked = moving.filter(({ objects, persons }) => objects !== null || persons !== null);
  const samples = looked.map((frame): Sample => {
    const boxes = [...(frame.objects ?? []), ...(frame.persons ?? [])].map(({ box }) => box);
    return { value: 1 - energyInside(frame, boxes), times: [frame.time], place: null };
  });
  return meanOf(
    samples,
    looked.map(({ motion }) => motion.energy),
  );
}
