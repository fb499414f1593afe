/** Arithmetic of a split that its reader drags: panels in percent, one handle between each two neighbours. */

/**
 * `sizes` after the handle that follows panel `handle` was moved by `delta` percent: the two beside it share the change,
 * none becomes smaller than its minimum, the others and the sum stay.
 */
export function movedSizes(
  sizes: readonly number[],
  handle: number,
  delta: number,
  minSizes: readonly number[],
): number[] {
  const before = sizes[handle] ?? 0;
  const after = sizes[handle + 1] ?? 0;
  const together = before + after;
  const least = Math.min(minSizes[handle] ?? 0, before);
  const most = together - Math.min(minSizes[handle + 1] ?? 0, after);
  const moved = Math.min(most, Math.max(least, before + delta));
  return sizes.map((size, index) => (index === handle ? moved : index === handle + 1 ? together - moved : size));
}

/** What was stored as sizes of `count` panels, or null where it is nothing of the kind. */
export function readSizes(stored: string | null, count: number): number[] | null {
  if (stored === null) return null;
  const sizes = stored.split(' ').map(Number);
  const sum = sizes.reduce((total, size) => total + size, 0);
  const areSizes = sizes.every((size) => Number.isFinite(size) && size >= 0);
  return sizes.length === count && areSizes && Math.abs(sum - 100) < 1 ? sizes : null;
}
