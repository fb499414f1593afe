/** What is true of a scene: incidents, tracks, and the box of everyone and everything in each frame. */
import type { Interval } from '../math/interval.ts';
import type { Mesh, MeshPart } from './picture/mesh.ts';
import type { IncidentClass, Scene } from './scene.ts';
import type { Projection } from './geometry/view.ts';

/** Left, top, width and height in [0, 1] of the picture: x to the right, y down. */
export type TruthBox = readonly [x: number, y: number, width: number, height: number];

export interface TrackInFrame {
  readonly track: string;
  /** What lies in the picture of the box around the whole body, hidden parts included. */
  readonly box: TruthBox;
  /** Share of the body's side that faces the camera, within the picture, which nothing else hides; in [0, 1]. */
  readonly visible: number;
}

/** The nearest thing at each sample of a picture; `inverseDepth` [height, width] is one over metres, 0 for the sky. */
export interface DepthSamples {
  readonly width: number;
  readonly height: number;
  readonly inverseDepth: Float32Array;
}

export interface FrameTruth {
  /** Seconds since the first frame. */
  readonly time: number;
  readonly boxes: readonly TrackInFrame[];
}

export interface Track {
  readonly id: string;
  readonly kind: MeshPart['kind'];
  /** In the picture at some time within [start, end). */
  readonly start: number;
  readonly end: number;
}

export interface Incident extends Interval {
  readonly class: IncidentClass;
  readonly participants: readonly string[];
}

/** A box must show at least this share of its area in the picture, and this many pixels of each side, to count. */
const leastShare = 0.25;
const leastPixels = 3;
/** And this share of the body must not be hidden. */
const leastVisible = 0.1;
/** Metres within which a body cannot hide itself: an arm before the chest does not count as hiding it. */
const bodyDepth = { person: 0.45, vehicle: 2.5, bag: 0.3, thing: 0.4 } as const;
/** One in so many vertices is looked at. */
const vertexStep = 5;

/** The boxes of the parts of `mesh` that count in the picture of `projection`; `depth` is that of the drawn frame. */
export function boxesOf(mesh: Mesh, projection: Projection, depth: DepthSamples): TrackInFrame[] {
  const boxes: TrackInFrame[] = [];
  for (const part of mesh.parts) {
    const box = boxOf(part, mesh, projection);
    const visible = box === null ? 0 : visibleShare(part, mesh, projection, depth);
    if (box !== null && visible >= leastVisible) boxes.push({ track: part.id, box, visible });
  }
  return boxes;
}

function visibleShare(part: MeshPart, mesh: Mesh, projection: Projection, samples: DepthSamples): number {
  const { position, axes, focalPixels, centreX, centreY, width, height } = projection;
  const [across, down] = [samples.width / width, samples.height / height];
  let [seen, facing] = [0, 0];
  for (let vertex = part.firstVertex; vertex < part.endVertex; vertex += vertexStep) {
    const at = 3 * vertex;
    const x = (mesh.positions[at] ?? 0) - position.x;
    const y = (mesh.positions[at + 1] ?? 0) - position.y;
    const z = (mesh.positions[at + 2] ?? 0) - position.z;
    const towards = (mesh.normals[at] ?? 0) * x + (mesh.normals[at + 1] ?? 0) * y + (mesh.normals[at + 2] ?? 0) * z;
    if (towards >= 0) continue;
    const depth = x * axes.forward.x + y * axes.forward.y + z * axes.forward.z;
    const factor = focalPixels / depth;
    const column = Math.floor((centreX + (x * axes.right.x + y * axes.right.y + z * axes.right.z) * factor) * across);
    const row = Math.floor((centreY - (x * axes.up.x + y * axes.up.y + z * axes.up.z) * factor) * down);
    if (column < 0 || column >= samples.width || row < 0 || row >= samples.height) continue;
    facing++;
    if (1 / (depth - bodyDepth[part.kind]) >= (samples.inverseDepth[row * samples.width + column] ?? 0)) seen++;
  }
  return facing === 0 ? 0 : Math.round((100 * seen) / facing) / 100;
}

function boxOf(part: MeshPart, mesh: Mesh, projection: Projection): TruthBox | null {
  const { position, axes, focalPixels, centreX, centreY, width, height } = projection;
  let left = Infinity;
  let right = -Infinity;
  let top = Infinity;
  let bottom = -Infinity;
  for (let vertex = part.firstVertex; vertex < part.endVertex; vertex++) {
    const x = (mesh.positions[3 * vertex] ?? 0) - position.x;
    const y = (mesh.positions[3 * vertex + 1] ?? 0) - position.y;
    const z = (mesh.positions[3 * vertex + 2] ?? 0) - position.z;
    const depth = x * axes.forward.x + y * axes.forward.y + z * axes.forward.z;
    if (depth < 0.3) return null;
    const column = centreX + ((x * axes.right.x + y * axes.right.y + z * axes.right.z) * focalPixels) / depth;
    const row = centreY - ((x * axes.up.x + y * axes.up.y + z * axes.up.z) * focalPixels) / depth;
    left = Math.min(left, column);
    right = Math.max(right, column);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
  }
  const whole = (right - left) * (bottom - top);
  left = Math.max(0, left);
  top = Math.max(0, top);
  right = Math.min(width, right);
  bottom = Math.min(height, bottom);
  if (right - left < leastPixels || bottom - top < leastPixels) return null;
  if ((right - left) * (bottom - top) < leastShare * whole) return null;
  const rounded = (value: number) => Math.round(value * 1e5) / 1e5;
  const [x, y] = [rounded(left / width), rounded(top / height)];
  return [x, y, Math.min(1 - x, rounded((right - left) / width)), Math.min(1 - y, rounded((bottom - top) / height))];
}

/** Tracks over the frames of a recording, in order of their first frame; `frameRate` closes the last frame's interval. */
export function tracksOf(frames: readonly FrameTruth[], scene: Scene): Track[] {
  const kinds = new Map<string, Track['kind']>([
    ...scene.persons.map(({ id }) => [id, 'person'] as const),
    ...scene.vehicles.map(({ id }) => [id, 'vehicle'] as const),
    ...scene.bags.map(({ id }) => [id, 'bag'] as const),
    ...(scene.things ?? []).map(({ id }) => [id, 'thing'] as const),
  ]);
  const tracks = new Map<string, Track>();
  for (const { time, boxes } of frames) {
    for (const { track } of boxes) {
      const end = time + 1 / scene.frameRate;
      tracks.set(track, {
        id: track,
        kind: kinds.get(track) ?? 'person',
        start: tracks.get(track)?.start ?? time,
        end,
      });
    }
  }
  return [...tracks.values()];
}

/** The incidents of `scene` within its recording, in order of their start. */
export function incidentsOf(scene: Scene): Incident[] {
  return scene.incidents
    .map(({ class: kind, start, end, participants }) => ({
      class: kind,
      start: Math.max(0, start),
      end: Math.min(scene.seconds, end),
      participants,
    }))
    .filter(({ start, end }) => end > start)
    .toSorted((a, b) => a.start - b.start);
}
