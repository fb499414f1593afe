/** Draws what was seen, the time and a caption into the pictures of a viewing copy. */
import type { DrawnPart } from '../../contract/evidence.ts';
import { boneLines, overlayAt } from '../../contract/overlay-at.ts';
import type { OverlayFrame, OverlayItem } from '../../contract/overlay.ts';
import { Canvas, type Colour, textWidth, wrapped } from './canvas.ts';
import { glyphHeight, glyphWidth } from './glyphs.ts';

export interface Drawing {
  readonly parts: readonly DrawnPart[];
  /** Ascending by time. */
  readonly frames: readonly OverlayFrame[];
  /** The words for a moment of the recording. */
  readonly stampAt: (seconds: number) => string;
  readonly caption: string;
}

/** The window's colours of what is drawn over footage. */
const colours: Readonly<Record<OverlayItem['kind'], Colour>> = {
  person: [127, 227, 255],
  vehicle: [255, 209, 102],
  animal: [196, 163, 255],
  bag: [255, 159, 196],
};
const white: Colour = [255, 255, 255];
const black: Colour = [0, 0, 0];
/** Of the ground that letters stand on. */
const groundOpacity = 0.6;
/** Dots of letters are a pixel in pictures of less than twice this height. */
const linesOfPicture = 270;
const captionLines = 3;
/** Seconds of its way that a track drags behind it, and between two points of it. */
const trailSeconds = 3;
const longestStep = 1.05;

/** Draws into the picture `[height, width, 3]` on screen at `seconds` of the recording. */
export function drawOverlay(rgb: Uint8Array, width: number, height: number, seconds: number, drawing: Drawing): void {
  const { parts, frames } = drawing;
  const canvas = new Canvas(rgb, width, height);
  const scale = Math.max(1, Math.round(height / linesOfPicture));
  const items = overlayAt(frames, seconds);
  if (parts.includes('tracks')) for (const item of items) drawTrail(canvas, scale, item, frames, seconds);
  if (parts.includes('boxes')) for (const item of items) drawBox(canvas, scale, item);
  if (parts.includes('poses')) for (const item of items) drawPose(canvas, scale, item);
  if (parts.includes('time')) drawLines(canvas, scale, [drawing.stampAt(seconds)], 'top');
  if (parts.includes('caption')) {
    const most = Math.floor((width - 4 * scale) / ((glyphWidth + 1) * scale));
    drawLines(canvas, scale, wrapped(drawing.caption, most, captionLines), 'bottom');
  }
}

function drawBox(canvas: Canvas, scale: number, { box, kind, track }: OverlayItem): void {
  const [x, y] = [box.x * canvas.width, box.y * canvas.height];
  const [width, height] = [box.width * canvas.width, box.height * canvas.height];
  canvas.frame(x, y, width, height, 2 * scale, colours[kind]);
  // Colours alone tell too little.
  const words = track === null ? kind : `${kind} ${track}`;
  const line = (glyphHeight + 1) * scale;
  const top = y >= line ? y - line : y;
  canvas.fill(x, top, textWidth(words, scale) + 2 * scale, line, black, groundOpacity);
  canvas.text(x + 2 * scale, top + scale, scale, words, colours[kind]);
}

function drawPose(canvas: Canvas, scale: number, { keypoints, kind }: OverlayItem): void {
  for (const [ax, ay, bx, by] of boneLines(keypoints ?? [])) {
    const [w, h] = [canvas.width, canvas.height];
    canvas.line(ax * w, ay * h, bx * w, by * h, 1.5 * scale, colours[kind]);
  }
}

/** The way of the feet, up to where it is now. */
function drawTrail(
  canvas: Canvas,
  scale: number,
  now: OverlayItem,
  frames: readonly OverlayFrame[],
  seconds: number,
): void {
  if (now.track === null) return;
  const foot = ({ box }: OverlayItem) => [(box.x + box.width / 2) * canvas.width, (box.y + box.height) * canvas.height];
  const way = frames
    .filter(({ time }) => time > seconds - trailSeconds && time <= seconds)
    .flatMap(({ time, items }) => {
      const item = items.find(({ track }) => track === now.track);
      return item === undefined ? [] : [{ time, item }];
    });
  for (const [index, from] of way.entries()) {
    const to = way[index + 1] ?? { time: seconds, item: now };
    if (to.time - from.time > longestStep) continue;
    const [[ax = 0, ay = 0], [bx = 0, by = 0]] = [foot(from.item), foot(to.item)];
    canvas.line(ax, ay, bx, by, 1.5 * scale, colours[now.kind]);
  }
}

function drawLines(canvas: Canvas, scale: number, lines: readonly string[], edge: 'top' | 'bottom'): void {
  if (lines.length === 0) return;
  const line = (glyphHeight + 2) * scale;
  const height = lines.length * line + 2 * scale;
  const top = edge === 'top' ? 0 : canvas.height - height;
  const width = edge === 'top' ? textWidth(lines[0] ?? '', scale) + 4 * scale : canvas.width;
  canvas.fill(0, top, width, height, black, groundOpacity);
  for (const [index, words] of lines.entries()) {
    canvas.text(2 * scale, top + 2 * scale + index * line, scale, words, white);
  }
}
