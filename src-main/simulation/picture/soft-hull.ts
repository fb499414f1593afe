/** Convex outlines on the picture with a soft edge: what shadows and headlights are drawn with. */

export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

/** One byte per pixel that keeps the most that was drawn there, and the rows that hold any of it. */
export interface HullMask {
  readonly width: number;
  readonly height: number;
  /** [H, W] */
  readonly values: Uint8Array;
}

/** The convex hull, anticlockwise on screen. Source: Andrew 1979, monotone chain. */
export function convexHull(points: readonly ScreenPoint[]): ScreenPoint[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
  const half = (ordered: readonly ScreenPoint[]): ScreenPoint[] => {
    const chain: ScreenPoint[] = [];
    for (const point of ordered) {
      for (;;) {
        const [before, last] = [chain.at(-2), chain.at(-1)];
        if (before === undefined || last === undefined) break;
        if ((last.x - before.x) * (point.y - before.y) - (last.y - before.y) * (point.x - before.x) > 0) break;
        chain.pop();
      }
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

/**
 * Raises `mask` to 255 · `strength` within the hull of `points` (pixels), fading over `soft` pixels across its edge.
 * Returns the first and one past the last row and column drawn to, or null where nothing of it lies in the picture.
 */
export function drawSoftHull(
  mask: HullMask,
  points: readonly ScreenPoint[],
  strength: number,
  soft: number,
): { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number } | null {
  const hull = convexHull(points);
  if (hull.length < 3) return null;
  const { width, height, values } = mask;
  const reach = soft / 2;
  const left = Math.max(0, Math.floor(Math.min(...hull.map((p) => p.x)) - reach));
  const right = Math.min(width - 1, Math.ceil(Math.max(...hull.map((p) => p.x)) + reach));
  const top = Math.max(0, Math.floor(Math.min(...hull.map((p) => p.y)) - reach));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(...hull.map((p) => p.y)) + reach));
  if (left > right || top > bottom) return null;
  // Distance inside each edge as a·x + b·y + c.
  const edges = new Float64Array(3 * hull.length);
  for (let index = 0; index < hull.length; index++) {
    const [from, to] = [hull[index], hull[(index + 1) % hull.length]];
    if (from === undefined || to === undefined) continue;
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    const size = Math.sqrt(dx * dx + dy * dy) || 1;
    edges[3 * index] = -dy / size;
    edges[3 * index + 1] = dx / size;
    edges[3 * index + 2] = (dy * from.x - dx * from.y) / size;
  }
  const full = 255 * strength;
  for (let row = top; row <= bottom; row++) {
    // Each edge bounds the columns that can be within reach of the hull; a column more on either side for rounding.
    let [first, last] = [left, right];
    for (let edge = 0; edge < edges.length; edge += 3) {
      const slope = edges[edge] ?? 0;
      const rest = (edges[edge + 1] ?? 0) * (row + 0.5) + (edges[edge + 2] ?? 0) + reach;
      if (slope > 1e-9) first = Math.max(first, Math.floor(-rest / slope - 1.5));
      else if (slope < -1e-9) last = Math.min(last, Math.ceil(-rest / slope + 0.5));
      else if (rest < 0) last = -1;
    }
    for (let column = first; column <= last; column++) {
      let depth = Infinity;
      for (let edge = 0; edge < edges.length; edge += 3) {
        const inside =
          (edges[edge] ?? 0) * (column + 0.5) + (edges[edge + 1] ?? 0) * (row + 0.5) + (edges[edge + 2] ?? 0);
        if (inside < depth) depth = inside;
      }
      const share = depth / soft + 0.5;
      if (share <= 0) continue;
      const value = share >= 1 ? full : full * share;
      const index = row * width + column;
      if (value > (values[index] ?? 0)) values[index] = value;
    }
  }
  return { top, bottom: bottom + 1, left, right: right + 1 };
}
