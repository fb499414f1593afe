/** Smooth paths over the ground, measured along their length. */
import { headingTowards, mixHeadings, type GroundPoint } from './vector.ts';

export interface PathPlace {
  readonly x: number;
  readonly z: number;
  /** Radians, the direction of travel there. */
  readonly heading: number;
}

export interface Path {
  /** Metres. */
  readonly length: number;
  /** The place `distance` metres along; clamped to the ends. */
  at(distance: number): PathPlace;
}

const piecesPerSpan = 16;

/** A point of the Catmull-Rom spline through b and c. */
function splinePoint(a: GroundPoint, b: GroundPoint, c: GroundPoint, d: GroundPoint, t: number): GroundPoint {
  const blend = (p: number, q: number, r: number, s: number) =>
    0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t * t * t);
  return { x: blend(a.x, b.x, c.x, d.x), z: blend(a.z, b.z, c.z, d.z) };
}

/**
 * The smooth path through `points` (at least one).
 * Source: Catmull & Rom 1974, uniform parameters, sampled in sixteen pieces per span and measured by their chords.
 */
export function pathThrough(points: readonly GroundPoint[]): Path {
  const at = (index: number): GroundPoint => {
    const point = points[Math.min(points.length - 1, Math.max(0, index))];
    if (point === undefined) throw new RangeError('pathThrough: no points');
    return point;
  };
  const samples: GroundPoint[] = [at(0)];
  for (let span = 0; span + 1 < points.length; span++) {
    for (let piece = 1; piece <= piecesPerSpan; piece++) {
      samples.push(splinePoint(at(span - 1), at(span), at(span + 1), at(span + 2), piece / piecesPerSpan));
    }
  }
  const distances = new Float64Array(samples.length);
  const headings = new Float64Array(samples.length);
  for (let index = 1; index < samples.length; index++) {
    const from = samples[index - 1] ?? at(0);
    const to = samples[index] ?? at(0);
    distances[index] = (distances[index - 1] ?? 0) + Math.hypot(to.x - from.x, to.z - from.z);
    headings[index] = headingTowards(from, to);
  }
  headings[0] = headings[1] ?? 0;
  const total = distances.at(-1) ?? 0;
  return {
    length: total,
    at(distance) {
      const clamped = Math.min(total, Math.max(0, distance));
      let low = 0;
      let high = samples.length - 1;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if ((distances[middle] ?? 0) <= clamped) low = middle;
        else high = middle;
      }
      const from = samples[low] ?? at(0);
      const to = samples[high] ?? from;
      const span = (distances[high] ?? 0) - (distances[low] ?? 0);
      const weight = span > 0 ? (clamped - (distances[low] ?? 0)) / span : 0;
      return {
        x: from.x + (to.x - from.x) * weight,
        z: from.z + (to.z - from.z) * weight,
        heading: mixHeadings(headings[low] ?? 0, headings[high] ?? 0, weight),
      };
    },
  };
}

/** A moment at which a vehicle has come `distance` metres along its path. */
export interface TravelKey {
  readonly time: number;
  readonly distance: number;
}

/**
 * Distance travelled at `time` by someone who passes `keys` (ascending in both): monotone, with a continuous speed;
 * beyond the ends the outermost speed goes on.
 * Source: Fritsch & Carlson 1980, with the harmonic mean of neighbouring slopes.
 */
export function distanceAt(keys: readonly TravelKey[], time: number): number {
  const first = keys[0];
  const last = keys.at(-1);
  if (first === undefined || last === undefined) return 0;
  const slope = (index: number): number => {
    const a = keys[index];
    const b = keys[index + 1];
    return a === undefined || b === undefined ? 0 : (b.distance - a.distance) / (b.time - a.time);
  };
  const tangent = (index: number): number => {
    if (index === 0) return slope(0);
    if (index === keys.length - 1) return slope(index - 1);
    const [before, after] = [slope(index - 1), slope(index)];
    return before * after > 0 ? (2 * before * after) / (before + after) : 0;
  };
  if (time <= first.time) return first.distance + tangent(0) * (time - first.time);
  if (time >= last.time) return last.distance + tangent(keys.length - 1) * (time - last.time);
  const index = Math.max(0, keys.findIndex((key) => key.time > time) - 1);
  const [from, to] = [keys[index] ?? first, keys[index + 1] ?? last];
  const span = to.time - from.time;
  const t = (time - from.time) / span;
  const [t2, t3] = [t * t, t * t * t];
  return (
    (2 * t3 - 3 * t2 + 1) * from.distance +
    (t3 - 2 * t2 + t) * span * tangent(index) +
    (3 * t2 - 2 * t3) * to.distance +
    (t3 - t2) * span * tangent(index + 1)
  );
}
