/** Everyone and everything in the picture of a scene at a moment: boxes, keypoints and what hides them, without drawing. */
import type { Box } from '../../perception/detection.ts';
import { hash32 } from '../../math/random.ts';
import type { Scene } from '../scene.ts';
import { worldAt } from '../world.ts';
import { obstaclesOf, type Obstacles } from './obstacles.ts';
import { bagOutline, bodyOutline, thingOutline, vehicleOutline, type Outline } from './outline.ts';
import { pictureSpace, type PictureSpace } from './picture-space.ts';

export type FigureKind = 'person' | 'vehicle' | 'bag' | 'thing';

export interface Figure {
  readonly id: string;
  /** Belongs to the scene's seed and the id: what is random about the figure is drawn by it. */
  readonly key: number;
  readonly kind: FigureKind;
  /** What lies in the picture of the box around it, hidden parts included. */
  readonly box: Box;
  /** The share of its whole box that lies in the picture, [0, 1]. */
  readonly inside: number;
  /** The share of its points in the picture that nothing hides, [0, 1]. */
  readonly shown: number;
  /** Mean depth, metres. */
  readonly depth: number;
  readonly outline: Outline;
  /** By point: 1 where it is in the picture and nothing hides it. */
  readonly open: Uint8Array;
  /** A van, a backpack and so on. */
  readonly make: string;
  /** A bag that somebody has; a vehicle that stands parked throughout. */
  readonly carried: boolean;
  readonly parked: boolean;
}

/** A scene made ready to be looked at. */
export interface Stage {
  readonly scene: Scene;
  readonly space: PictureSpace;
  readonly obstacles: Obstacles;
  readonly parked: readonly Figure[];
  readonly keys: Map<string, number>;
}

/** Less of the picture than this (two pixels of the analysed one) is nothing. */
const smallest = 0.005;
/** Metres nearer to the camera that something must be to hide a part of something else. */
const before = { person: 0.5, vehicle: 2.2, bag: 0.35, thing: 0.4 } as const;
/** Share of its box's width that a figure fills, as something that hides others. */
const filled = { person: 0.55, vehicle: 0.9, bag: 0.8, thing: 0.9 } as const;

export function stageOf(scene: Scene): Stage {
  const aspect = scene.width / scene.height;
  const space = pictureSpace(scene.view, aspect);
  const stage = { scene, space, obstacles: obstaclesOf(scene.place, scene.view, aspect), keys: new Map() };
  const parked = scene.place.parked.flatMap(({ kind, at, heading }, index) => {
    const outline = vehicleOutline(kind, { ...at, heading }, space);
    return figureFrom(stage, { id: `parked-${index + 1}`, kind: 'vehicle', make: kind, outline, parked: true }) ?? [];
  });
  return { ...stage, parked };
}

/** Everything in the picture at `time` seconds, parked vehicles included, from the nearest to the farthest. */
export function figuresAt(stage: Stage, time: number): Figure[] {
  const { scene, space } = stage;
  const { persons, vehicles, bags, things } = worldAt(scene, time);
  const figures: Figure[] = [];
  const add = (given: Given) => {
    const figure = figureFrom(stage, given);
    if (figure !== null) figures.push(figure);
  };
  for (const { plan, body } of persons)
    add({ id: plan.id, kind: 'person', make: '', outline: bodyOutline(body, space) });
  for (const { plan, pose } of vehicles) {
    add({ id: plan.id, kind: 'vehicle', make: plan.kind, outline: vehicleOutline(plan.kind, pose, space) });
  }
  for (const bag of bags) {
    const { plan, carried } = bag;
    add({ id: plan.id, kind: 'bag', make: plan.kind, outline: bagOutline(bag, space), carried });
  }
  for (const thing of things)
    add({ id: thing.plan.id, kind: 'thing', make: 'bin', outline: thingOutline(thing, space) });
  const all = [...stage.parked, ...figures].sort((a, b) => a.depth - b.depth);
  return all.map((figure, index) => hiddenBy(figure, all, index, stage));
}

interface Given extends Pick<Figure, 'id' | 'kind' | 'make' | 'outline'> {
  readonly carried?: boolean;
  readonly parked?: boolean;
}

function figureFrom({ scene, space, keys }: Omit<Stage, 'parked'>, given: Given): Figure | null {
  const { points, radii } = given.outline;
  const { aspect, scale } = space;
  let [left, right, top, bottom, depths] = [Infinity, -Infinity, Infinity, -Infinity, 0];
  for (let point = 0, at = 0; at < points.length; point++, at += 3) {
    const [x, y, depth] = [points[at] as number, points[at + 1] as number, points[at + 2] as number];
    if (depth < 0.3) return null;
    const radius = ((radii[point] as number) * scale) / depth;
    left = Math.min(left, x - radius);
    right = Math.max(right, x + radius);
    top = Math.min(top, y - radius);
    bottom = Math.max(bottom, y + radius);
    depths += depth;
  }
  const whole = (right - left) * (bottom - top);
  left = Math.max(0, left);
  right = Math.min(aspect, right);
  top = Math.max(0, top);
  bottom = Math.min(1, bottom);
  if (right - left < smallest || bottom - top < smallest) return null;
  let key = keys.get(given.id);
  if (key === undefined) {
    key = hash32(`${scene.seed}/seen/${given.id}`);
    keys.set(given.id, key);
  }
  return {
    ...{ carried: false, parked: false, ...given, key },
    box: { x: left / aspect, y: top, width: (right - left) / aspect, height: bottom - top },
    inside: ((right - left) * (bottom - top)) / whole,
    ...{ shown: 1, open: new Uint8Array(radii.length), depth: depths / radii.length },
  };
}

/** `figure`, the one of number `number` in `all`, with what the nearer ones and the place hide of it. */
function hiddenBy(figure: Figure, all: readonly Figure[], number: number, { obstacles, space }: Stage): Figure {
  const { points } = figure.outline;
  const { open, kind } = figure;
  const nearer = all.slice(0, number).filter((other) => mayHide(other, figure));
  let [seen, inside] = [0, 0];
  for (let point = 0, at = 0; at < points.length; point++, at += 3) {
    const [x, y, depth] = [(points[at] as number) / space.aspect, points[at + 1] as number, points[at + 2] as number];
    open[point] = 0;
    if (x < 0 || x > 1 || y < 0 || y > 1) continue;
    inside++;
    if (obstacles(x, y) < depth - before[kind]) continue;
    if (nearer.some((other) => other.depth < depth - 0.25 && covers(other, x, y))) continue;
    open[point] = 1;
    seen++;
  }
  return { ...figure, shown: inside === 0 ? 0 : seen / inside };
}

const mayHide = (other: Figure, { box, depth, kind, id }: Figure): boolean =>
  other.id !== id &&
  other.depth < depth - (kind === 'bag' ? 0.3 : 0.25) &&
  other.box.x < box.x + box.width &&
  box.x < other.box.x + other.box.width &&
  other.box.y < box.y + box.height &&
  box.y < other.box.y + other.box.height;

function covers({ box, kind }: Figure, x: number, y: number): boolean {
  const half = (filled[kind] * box.width) / 2;
  return Math.abs(x - box.x - box.width / 2) <= half && y >= box.y && y <= box.y + box.height;
}
