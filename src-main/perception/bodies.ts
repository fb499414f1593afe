/** The persons of one frame as both nets see them: size, posture and hands, in lengths that can be compared. */
import type { Box } from './detection.ts';
import type { FrameObservation } from './frame-observation.ts';
import { personSightings } from './tracks/sightings.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Posture = 'upright' | 'bent' | 'lying';

/** A person. `x`, `y` and lengths are in picture heights, so that both axes have the same unit; `box` is in [0, 1]. */
export interface Body {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
  /** Body height: how tall the person would stand there, in picture heights; positive. */
  readonly size: number;
  /** Null where the trunk was not seen well enough. */
  readonly posture: Posture | null;
  /** Middle of the trunk; null where it was not seen well enough. */
  readonly trunk: Point | null;
  /** Wrists and ankles that were seen well enough. */
  readonly wrists: readonly Point[];
  readonly ankles: readonly Point[];
}

/** A keypoint below this is a guess. */
const keypointSeen = 0.25;
/** A posture is read from two shoulders and two hips, or not at all, and from a person that the pose net is sure of. */
const postureScore = 0.4;
/** From the middle of the shoulders to the middle of the hips: .288 of the height (Drillis & Contini 1966). */
const trunkShare = 0.288;

const shoulders = [5, 6] as const;
const hips = [11, 12] as const;
const wrists = [9, 10] as const;
const ankles = [15, 16] as const;

/** The persons in `frame`; null where no net looked. A person whom both nets see is there once, with the pose's box. */
export function bodiesOf(frame: FrameObservation): Body[] | null {
  if (frame.persons === null && frame.objects === null) return null;
  return personSightings(frame)
    .filter(({ sure }) => sure)
    .map((sighting) => bodyOf(sighting, frame.aspect))
    .filter((body) => body.size > 0);
}

/** The body that a person's box and pose show; `score` is the pose's. `size` is 0 for an empty box. */
export function bodyOf(
  { box, keypoints, score }: { readonly box: Box; readonly keypoints: Float32Array | null; readonly score: number },
  aspect: number,
): Body {
  const points = (indices: readonly number[]) => (keypoints === null ? [] : seenPoints(keypoints, indices, aspect));
  const [shoulderPoints, hipPoints] = [points(shoulders), points(hips)];
  const [top, bottom] = [middle(shoulderPoints), middle(hipPoints)];
  const clear = score >= postureScore && shoulderPoints.length === 2 && hipPoints.length === 2;
  const width = box.width * aspect;
  const long = Math.max(width, box.height);
  const trunkLength = top !== null && bottom !== null ? Math.hypot(bottom.x - top.x, bottom.y - top.y) : 0;
  return {
    box,
    x: (box.x + box.width / 2) * aspect,
    y: box.y + box.height / 2,
    // The trunk speaks where legs are hidden or the box is cut off; it must not make a giant of a misplaced hip.
    size: Math.min(1.6 * long, Math.max(long, trunkLength / trunkShare)),
    posture:
      top === null || bottom === null || !clear ? null : postureOf(top, bottom, width / Math.max(box.height, 1e-9)),
    trunk: top === null || bottom === null ? null : { x: (top.x + bottom.x) / 2, y: (top.y + bottom.y) / 2 },
    wrists: points(wrists),
    ankles: points(ankles),
  };
}

function seenPoints(keypoints: Float32Array, indices: readonly number[], aspect: number): Point[] {
  return indices
    .filter((index) => (keypoints[index * 3 + 2] ?? 0) >= keypointSeen)
    .map((index) => ({ x: (keypoints[index * 3] ?? 0) * aspect, y: keypoints[index * 3 + 1] ?? 0 }));
}

function middle(points: readonly Point[]): Point | null {
  if (points.length === 0) return null;
  const sum = points.reduce((total, point) => ({ x: total.x + point.x, y: total.y + point.y }));
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/**
 * From the trunk's angle to the vertical: up to 40° upright, then bent; beyond 60° lying, where the whole body is also
 * wider than tall (a deep bow is not). Someone lying along the view of a high camera looks upright and is not found.
 */
function postureOf(shoulder: Point, hip: Point, widthOverHeight: number): Posture {
  const degrees = (Math.atan2(Math.abs(hip.x - shoulder.x), hip.y - shoulder.y) * 180) / Math.PI;
  if (degrees > 60 && widthOverHeight > 1.1) return 'lying';
  return degrees > 40 ? 'bent' : 'upright';
}
