/** Draws where a camera has footage: gaps hatched, recordings as bars under the ruler, flags of the other ones. */
import { type DaySpan, gapsIn } from '../../lib/day-footage.ts';
import { type TimeView, xFromTime } from '../../lib/time-view.ts';
import { bandSpan } from './draw-lanes.ts';
import { laneHeights, type Lanes } from './lanes.ts';
import type { Colours } from './use-colours.ts';

export interface FootageScene {
  readonly view: TimeView;
  readonly width: number;
  readonly height: number;
  readonly lanes: Lanes;
  readonly spans: readonly DaySpan[];
  /** Id of the recording that is open. */
  readonly open: string | null;
  readonly colours: Colours;
}

const barHeight = 3;
const hatch = 7;

/** Recordings and gaps, under everything else. `context` is scaled to CSS pixels and cleared. */
export function drawFootage(context: CanvasRenderingContext2D, scene: FootageScene): void {
  const { view, width, height, spans, colours } = scene;
  const top = laneHeights.ruler;
  for (const gap of gapsIn(spans, view)) {
    const [x, end] = [xFromTime(view, width, gap.start), xFromTime(view, width, gap.end)];
    if (end - x < 0.5) continue;
    context.save();
    context.beginPath();
    context.rect(x, top, end - x, height - top);
    context.clip();
    context.fillStyle = colours.below;
    context.fillRect(x, top, end - x, height - top);
    context.strokeStyle = colours.border;
    context.lineWidth = 1;
    context.beginPath();
    // From a multiple of the distance on, so that the lines stand still while the view moves over them.
    for (let at = Math.floor((x - height) / hatch) * hatch; at < end; at += hatch) {
      context.moveTo(at, height);
      context.lineTo(at + height, 0);
    }
    context.stroke();
    context.restore();
  }
  for (const span of spans) {
    if (span.end < view.start || span.start > view.end) continue;
    const [x, wide] = bandSpan(view, width, span);
    context.fillStyle = span.recording === scene.open ? colours.accent : colours.strong;
    context.beginPath();
    // A hair apart, so that recordings that follow each other are told apart.
    context.roundRect(x + 0.5, top - barHeight, Math.max(1, wide - 1), barHeight, 1.5);
    context.fill();
  }
}

/** Flags of the recordings that are not open, in the lane of flags. */
export function drawOtherFlags(context: CanvasRenderingContext2D, scene: FootageScene): void {
  const { view, width, spans, lanes, colours } = scene;
  for (const span of spans) {
    if (span.recording === scene.open || span.end < view.start || span.start > view.end) continue;
    for (const flag of span.flags) {
      const [x, wide] = bandSpan(view, width, flag);
      context.globalAlpha = flag.state === 'confirm' ? 0.8 : 0.45;
      context.fillStyle = colours[flag.state];
      context.fillRect(x, lanes.flagsTop + 4, wide, laneHeights.flags - 8);
    }
  }
  context.globalAlpha = 1;
}
