/** Arithmetic of boxes in [0, 1] of the displayed picture. */
import type { Box } from './detection.ts';

const boxArea = (box: Box): number => Math.max(0, box.width) * Math.max(0, box.height);

function sharedArea(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Intersection over union, [0, 1]; 0 for empty boxes. */
export function boxIoU(a: Box, b: Box): number {
  const shared = sharedArea(a, b);
  const union = boxArea(a) + boxArea(b) - shared;
  return union > 0 ? shared / union : 0;
}

/** The share of the smaller box that lies inside the other one, [0, 1]; 0 for empty boxes. */
export function overlapOfSmaller(a: Box, b: Box): number {
  const smaller = Math.min(boxArea(a), boxArea(b));
  return smaller > 0 ? Math.min(1, sharedArea(a, b) / smaller) : 0;
}

/** Distance between the nearest edges in picture heights (`aspect` is width over height); 0 where they touch or overlap. */
export function boxGap(a: Box, b: Box, aspect: number): number {
  const x = Math.max(0, Math.max(a.x, b.x) - Math.min(a.x + a.width, b.x + b.width)) * aspect;
  const y = Math.max(0, Math.max(a.y, b.y) - Math.min(a.y + a.height, b.y + b.height));
  return Math.hypot(x, y);
}

/** The smallest box around all of `boxes`, which must not be empty. */
export function boxAround(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

export function isInside(x: number, y: number, box: Box): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}
