/** The part of a recording, or of its camera's day, that a timeline shows, and how it is zoomed and moved. */

/** A span in seconds, `start < end`. */
export interface TimeView {
  readonly start: number;
  readonly end: number;
}

/** What there is to show: a span, or a recording by its length in seconds. */
export type Whole = TimeView | number;

/** The shortest span worth a screen: a few frames. */
export const shortestView = 0.2;

/** A recording of a single frame is shorter than any view worth zooming to; of one that is not known yet there is no end. */
function spanOf(whole: Whole): TimeView {
  const { start, end } = typeof whole === 'number' ? { start: 0, end: whole } : whole;
  return { start, end: end > start ? end : start + shortestView };
}

/** `view` held inside `whole`, its length first. */
export function heldView(view: TimeView, whole: Whole): TimeView {
  const span = spanOf(whole);
  const length = Math.min(span.end - span.start, Math.max(shortestView, view.end - view.start));
  const start = Math.min(span.end - length, Math.max(span.start, view.start));
  return { start, end: start + length };
}

export const wholeView = (whole: Whole): TimeView => heldView(spanOf(whole), whole);

/** Shorter by `factor` (longer below 1); what is at `anchor` stays where it is on the screen, as far as the ends allow. */
export function zoomedView(view: TimeView, anchor: number, factor: number, whole: Whole): TimeView {
  const length = view.end - view.start;
  const span = spanOf(whole);
  const wanted = Math.min(span.end - span.start, Math.max(shortestView, length / factor));
  const start = anchor - ((anchor - view.start) / length) * wanted;
  return heldView({ start, end: start + wanted }, whole);
}

export const movedView = (view: TimeView, by: number, whole: Whole): TimeView =>
  heldView({ start: view.start + by, end: view.end + by }, whole);

/** The interval with as much again on either side, a few seconds at least. */
export function viewAround(interval: TimeView, whole: Whole): TimeView {
  const margin = Math.max(2, interval.end - interval.start);
  return heldView({ start: interval.start - margin, end: interval.end + margin }, whole);
}

/** `view`, or the page of the same length that holds `time` where it does not: how a timeline follows what plays. */
export function viewFollowing(view: TimeView, time: number, direction: 1 | -1, whole: Whole): TimeView {
  if (time >= view.start && time <= view.end) return view;
  const length = view.end - view.start;
  // A tenth of the page behind the playhead is kept in sight.
  const start = direction > 0 ? time - length / 10 : time - (length * 9) / 10;
  return heldView({ start, end: start + length }, whole);
}

export const xFromTime = (view: TimeView, width: number, time: number): number =>
  ((time - view.start) / (view.end - view.start)) * width;

export const timeFromX = (view: TimeView, width: number, x: number): number =>
  view.start + (x / width) * (view.end - view.start);
