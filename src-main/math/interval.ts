/** Half-open intervals `[start, end)` on a time axis, in seconds. */

export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** Length in seconds; 0 for an empty or reversed interval. */
export const intervalLength = (interval: Interval): number => Math.max(0, interval.end - interval.start);

/** The part that both cover, or null where they do not overlap. */
export function intersection(a: Interval, b: Interval): Interval | null {
  const start = Math.max(a.start, b.start);
  const end = Math.min(a.end, b.end);
  return end > start ? { start, end } : null;
}

/** `intervals` in order of start, with those that touch or lie within `gap` seconds of each other joined. */
export function mergeIntervals(intervals: readonly Interval[], gap = 0): Interval[] {
  const merged: { start: number; end: number }[] = [];
  for (const interval of intervals.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && interval.start - last.end <= gap) last.end = Math.max(last.end, interval.end);
    else merged.push({ start: interval.start, end: interval.end });
  }
  return merged;
}
