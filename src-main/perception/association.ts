/** Who is who from one frame of a look to the next, where the frames are near enough in time to say. */

/** Something with a place and a size, both in picture heights. */
interface Sized {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Frames further apart than this are not linked, seconds. */
export const longestLink = 1.05;
/** What a net's boxes jitter by, in sizes. */
const jitter = 0.3;
/** The same thing does not change its size by more than this factor. */
const sizeChange = 1.6;
/** The right partner must be this much nearer than the next best. */
const clarity = 0.6;

/**
 * Pairs `[before, after]` of the same thing, `seconds` apart: mutually nearest, of similar size, within reach, and
 * unmistakable (no other candidate nearly as near). `topSpeed` is what nothing of its kind exceeds, in sizes per second. In doubt there is no pair: a wrong one would be a false speed.
 */
export function link<T extends Sized>(
  before: readonly T[],
  after: readonly T[],
  seconds: number,
  topSpeed: number,
): [T, T][] {
  if (seconds <= 0 || seconds > longestLink) return [];
  const reach = jitter + topSpeed * seconds;
  const pairs: [T, T][] = [];
  for (const one of before) {
    const forth = nearest(one, after, reach);
    if (forth === null) continue;
    if (nearest(forth, before, reach) === one) pairs.push([one, forth]);
  }
  return pairs;
}

function nearest<T extends Sized>(one: T, others: readonly T[], reach: number): T | null {
  let best: T | null = null;
  let bestDistance = Infinity;
  let secondDistance = Infinity;
  for (const other of others) {
    const ratio = other.size / one.size;
    if (ratio > sizeChange || ratio < 1 / sizeChange) continue;
    const distance = Math.hypot(other.x - one.x, other.y - one.y) / Math.sqrt(one.size * other.size);
    if (distance > reach) continue;
    if (distance < bestDistance) [secondDistance, bestDistance, best] = [bestDistance, distance, other];
    else secondDistance = Math.min(secondDistance, distance);
  }
  return bestDistance <= clarity * secondDistance ? best : null;
}

/** Speed in sizes per second; displacements within `slack` sizes are jitter of the boxes. */
export function speedOf(before: Sized, after: Sized, seconds: number, slack: number): number {
  const distance = Math.hypot(after.x - before.x, after.y - before.y) / Math.sqrt(before.size * after.size);
  return Math.max(0, distance - slack) / seconds;
}
