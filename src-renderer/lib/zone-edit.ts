/** Changes of zones while they are drawn: pure, corners always within the picture, three of them at least. */
import { fewestCorners, mostCorners, type Zone, type ZonePoint } from '../../src-main/contract/zone.ts';

const inPicture = (share: number) => Math.min(1, Math.max(0, share));
/** A ten-thousandth of the picture is less than a pixel. */
const rounded = (share: number) => Math.round(inPicture(share) * 1e4) / 1e4;

export const pointAt = (x: number, y: number): ZonePoint => ({ x: rounded(x), y: rounded(y) });

/** Corner `index` at another place. */
export const withPoint = (zone: Zone, index: number, point: ZonePoint): Zone => ({
  ...zone,
  points: zone.points.with(index, pointAt(point.x, point.y)),
});

/** A new corner in the middle of the side that begins at corner `index`; null where there are as many as can be. */
export function withCornerAfter(zone: Zone, index: number): Zone | null {
  if (zone.points.length >= mostCorners) return null;
  const middle = middleOfSide(zone, index);
  return { ...zone, points: zone.points.toSpliced(index + 1, 0, middle) };
}

export function middleOfSide({ points }: Zone, index: number): ZonePoint {
  const [a, b] = [points[index], points[(index + 1) % points.length]];
  return pointAt(((a?.x ?? 0) + (b?.x ?? 0)) / 2, ((a?.y ?? 0) + (b?.y ?? 0)) / 2);
}

/** Without corner `index`; null where what is left would enclose nothing. */
export const withoutPoint = (zone: Zone, index: number): Zone | null =>
  zone.points.length <= fewestCorners ? null : { ...zone, points: zone.points.toSpliced(index, 1) };

/** The whole zone moved, as far as the picture goes. */
export function moved(zone: Zone, dx: number, dy: number): Zone {
  const [left, right] = spanOf(zone.points.map(({ x }) => x));
  const [top, bottom] = spanOf(zone.points.map(({ y }) => y));
  const [across, down] = [Math.min(1 - right, Math.max(-left, dx)), Math.min(1 - bottom, Math.max(-top, dy))];
  return { ...zone, points: zone.points.map(({ x, y }) => pointAt(x + across, y + down)) };
}

/** Where a name stands in the zone: its centre of gravity, or the mean of its corners where it encloses nothing. */
export function centreOf({ points }: Zone): ZonePoint {
  let [area, x, y] = [0, 0, 0];
  for (const [index, a] of points.entries()) {
    const b = points[(index + 1) % points.length] ?? a;
    const cross = a.x * b.y - b.x * a.y;
    area += cross;
    x += (a.x + b.x) * cross;
    y += (a.y + b.y) * cross;
  }
  if (Math.abs(area) < 1e-6) {
    return pointAt(mean(points.map((point) => point.x)), mean(points.map((point) => point.y)));
  }
  return pointAt(x / (3 * area), y / (3 * area));
}

const spanOf = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
