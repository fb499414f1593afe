/** A scene filmed: its frames one after another, each with what is true in it. */
import { boxesOf, type FrameTruth, type TrackInFrame } from './ground-truth.ts';
import { projectionFrom } from './geometry/view.ts';
import { Mesh } from './picture/mesh.ts';
import { createRenderer, meshOf } from './picture/renderer.ts';
import type { Scene } from './scene.ts';
import { worldAt } from './world.ts';

export interface SimulatedFrame {
  /** [H, W, 3] 8-bit RGB, in an array of its own unless they were asked to share one. */
  readonly rgb: Uint8Array;
  readonly truth: FrameTruth;
}

export interface Film {
  /** Vehicles that stand parked throughout. */
  readonly parked: readonly TrackInFrame[];
  /** From the first frame to the last, each drawn when it is asked for. */
  readonly frames: Generator<SimulatedFrame>;
}

/** How many frames a recording of `scene` has. */
export const frameCount = (scene: Pick<Scene, 'seconds' | 'frameRate'>): number =>
  Math.round(scene.seconds * scene.frameRate);

/**
 * Films `scene`: draws its fixed picture at once (one to two seconds at 640 × 360) and its frames on demand. A pure
 * function of the scene: the same scene gives the same bytes. Where frames share one array (`shareArray`), each holds
 * until the next is asked for: half a megabyte less to clear and to collect for every frame.
 */
export function filmScene(scene: Scene, { shareArray = false } = {}): Film {
  const renderer = createRenderer(scene);
  const projection = projectionFrom(scene.view, scene.width, scene.height);
  const mesh = new Mesh();
  const shared = shareArray ? new Uint8Array(3 * scene.width * scene.height) : null;
  function* frames(): Generator<SimulatedFrame> {
    for (let index = 0; index < frameCount(scene); index++) {
      const world = worldAt(scene, index / scene.frameRate);
      meshOf(world, mesh, projection);
      const rgb = shared ?? new Uint8Array(3 * scene.width * scene.height);
      renderer.frame(world, mesh, index, rgb);
      yield { rgb, truth: { time: world.time, boxes: boxesOf(mesh, projection, renderer.depth) } };
    }
  }
  return { parked: boxesOf(renderer.parked, projection, renderer.depth), frames: frames() };
}
