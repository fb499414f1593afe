/** Draws the ruler over the lanes: round instants, and the frames themselves where there is room for them. */
import { frameAt } from '../../lib/frame-index.ts';
import { type RulerClock, rulerTicks } from '../../lib/ruler-ticks.ts';
import { type TimeView, xFromTime } from '../../lib/time-view.ts';
import { laneHeights } from './lanes.ts';
import type { Colours } from './use-colours.ts';

/** Frames get a tick each from this distance on. */
const framePixels = 6;

/** `context` is scaled to CSS pixels and cleared. */
export function drawRuler(
  context: CanvasRenderingContext2D,
  view: TimeView,
  width: number,
  frameTimes: Float64Array | null,
  colours: Colours,
  clock: RulerClock | undefined,
): void {
  const bottom = laneHeights.ruler - 2;
  context.font = `11px ${colours.font}`;
  context.textBaseline = 'middle';
  context.fillStyle = colours.muted;
  for (const { time, label } of rulerTicks(view, width, 84, clock)) {
    const x = Math.round(xFromTime(view, width, time));
    context.globalAlpha = label === null ? 0.45 : 0.9;
    context.fillRect(x, bottom - (label === null ? 3 : 7), 1, label === null ? 3 : 7);
    if (label === null) continue;
    context.globalAlpha = 1;
    const { width: wide } = context.measureText(label);
    if (x + 4 + wide <= width) context.fillText(label, x + 4, bottom / 2 - 1);
  }
  drawFrames(context, view, width, frameTimes, colours);
  context.globalAlpha = 1;
}

function drawFrames(
  context: CanvasRenderingContext2D,
  view: TimeView,
  width: number,
  times: Float64Array | null,
  colours: Colours,
): void {
  if (times === null || times.length === 0) return;
  const [first, last] = [frameAt(times, view.start), frameAt(times, view.end)];
  if ((last - first + 1) * framePixels > width) return;
  context.fillStyle = colours.accent;
  context.globalAlpha = 0.8;
  for (let index = first; index <= last; index++) {
    const x = xFromTime(view, width, times[index] as number);
    if (x >= 0) context.fillRect(Math.round(x), laneHeights.ruler - 5, 2, 5);
  }
}
