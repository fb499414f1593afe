/** Draws what lies along the recording: flags as bands by state, misses, looks as a skyline of their density. */
import { type LookLane, lookHeight, lookSkyline, seenColumns } from '../../lib/look-lane.ts';
import { type TimeView, xFromTime } from '../../lib/time-view.ts';
import { laneHeights, type Lanes } from './lanes.ts';
import type { Colours } from './use-colours.ts';
import type { FlagState } from '../../../src-main/contract/calls/review.ts';

export interface Band {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly state: FlagState;
}

export interface LanesScene {
  readonly view: TimeView;
  readonly width: number;
  readonly lanes: Lanes;
  readonly bands: readonly Band[];
  readonly selected: string | null;
  readonly misses: readonly { readonly start: number; readonly end: number }[];
  /** What the reviewer pointed at elsewhere. */
  readonly highlight: { readonly start: number; readonly end: number } | null;
  readonly looks: LookLane;
  /** What is known to be true. */
  readonly truth: readonly TimeView[];
  /** What lies under the lanes is to be seen: where there is footage. */
  readonly isTransparent: boolean;
  readonly colours: Colours;
}

/** A flag of a second in a day must still be seen and hit. */
const narrowestBand = 3;
/** Ticks of single frames are drawn while they are, on average, this many pixels apart. */
const tickPixels = 4;

/** Left edge and width of an interval on the screen. */
export function bandSpan(view: TimeView, width: number, { start, end }: TimeView): readonly [x: number, width: number] {
  const [from, to] = [xFromTime(view, width, start), xFromTime(view, width, end)];
  const wide = Math.max(narrowestBand, to - from);
  return [(from + to - wide) / 2, wide];
}

/** `context` is scaled to CSS pixels and cleared. */
export function drawLanes(context: CanvasRenderingContext2D, scene: LanesScene): void {
  const { view, width, lanes, colours } = scene;
  const { flagsTop, truthTop, curvesTop, looksTop } = lanes;
  if (!scene.isTransparent) {
    context.fillStyle = colours.lane;
    context.fillRect(0, flagsTop, width, laneHeights.flags);
    context.fillRect(0, looksTop, width, laneHeights.looks);
  }

  const inView = ({ start, end }: { start: number; end: number }) => end >= view.start && start <= view.end;
  const bands = scene.bands.filter(inView);
  // The selected one last, over the others.
  for (const band of bands.toSorted((a, b) => Number(a.id === scene.selected) - Number(b.id === scene.selected))) {
    const [x, wide] = bandSpan(view, width, band);
    const isSelected = band.id === scene.selected;
    const colour = colours[band.state];
    context.fillStyle = colour;
    context.globalAlpha = isSelected ? 0.16 : 0.06;
    context.fillRect(x, curvesTop, wide, looksTop - curvesTop - laneHeights.gap);
    context.globalAlpha = 1;
    drawBand(context, band.state, x, flagsTop + 2, wide, laneHeights.flags - 4, colour, isSelected);
    if (isSelected) edges(context, x, wide, flagsTop, looksTop - laneHeights.gap, colour);
  }
  for (const miss of scene.misses.filter(inView)) {
    const [x, wide] = bandSpan(view, width, miss);
    context.strokeStyle = colours.miss;
    context.lineWidth = 1.5;
    context.setLineDash([3, 2]);
    context.strokeRect(x + 0.75, flagsTop + 1.75, Math.max(1, wide - 1.5), laneHeights.flags - 3.5);
    context.setLineDash([]);
  }
  if (truthTop !== null) {
    context.fillStyle = colours.truth;
    for (const each of scene.truth.filter(inView)) {
      const [x, wide] = bandSpan(view, width, each);
      context.beginPath();
      context.roundRect(x, truthTop, wide, laneHeights.truth - 2, 2);
      context.fill();
    }
  }
  drawLooks(context, scene, looksTop);
  if (scene.highlight !== null && inView(scene.highlight)) {
    const [x, wide] = bandSpan(view, width, scene.highlight);
    context.strokeStyle = colours.look;
    context.lineWidth = 1.5;
    context.strokeRect(x + 0.75, looksTop + 0.75, Math.max(1, wide - 1.5), laneHeights.looks - 1.5);
  }
}

/** Each state has a look of its own besides its colour: filled, outlined, hatched, half filled. */
function drawBand(
  context: CanvasRenderingContext2D,
  state: FlagState,
  x: number,
  y: number,
  width: number,
  height: number,
  colour: string,
  isSelected: boolean,
): void {
  context.save();
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(3, width / 2));
  context.clip();
  context.fillStyle = context.strokeStyle = colour;
  context.globalAlpha = state === 'confirm' ? 1 : state === 'open' ? 0.55 : 0.18;
  if (isSelected) context.globalAlpha = Math.min(1, context.globalAlpha + 0.3);
  context.fillRect(x, y, width, height);
  context.globalAlpha = 1;
  if (state === 'unsure') {
    context.lineWidth = 2;
    context.beginPath();
    for (let at = Math.max(x, -height) - height; at < Math.min(x + width, context.canvas.width); at += 6) {
      context.moveTo(at, y + height);
      context.lineTo(at + height, y);
    }
    context.stroke();
  }
  if (state === 'reject') {
    context.lineWidth = 2;
    context.beginPath();
    context.roundRect(x, y, width, height, Math.min(3, width / 2));
    context.stroke();
  }
  context.restore();
}

function edges(
  context: CanvasRenderingContext2D,
  x: number,
  width: number,
  top: number,
  bottom: number,
  colour: string,
): void {
  context.fillStyle = colour;
  context.fillRect(x, top, 1, bottom - top);
  context.fillRect(x + width - 1, top, 1, bottom - top);
}

function drawLooks(context: CanvasRenderingContext2D, { view, width, looks, colours }: LanesScene, top: number): void {
  const columns = Math.max(1, Math.round(width));
  const skyline = lookSkyline(looks, view, columns);
  context.fillStyle = colours.look;
  for (let column = 0; column < columns;) {
    const density = skyline[column] as number;
    let next = column + 1;
    while (next < columns && skyline[next] === density) next++;
    const share = lookHeight(density, looks.densest);
    if (share > 0) {
      context.globalAlpha = 0.25 + 0.5 * share;
      const high = share * (laneHeights.looks - 2);
      context.fillRect(column, top + laneHeights.looks - high, next - column, high);
    }
    column = next;
  }
  const seen = seenColumns(looks.times, view, columns);
  context.globalAlpha = 1;
  if (seen.length > 0 && columns / seen.length >= tickPixels) {
    for (const column of seen) context.fillRect(column, top + laneHeights.looks - 7, 1, 7);
  }
}
