/** Rectangles over a picture, in shares of it: drawn, moved and sized without leaving it; pure. */
import type { HiddenRegion } from '../../../src-main/contract/evidence.ts';

type Box = HiddenRegion['box'];

/** Smaller ones are a slip of the pointer. */
export const leastSide = 0.01;
/** Of one press of an arrow key. */
const step = 0.02;

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** The rectangle between two corners, whichever comes first. */
export function boxBetween(a: { x: number; y: number }, b: { x: number; y: number }): Box {
  const [left, right] = [clamp(Math.min(a.x, b.x), 0, 1), clamp(Math.max(a.x, b.x), 0, 1)];
  const [top, bottom] = [clamp(Math.min(a.y, b.y), 0, 1), clamp(Math.max(a.y, b.y), 0, 1)];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** A third of the picture, in its middle. */
export const middleBox: Box = { x: 0.35, y: 0.35, width: 0.3, height: 0.3 };

const directions: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ...{ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] },
};

/** `box` after an arrow key: moved, or with Shift sized at its lower right corner; null for any other key. */
export function boxAfterKey({ x, y, width, height }: Box, key: string, isSizing: boolean): Box | null {
  const direction = directions[key];
  if (direction === undefined) return null;
  const [dx, dy] = [direction[0] * step, direction[1] * step];
  if (isSizing) {
    const [right, bottom] = [clamp(width + dx, leastSide, 1 - x), clamp(height + dy, leastSide, 1 - y)];
    return { x, y, width: right, height: bottom };
  }
  return { x: clamp(x + dx, 0, 1 - width), y: clamp(y + dy, 0, 1 - height), width, height };
}
