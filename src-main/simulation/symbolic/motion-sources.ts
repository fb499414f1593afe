/** What of the picture moves between two moments, from the outlines of what is in it: areas, places and velocities. */
import type { Figure } from './figures.ts';

/** A piece of the picture that changes as something moves. Lengths in picture heights. */
export interface MovingPart {
  readonly kind: 'person' | 'vehicle' | 'bag' | 'thing';
  readonly key: number;
  /** Where it is before and after, [x, y, x, y]: both ends of a limb, or opposite corners of a box. */
  readonly from: readonly [number, number, number, number];
  readonly to: readonly [number, number, number, number];
  /** Width of a limb; 0 for a box. */
  readonly width: number;
  /** Area that changes where everything that moves is told from what is behind it. */
  readonly area: number;
  /** Displacement of its middle. */
  readonly x: number;
  readonly y: number;
}

/** Limbs between points of a body outline, with their widths in statures. */
const limbs: readonly (readonly [from: number, to: number, width: number])[] = [
  [0, 19, 0.11],
  [5, 11, 0.11],
  [6, 12, 0.11],
  [5, 7, 0.055],
  [7, 9, 0.05],
  [6, 8, 0.055],
  [8, 10, 0.05],
  [11, 13, 0.085],
  [13, 15, 0.07],
  [12, 14, 0.085],
  [14, 16, 0.07],
];
/** The radius of an elbow in statures, by which a body's stature is known again. */
const elbow = { point: 7, radius: 0.03 } as const;
/** A pixel of the picture that motion is measured on, picture widths; what goes less than a third of it is not seen. */
const pixel = 1 / 104;
const leastMove = 0.33;

/** What moves of the figures that are there both `before` and `after`; `scale` as of a picture space. */
export function movingParts(
  before: readonly Figure[],
  after: readonly Figure[],
  { aspect, scale }: { readonly aspect: number; readonly scale: number },
): MovingPart[] {
  const parts: MovingPart[] = [];
  for (const figure of before) {
    if (figure.parked || figure.shown === 0) continue;
    const later = after.find(({ id }) => id === figure.id);
    if (later === undefined) continue;
    if (figure.kind === 'person') limbsOf(figure, later, aspect, scale, parts);
    else if (figure.kind !== 'thing') boxOf(figure, later, aspect, parts);
  }
  return parts;
}

function limbsOf(before: Figure, after: Figure, aspect: number, scale: number, into: MovingPart[]): void {
  const [from, to] = [before.outline.points, after.outline.points];
  const stature = (before.outline.radii[elbow.point] ?? 0) / elbow.radius;
  for (const [a, b, share] of limbs) {
    if (before.open[a] === 0 && before.open[b] === 0) continue;
    const [ax, ay, bx, by] = [from[3 * a] ?? 0, from[3 * a + 1] ?? 0, from[3 * b] ?? 0, from[3 * b + 1] ?? 0];
    const [cx, cy, dx, dy] = [to[3 * a] ?? 0, to[3 * a + 1] ?? 0, to[3 * b] ?? 0, to[3 * b + 1] ?? 0];
    const width = (share * stature * scale) / (from[3 * a + 2] ?? 1);
    const moved = (Math.hypot(cx - ax, cy - ay) + Math.hypot(dx - bx, dy - by)) / 2 - leastMove * pixel * aspect;
    if (moved <= 0) continue;
    const length = Math.hypot(bx - ax, by - ay) + width;
    const open = before.open[a] === 1 && before.open[b] === 1 ? 1 : 0.5;
    into.push({
      ...{ kind: 'person', key: before.key, from: [ax, ay, bx, by], to: [cx, cy, dx, dy], width },
      area: 2 * open * length * width * (1 - Math.exp(-moved / width)),
      ...{ x: (cx - ax + dx - bx) / 2, y: (cy - ay + dy - by) / 2 },
    });
  }
}

/** How much of what is inside a vehicle's outline changes as it moves: it has plain sides. */
const textured = 0.25;

function boxOf(before: Figure, after: Figure, aspect: number, into: MovingPart[]): void {
  const [a, b] = [before.box, after.box];
  const [left, right] = [b.x - a.x, b.x + b.width - a.x - a.width].map((edge) => edge * aspect) as [number, number];
  const [top, bottom] = [b.y - a.y, b.y + b.height - a.y - a.height] as const;
  const moved = (Math.hypot(left, top) + Math.hypot(right, bottom)) / 2 - leastMove * pixel * aspect;
  if (moved <= 0) return;
  const [width, height] = [a.width * aspect, a.height];
  const edges = height * (Math.abs(left) + Math.abs(right)) + width * (Math.abs(top) + Math.abs(bottom));
  const inner = textured * width * height * (1 - Math.exp(-moved / (4 * pixel * aspect)));
  into.push({
    ...{ kind: before.kind, key: before.key, width: 0 },
    from: [a.x * aspect, a.y, (a.x + a.width) * aspect, a.y + a.height],
    to: [b.x * aspect, b.y, (b.x + b.width) * aspect, b.y + b.height],
    area: before.shown * (Math.min(edges, 2 * width * height) + inner),
    ...{ x: (left + right) / 2, y: (top + bottom) / 2 },
  });
}
