/** How much the picture changes while people move, from their joints alone: by it twins are made to match. */
import { projectionFrom, project, type Projection } from '../geometry/view.ts';
import type { Vector3 } from '../geometry/vector.ts';
import { personAt } from '../people/person-motion.ts';
import type { Limb, Skeleton } from '../people/skeleton.ts';
import type { PersonPlan, Scene } from '../scene.ts';

/** Widths of a clothed body's parts in statures. */
const [trunkWidth, headWidth, legWidth, armWidth] = [0.19, 0.11, 0.085, 0.055] as const;
/** Points of a part at which its movement is looked at. */
const shares = [0.25, 0.75] as const;

interface Part {
  readonly from: Vector3;
  readonly to: Vector3;
  /** Metres. */
  readonly width: number;
}

function partsOf(body: Skeleton): Part[] {
  const limbs = (limb: Limb, width: number): Part[] => [
    { from: limb.root, to: limb.middle, width: width * body.stature },
    { from: limb.middle, to: limb.end, width: width * body.stature },
  ];
  return [
    { from: body.pelvis, to: body.chest, width: trunkWidth * body.stature },
    { from: body.chest, to: body.head, width: headWidth * body.stature },
    ...limbs(body.leftArm, armWidth),
    ...limbs(body.rightArm, armWidth),
    ...limbs(body.leftLeg, legWidth),
    ...limbs(body.rightLeg, legWidth),
  ];
}

/**
 * Area of the picture that changes, in pictures, summed over the frames from `start` to `end`: each part of a body that
 * is displaced by d between two frames changes its length times d, but no more than itself on either side.
 * A measure of ours; it knows nothing of textures, light and who hides whom.
 */
export function changeOf(
  persons: readonly PersonPlan[],
  scene: Pick<Scene, 'view' | 'width' | 'height' | 'frameRate'>,
  start: number,
  end: number,
): number {
  const projection = projectionFrom(scene.view, scene.width, scene.height);
  const frames = Math.round((end - start) * scene.frameRate);
  let changed = 0;
  for (const plan of persons) {
    let before: readonly Part[] | null = null;
    for (let frame = 0; frame <= frames; frame++) {
      const body = personAt(plan, start + frame / scene.frameRate);
      const parts = body === null ? null : partsOf(body);
      if (parts !== null && before !== null) changed += changeBetween(before, parts, projection);
      before = parts;
    }
  }
  return changed / (scene.width * scene.height);
}

function changeBetween(before: readonly Part[], after: readonly Part[], projection: Projection): number {
  return after.reduce((sum, part, index) => {
    const last = before[index];
    if (last === undefined) return sum;
    const [head, tail] = [project(projection, part.from), project(projection, part.to)];
    if (head.depth < 0.5 || tail.depth < 0.5) return sum;
    const pixelsPerMetre = projection.focalPixels / head.depth;
    const length = Math.hypot(head.x - tail.x, head.y - tail.y) + part.width * pixelsPerMetre;
    const moved =
      shares.reduce((total, share) => {
        const [was, is] = [last, part].map(({ from, to }) => project(projection, between(from, to, share)));
        return total + (was === undefined || is === undefined ? 0 : Math.hypot(was.x - is.x, was.y - is.y));
      }, 0) / shares.length;
    return sum + length * 2 * Math.min(moved, part.width * pixelsPerMetre);
  }, 0);
}

const between = (a: Vector3, b: Vector3, share: number): Vector3 => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
  z: a.z + (b.z - a.z) * share,
});
