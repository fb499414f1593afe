/** Which segments a player keeps around the playhead: what to fetch next and what to let go. */

export interface SegmentLayout {
  readonly segmentSeconds: number;
  readonly segments: number;
}

/** Seconds kept ready after the playhead and held before it. */
export const secondsAhead = 16;
export const secondsBehind = 12;

/** The segment that holds `time`; the last one at and after the end. */
export function segmentAt({ segmentSeconds, segments }: SegmentLayout, time: number): number {
  return Math.max(0, Math.min(segments - 1, Math.floor(time / segmentSeconds)));
}

/** First and last segment of the window around `time`, both in it. */
export function segmentWindow(layout: SegmentLayout, time: number): readonly [first: number, last: number] {
  return [segmentAt(layout, time - secondsBehind), segmentAt(layout, time + secondsAhead)];
}

/** The segment to fetch next, the one under the playhead first; null where all that are needed are there. */
export function nextSegment(layout: SegmentLayout, time: number, held: ReadonlySet<number>): number | null {
  if (layout.segments === 0) return null;
  const [, last] = segmentWindow(layout, time);
  for (let segment = segmentAt(layout, time); segment <= last; segment++) if (!held.has(segment)) return segment;
  return null;
}

/** What an element decodes after a frame before it shows it, at most. */
const decodedAhead = 0.5;

/** Whether a seek to `time` finds all that an element needs to show its frame. */
export function isCovered(layout: SegmentLayout, time: number, held: ReadonlySet<number>): boolean {
  return held.has(segmentAt(layout, time)) && held.has(segmentAt(layout, time + decodedAhead));
}

/** Held segments that lie outside the window, ascending. */
export function segmentsToDrop(layout: SegmentLayout, time: number, held: ReadonlySet<number>): number[] {
  const [first, last] = segmentWindow(layout, time);
  return [...held].filter((segment) => segment < first || segment > last).toSorted((a, b) => a - b);
}
