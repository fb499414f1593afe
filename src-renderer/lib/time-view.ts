/** The part of a recording that a timeline shows, and how it is zoomed and moved. */

/** A span in seconds, `start < end`. */
export interface TimeView {
  readonly start: number;
  readonly end: number;
}

/** The shortest span worth a screen: a few frames. */
export const shortestView = 0.2;

/** A recording of a single frame is shorter than any view worth zooming to; of one that is not known yet there is no end. */
const wholeLength = (seconds: number): number => (seconds > 0 ? seconds : shortestView);

/** `view` held inside `[0, seconds]`, its length first. */
export function heldView(view: TimeView, seconds: number): TimeView {
  const whole = wholeLength(seconds);
  const length = Math.min(whole, Math.max(shortestView, view.end - view.start));
  const start = Math.min(whole - length, Math.max(0, view.start));
  return { start, end: start + length };
}

export const wholeView = (seconds: number): TimeView => heldView({ start: 0, end: seconds }, seconds);

/** Shorter by `factor` (longer below 1); what is at `anchor` stays where it is on the screen, as far as the ends allow. */
export function zoomedView(view: TimeView, anchor: number, factor: number, seconds: number): TimeView {
  const length = view.end - view.start;
  const wanted = Math.min(wholeLength(seconds), Math.max(shortestView, length / factor));
  const start = anchor - ((anchor - view.start) / length) * wanted;
  return heldView({ start, end: start + wanted }, seconds);
}

export const movedView = (view: TimeView, by: number, seconds: number): TimeView =>
  heldView({ start: view.start + by, end: view.end + by }, seconds);

/** The interval with as much again on either side, a few seconds at least. */
export function viewAround(interval: TimeView, seconds: number): TimeView {
  const margin = Math.max(2, interval.end - interval.start);
  return heldView({ start: interval.start - margin, end: interval.end + margin }, seconds);
}

/** `view`, or the page of the same length that holds `time` where it does not: how a timeline follows what plays. */
export function viewFollowing(view: TimeView, time: number, direction: 1 | -1, seconds: number): TimeView {
  if (time >= view.start && time <= view.end) return view;
  const length = view.end - view.start;
  // A tenth of the page behind the playhead is kept in sight.
  const start = direction > 0 ? time - length / 10 : time - (length * 9) / 10;
  return heldView({ start, end: start + length }, seconds);
}

export const xFromTime = (view: TimeView, width: number, time: number): number =>
  ((time - view.start) / (view.end - view.start)) * width;

export const timeFromX = (view: TimeView, width: number, x: number): number =>
  view.start + (x / width) * (view.end - view.start);
