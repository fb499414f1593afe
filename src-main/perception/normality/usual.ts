/** What the counts say is usual, and how far a frame is from it: raw measures that calibration makes comparable. */
import type { Box } from '../detection.ts';
import { motionColumns, motionRows } from '../motion.ts';
import { scoreBounds, speedBounds, table } from './counts.ts';
import { cellCount, type FrameFeatures, postureCount } from './features.ts';
import type { NoveltyKind } from './normality.ts';

export interface Measure {
  /** 0 where there is nothing of the kind; larger is more unusual. No unit. */
  readonly value: number;
  readonly place: Box;
}

/** Each kind that the frame could be asked for. */
export type Measures = Readonly<Partial<Record<NoveltyKind, Measure>>>;

export interface Usual {
  readonly frames: number;
  /** `[cells]`: median speed of what moves there, picture heights per second. */
  readonly speed: Float64Array;
  /** `[cells]`: nats by which motion there is rarer than `rarePresence`; 0 where it is not rare. */
  readonly rarity: Float64Array;
  readonly counts: ArrayLike<number>;
}

/** Cells as far apart as this in a row of the picture tell half as much of each other's speeds; ours. */
const neighbourhood = 3;
/** The rows above and below, which perspective makes somewhat faster or slower. */
const otherRow = 0.5;
/** What any other cell tells: for places where nothing was ever seen to move. */
const anywhere = 0.001;
/** More than this many times the usual speed is not more unusual: displacements that large are often mistakes. */
const mostExcess = 3;
/** Motion in a smaller share of the frames is rare. */
const rarePresence = 0.05;
/** Certainty by which a detection of a class that was never seen becomes e times less likely to be a mistake; ours. */
const scoreScale = 0.1;

export function usualFrom(counts: ArrayLike<number>): Usual {
  const at = (index: number) => counts[index] ?? 0;
  const frames = at(table.frames);
  const speed = new Float64Array(cellCount);
  const rarity = new Float64Array(cellCount);
  const speeds = speedBounds.length;
  const everywhere = new Float64Array(speeds);
  for (let index = 0; index < cellCount * speeds; index++) {
    everywhere[index % speeds] = (everywhere[index % speeds] as number) + anywhere * at(table.motion + index);
  }
  for (let cell = 0; cell < cellCount; cell++) {
    const [column, row] = [cell % motionColumns, Math.floor(cell / motionColumns)];
    const local = everywhere.slice();
    for (let y = Math.max(0, row - 1); y <= Math.min(motionRows - 1, row + 1); y++) {
      for (let x = 0; x < motionColumns; x++) {
        const weight = (y === row ? 1 : otherRow) / (1 + ((x - column) / neighbourhood) ** 2);
        const from = table.motion + (y * motionColumns + x) * speeds;
        for (let index = 0; index < speeds; index++) {
          local[index] = (local[index] as number) + weight * at(from + index);
        }
      }
    }
    speed[cell] = medianSpeed(local);
    const rate = (at(table.presence + cell) + 0.5) / (frames + 1);
    rarity[cell] = Math.max(0, Math.log(rarePresence / rate));
  }
  return { frames, speed, rarity, counts };
}

/** Median of masses by speed class, between the bounds of its class on a logarithmic scale; 0 where there is no mass. */
export function medianSpeed(masses: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < speedBounds.length; index++) total += masses[index] ?? 0;
  if (total <= 0) return 0;
  let passed = 0;
  for (let index = 0; index < speedBounds.length; index++) {
    const mass = masses[index] ?? 0;
    if (mass > 0 && passed + mass >= total / 2) {
      return (speedBounds[index] as number) * 2 ** ((total / 2 - passed) / mass);
    }
    passed += mass;
  }
  return 0;
}

/**
 * The measures of a frame. Velocity: how much mass moves how many times faster than usual there, summed over a cell
 * and its neighbours, at the place where that is most. Place: likewise, how much mass moves where motion is rare.
 * Object: nats by which the frame's rarest class is rare, given how certain the net is of it. Pose: likewise.
 * Source: the attributes of Reiss & Hoshen 2022 (AI-VAD); measured on cells instead of detected objects, because the
 * object net misses most people in a wide view, and with counts in place of nearest neighbours, in which a few
 * anomalies among what was learned would make all their like usual.
 */
export function measuresOf({ cells, objects, postures }: FrameFeatures, usual: Usual): Measures {
  const excess = new Float64Array(cellCount);
  const rare = new Float64Array(cellCount);
  for (const { cell, mass, speed } of cells) {
    const median = usual.speed[cell] as number;
    if (median > 0) excess[cell] = mass * Math.min(mostExcess, Math.max(0, speed / median - 1));
    rare[cell] = mass * (usual.rarity[cell] as number);
  }
  return {
    velocity: largestAround(excess),
    place: largestAround(rare),
    ...(objects !== null && { object: rarestObject(objects, usual) }),
    ...(postures !== null && { pose: rarestPosture(postures, usual) }),
  };
}

/** The largest sum over 3 × 3 cells, the middle one counting 1, its neighbours ½ and ¼. */
function largestAround(values: Float64Array): Measure {
  let best = 0;
  let bestCell = 0;
  for (let row = 0; row < motionRows; row++) {
    for (let column = 0; column < motionColumns; column++) {
      let sum = 0;
      for (let y = Math.max(0, row - 1); y <= Math.min(motionRows - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(motionColumns - 1, column + 1); x++) {
          const share = (y === row ? 1 : 0.5) * (x === column ? 1 : 0.5);
          sum += share * (values[y * motionColumns + x] as number);
        }
      }
      if (sum > best) [best, bestCell] = [sum, row * motionColumns + column];
    }
  }
  return { value: best, place: boxAroundCell(bestCell) };
}

/** A cell and half of its neighbours, inside the picture. */
function boxAroundCell(cell: number): Box {
  const [column, row] = [cell % motionColumns, Math.floor(cell / motionColumns)];
  const [left, right] = [Math.max(0, column - 0.5), Math.min(motionColumns, column + 1.5)];
  const [top, bottom] = [Math.max(0, row - 0.5), Math.min(motionRows, row + 1.5)];
  return {
    x: left / motionColumns,
    y: top / motionRows,
    width: (right - left) / motionColumns,
    height: (bottom - top) / motionRows,
  };
}

const nowhere: Measure = { value: 0, place: { x: 0, y: 0, width: 1, height: 1 } };

function rarestObject(objects: NonNullable<FrameFeatures['objects']>, { counts }: Usual): Measure {
  const looked = counts[table.looked] ?? 0;
  return objects.reduce<Measure>((rarest, { class: kind, score, box }) => {
    const mistake = 0.5 * Math.exp((scoreBounds[0] - score) / scoreScale);
    const value = -Math.log((framesAsSure(counts, kind, score) + mistake) / (looked + 1));
    return value > rarest.value ? { value, place: box } : rarest;
  }, nowhere);
}

/** Frames with a detection of the class at least as certain; within a class of certainty they are spread evenly. */
function framesAsSure(counts: ArrayLike<number>, kind: number, score: number): number {
  let sum = 0;
  for (const [index, bound] of scoreBounds.entries()) {
    const next = scoreBounds[index + 1] ?? 1;
    const above = Math.min(1, Math.max(0, (next - score) / (next - bound)));
    sum += above * (counts[table.objects + kind * scoreBounds.length + index] ?? 0);
  }
  return sum;
}

function rarestPosture(postures: NonNullable<FrameFeatures['postures']>, { counts }: Usual): Measure {
  const persons = counts[table.persons] ?? 0;
  return postures.reduce<Measure>((rarest, { posture, box }) => {
    const value = -Math.log(((counts[table.postures + posture] ?? 0) + 1) / (persons + postureCount));
    return value > rarest.value ? { value, place: box } : rarest;
  }, nowhere);
}
