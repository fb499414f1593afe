/** The conditions under which something is seen, as numbers: the same for fitting the noise model and for applying it. */
import type { Scene } from '../scene.ts';
import type { Figure } from './figures.ts';
import type { MovingPart } from './motion-sources.ts';

/** `[6]`: one, night, dusk (or dawn), indoors, rain, logarithm of the sensor's noise against a usual one. */
export function sceneConditions({ light, rain = 0 }: Pick<Scene, 'light' | 'rain'>): number[] {
  const is = (kind: Scene['light']['kind']) => (light.kind === kind ? 1 : 0);
  return [1, is('night'), is('dusk'), is('indoor'), rain, Math.log(light.noise / 2)];
}

/** Size of a figure in picture heights: a person's longer side, the side of a square as large as anything else's box. */
export function sizeOf({ box, kind }: Pick<Figure, 'box' | 'kind'>, aspect: number): number {
  const width = box.width * aspect;
  return kind === 'person' ? Math.max(width, box.height) : Math.sqrt(width * box.height);
}

/** Sizes count as logarithms against this one, picture heights. */
const usualSize = 0.2;

/** `[13]`: those of the scene, then log size and its square, hidden, outside, and three of the kind. */
export function figureConditions(
  figure: Figure,
  all: readonly Figure[],
  scene: readonly number[],
  aspect: number,
): number[] {
  const size = Math.log(sizeOf(figure, aspect) / usualSize);
  return [...scene, size, size * size, 1 - figure.shown, 1 - figure.inside, ...ofKind(figure, all)];
}

function ofKind(figure: Figure, all: readonly Figure[]): readonly [number, number, number] {
  switch (figure.kind) {
    case 'person': {
      const angle = trunkAngle(figure);
      return [angle > 60 ? 1 : 0, angle > 40 && angle <= 60 ? 1 : 0, crowding(figure, all)];
    }
    case 'vehicle':
      return [figure.make === 'van' ? 1 : 0, figure.parked ? 1 : 0, crowding(figure, all)];
    case 'bag':
      return [figure.carried ? 1 : 0, figure.make === 'backpack' ? 1 : 0, figure.make === 'suitcase' ? 1 : 0];
    case 'thing':
      return [0, 0, 0];
    default:
      return figure.kind satisfies never;
  }
}

/** Degrees between a person's trunk in the picture and the vertical, [0, 180]. */
function trunkAngle({ outline: { points } }: Figure): number {
  const middle = (a: number, b: number, axis: 0 | 1) => ((points[3 * a + axis] ?? 0) + (points[3 * b + axis] ?? 0)) / 2;
  const [x, y] = [middle(11, 12, 0) - middle(5, 6, 0), middle(11, 12, 1) - middle(5, 6, 1)];
  return (Math.atan2(Math.abs(x), y) * 180) / Math.PI;
}

/** The largest share of the figure's box that the box of another person or vehicle covers, [0, 1]. */
function crowding({ id, box }: Figure, all: readonly Figure[]): number {
  let most = 0;
  for (const other of all) {
    if (other.id === id || other.kind === 'bag' || other.kind === 'thing') continue;
    const width = Math.min(box.x + box.width, other.box.x + other.box.width) - Math.max(box.x, other.box.x);
    const height = Math.min(box.y + box.height, other.box.y + other.box.height) - Math.max(box.y, other.box.y);
    if (width > 0 && height > 0) most = Math.max(most, (width * height) / (box.width * box.height));
  }
  return Math.min(1, most);
}

/** How far a person's face is turned away: 0 towards the camera, 1 from the side, 2 away. */
export function turnedAway({ outline: { points, radii } }: Figure): number {
  const ears = ((points[3 * 3 + 2] ?? 0) + (points[3 * 4 + 2] ?? 0)) / 2;
  // The nose's radius is a hundredth of the stature, of which it stands 58 thousandths before the head's middle.
  return 1 + ((points[2] ?? 0) - ears) / (5.8 * (radii[0] ?? 1));
}

/** `[8]`: those of the scene, then logarithms of a moving part's width and displacement, picture heights. */
export function movingConditions(part: MovingPart, scene: readonly number[]): number[] {
  const width = part.width > 0 ? part.width : Math.abs(part.from[3] - part.from[1]);
  return [
    ...scene,
    Math.log(Math.max(0.002, width) / 0.03),
    Math.log(Math.max(0.002, Math.hypot(part.x, part.y)) / 0.03),
  ];
}

export const dot = (a: readonly number[], b: readonly number[]): number => {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] as number) * (b[index] as number);
  return sum;
};
