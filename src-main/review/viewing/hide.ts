/** Makes parts of a picture unrecognisable for good: what stands there afterwards was not made from what stood there. */
import type { HiddenRegion } from '../../contract/evidence.ts';

type Box = HiddenRegion['box'];

/** Squares along the shorter side: it shall be seen that something was hidden, and how large it was. */
const squares = 5;
/** How much lighter or darker than the mean a square is at most. */
const spread = 26;

/**
 * Covers `box` (in [0, 1] of the picture) of the `[height, width, 3]` picture. Every square has the box's mean colour, made
 * lighter or darker by its place alone: of the picture beneath nothing is left but that one colour, rounded to steps of 16,
 * so that no reckoning brings it back, from one frame or from many.
 */
export function hide(rgb: Uint8Array, width: number, height: number, box: Box): void {
  const left = Math.max(0, Math.floor(box.x * width));
  const top = Math.max(0, Math.floor(box.y * height));
  const right = Math.min(width, Math.ceil((box.x + box.width) * width));
  const bottom = Math.min(height, Math.ceil((box.y + box.height) * height));
  if (right <= left || bottom <= top) return;
  const mean = meanColour(rgb, width, left, top, right, bottom);
  const side = Math.max(1, Math.ceil(Math.min(right - left, bottom - top) / squares));
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const shade = shadeOf(Math.floor((x - left) / side), Math.floor((y - top) / side));
      const at = (y * width + x) * 3;
      for (let part = 0; part < 3; part++) {
        rgb[at + part] = Math.min(255, Math.max(0, (mean[part] ?? 0) + shade));
      }
    }
  }
}

function meanColour(
  rgb: Uint8Array,
  width: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
): readonly number[] {
  const sums = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = (y * width + left) * 3; at < (y * width + right) * 3; at += 3) {
      for (let part = 0; part < 3; part++) sums[part] = (sums[part] ?? 0) + (rgb[at + part] ?? 0);
    }
  }
  const pixels = (right - left) * (bottom - top);
  return sums.map((sum) => Math.min(240, Math.round(sum / pixels / 16) * 16));
}

/** In [-spread, spread], by the place of a square alone. */
function shadeOf(column: number, row: number): number {
  // Any fixed mixing of the two numbers does; this one is Knuth's multiplicative hash.
  const mixed = Math.imul(column * 31 + row * 17 + 7, 0x9e3779b1) >>> 0;
  return Math.round(((mixed >>> 16) / 0xffff) * 2 * spread) - spread;
}
