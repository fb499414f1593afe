/** A camera's day around one of its recordings, in that recording's time: where footage is and how busy it was. */
import type { Footage } from '../../src-main/contract/footage.ts';
import type { Curve } from './curve.ts';
import type { TimeView } from './time-view.ts';

/** A recording of the day; times are seconds since the first frame of the one that is open. */
export interface DaySpan extends TimeView {
  readonly recording: string;
  readonly flags: readonly (Footage['flags'][number] & { readonly recording: string })[];
}

/** Recordings of the day in their order, those that overlap beside each other. */
export const daySpans = (footage: readonly Footage[], originUtcMs: number): DaySpan[] =>
  footage.map(({ recording, utcMs, seconds, flags }) => {
    const start = (utcMs - originUtcMs) / 1000;
    return {
      recording,
      start,
      end: start + seconds,
      flags: flags.map((flag) => ({ ...flag, recording, start: start + flag.start, end: start + flag.end })),
    };
  });

/** Activity of all recordings as one curve, against the busiest second of the day, broken where there is no footage. */
export function dayActivity(footage: readonly Footage[], originUtcMs: number): Curve {
  const length = footage.reduce((sum, { activity }) => sum + activity.length + 1, 0);
  const [x, y] = [new Float64Array(length), new Float32Array(length)];
  let at = 0;
  let busiest = 0;
  for (const { utcMs, activity } of footage) {
    const start = (utcMs - originUtcMs) / 1000;
    if (at > 0 && start > (x[at - 1] ?? 0) + 0.5) {
      x[at] = (x[at - 1] ?? 0) + 0.5;
      y[at++] = NaN;
    }
    for (const [second, level] of activity.entries()) {
      const time = start + second + 0.5;
      // Of recordings that overlap, the one that began first is shown: a curve has one value at a time.
      if (at > 0 && time <= (x[at - 1] ?? -Infinity)) continue;
      x[at] = time;
      y[at++] = level;
      busiest = Math.max(busiest, level);
    }
  }
  return { x: x.slice(0, at), y: y.slice(0, at).map((level) => (busiest > 0 ? level / busiest : level)) };
}

/** Where there is no footage inside `view`, ascending. */
export function gapsIn(spans: readonly TimeView[], view: TimeView): TimeView[] {
  const gaps: TimeView[] = [];
  let end = view.start;
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    if (span.start > end && end < view.end) gaps.push({ start: end, end: Math.min(span.start, view.end) });
    end = Math.max(end, span.end);
  }
  if (end < view.end) gaps.push({ start: end, end: view.end });
  return gaps;
}

/** The recording that has footage of `time`: the one that began last. */
export const spanAt = (spans: readonly DaySpan[], time: number): DaySpan | undefined =>
  spans.findLast(({ start, end }) => time >= start && time < end);
