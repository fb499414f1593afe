/** Where a picture lies inside the size that was asked for; pure. */
import type { FrameSize, PictureArea } from './types.ts';

/**
 * The rectangle that a picture of displayed size `width` × `height` fills inside `size`: all of it for `stretch`, the
 * largest centred one of the same aspect ratio for `letterbox` (sides rounded to whole pixels, at least 1).
 */
export function pictureArea(width: number, height: number, size: FrameSize): PictureArea {
  if (size.fit === 'stretch') return { x: 0, y: 0, width: size.width, height: size.height };
  const scale = Math.min(size.width / width, size.height / height);
  const inside = (length: number, limit: number) => Math.min(limit, Math.max(1, Math.round(length * scale)));
  const [w, h] = [inside(width, size.width), inside(height, size.height)];
  return { x: (size.width - w) >> 1, y: (size.height - h) >> 1, width: w, height: h };
}

/** A stored size as it is to be seen: pixels made square by the sample aspect ratio, then turned. */
export function displayedSize(
  width: number,
  height: number,
  aspect: { readonly num: number; readonly den: number },
  rotation: 0 | 90 | 180 | 270,
): { width: number; height: number } {
  const ratio = aspect.num > 0 && aspect.den > 0 ? aspect.num / aspect.den : 1;
  // Ratios beyond 4 occur in damaged headers only.
  const isSane = ratio >= 0.25 && ratio <= 4;
  const wide = isSane ? Math.max(1, Math.round(width * ratio)) : width;
  return rotation % 180 === 0 ? { width: wide, height } : { width: height, height: wide };
}
