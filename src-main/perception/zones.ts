/** Zones applied to what was seen: what lies where nobody is to look does not count. */
import type { Zone, ZonePoint } from '../contract/zone.ts';
import type { Box } from './detection.ts';
import type { FrameObservation } from './frame-observation.ts';
import { motionColumns, motionRows, type MotionObservation } from './motion.ts';

/** Which places of a picture count. */
export interface ZoneMask {
  /** Whether the point counts; in [0, 1] of the displayed picture. */
  readonly counts: (x: number, y: number) => boolean;
  /** `[motionRows, motionColumns]`: share of each cell of the motion grid that counts, [0, 1]. */
  readonly cells: Float32Array;
}

/** Points along each side of a cell at which it is asked whether they count. */
const samplesPerSide = 6;
/** Where a box touches the edge of the picture, its foot is still in the picture. */
const edge = 1e-6;

/** What `zones` leave; null where there are none, so that everything counts. */
export function zoneMask(zones: readonly Zone[]): ZoneMask | null {
  if (zones.length === 0) return null;
  const look = zones.filter(({ kind }) => kind === 'look');
  const ignored = zones.filter(({ kind }) => kind === 'ignore');
  const counts = (x: number, y: number) =>
    !ignored.some(({ points }) => isWithin(points, x, y)) &&
    (look.length === 0 || look.some(({ points }) => isWithin(points, x, y)));
  const cells = Float32Array.from({ length: motionColumns * motionRows }, (_, cell) => {
    let counted = 0;
    for (let sample = 0; sample < samplesPerSide ** 2; sample++) {
      const x = ((cell % motionColumns) + ((sample % samplesPerSide) + 0.5) / samplesPerSide) / motionColumns;
      const row = Math.floor(cell / motionColumns) + (Math.floor(sample / samplesPerSide) + 0.5) / samplesPerSide;
      if (counts(x, row / motionRows)) counted++;
    }
    return counted / samplesPerSide ** 2;
  });
  return { counts, cells };
}

/**
 * Whether the point lies in the polygon, by the number of its sides that a ray to the right crosses (even-odd: where a
 * polygon crosses itself, what it encloses twice is outside). A point on a side belongs to one of the two parts.
 * Source: Shimrat, "Algorithm 112: Position of point relative to polygon", 1962.
 */
function isWithin(points: readonly ZonePoint[], x: number, y: number): boolean {
  let inside = false;
  for (const [index, a] of points.entries()) {
    const b = points[(index + 1) % points.length] ?? a;
    if (a.y > y !== b.y > y && x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)) inside = !inside;
  }
  return inside;
}

const inPicture = (share: number) => Math.min(1 - edge, Math.max(edge, share));

/** Whether a thing in `box` counts: by its foot point, the middle of the box's lower side, where it stands. */
const boxCounts = ({ counts }: ZoneMask, { x, y, width, height }: Box): boolean =>
  counts(inPicture(x + width / 2), inPicture(y + height));

/**
 * `frame` without what does not count: persons and things by their foot points, motion by its cells. What is left is
 * never more than there was: energies stay shares of the whole picture, and changes of the whole picture (light, a moved
 * camera, a cut) stay as they are. The frame itself, which is what is cached, is not changed.
 */
export function frameThroughZones(frame: FrameObservation, mask: ZoneMask | null): FrameObservation {
  if (mask === null) return frame;
  return {
    ...frame,
    motion: motionThroughZones(frame.motion, mask),
    objects: frame.objects?.filter(({ box }) => boxCounts(mask, box)) ?? null,
    persons: frame.persons?.filter(({ box }) => boxCounts(mask, box)) ?? null,
  };
}

/** Speeds and directions are those of the cells that are left, each by how much moves in it. */
function motionThroughZones(motion: MotionObservation, { cells }: ZoneMask): MotionObservation {
  const { energy, erratic, flow } = motion;
  const grid = motion.grid.map((value, cell) => value * (cells[cell] ?? 0));
  const before = sum(motion.grid);
  const left = before === 0 ? 0 : sum(grid) / before;
  if (left === 1) return motion;
  const kept = (values: Float32Array, perCell: number) =>
    values.map((value, index) => ((cells[Math.floor(index / perCell)] ?? 0) > 0 ? value : 0));
  const [velocity, speed] = [kept(motion.velocity, 2), kept(motion.speed, 1)];
  return {
    ...motion,
    grid,
    velocity,
    speed,
    energy: energy * left,
    erratic: left === 0 ? 0 : erratic,
    flow: left === 0 ? { speed: 0, peak: 0, x: 0, y: 0, coherence: 0 } : flowOf(grid, velocity, speed, flow),
  };
}

/** Share of what moves that a peak speed covers, as in `motion.ts`. */
const peakShare = 0.9;

/** Never faster than the whole picture's: what the cells say by themselves is measured more finely. */
function flowOf(
  grid: Float32Array,
  velocity: Float32Array,
  speed: Float32Array,
  whole: MotionObservation['flow'],
): MotionObservation['flow'] {
  let [weight, mean, x, y] = [0, 0, 0, 0];
  const speeds: { readonly speed: number; readonly weight: number }[] = [];
  for (const [cell, energy] of grid.entries()) {
    const cellSpeed = speed[cell] ?? 0;
    if (energy === 0 || cellSpeed === 0) continue;
    weight += energy;
    mean += energy * cellSpeed;
    x += energy * (velocity[2 * cell] ?? 0);
    y += energy * (velocity[2 * cell + 1] ?? 0);
    speeds.push({ speed: cellSpeed, weight: energy });
  }
  if (weight === 0) return { speed: 0, peak: 0, x: 0, y: 0, coherence: 0 };
  speeds.sort((a, b) => a.speed - b.speed);
  let passed = 0;
  const peak = speeds.find((each) => (passed += each.weight) >= peakShare * weight)?.speed ?? 0;
  return {
    speed: Math.min(whole.speed, mean / weight),
    peak: Math.min(whole.peak, peak),
    x: x / weight,
    y: y / weight,
    coherence: mean > 0 ? Math.min(1, Math.hypot(x, y) / mean) : 0,
  };
}

const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
