/** The persons of one frame with their poses, in lengths that can be compared, and who is who a fraction of a second later. */
import { bodyOf } from '../bodies.ts';
import type { Box } from '../detection.ts';
import type { FrameObservation } from '../frame-observation.ts';
import { personSightings } from '../tracks/sightings.ts';

/** A person; lengths in picture heights, `box` in [0, 1] of the picture. */
export interface Figure {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Body height, positive. */
  readonly size: number;
  readonly score: number;
  /** `[17, 3]`: x and y in picture heights, score; null where the pose net does not see the person. */
  readonly keypoints: Float64Array | null;
  /** Of the trunk to the vertical, half turns: 0 upright, ½ lying, 1 upside down; null where it was not seen. */
  readonly trunkAngle: number | null;
}

/** A keypoint below this is a guess. */
const keypointSeen = 0.2;
/** The same person does not jump further than this, in body heights, nor change size by more than this factor. */
const reach = 0.6;
const sizeChange = 1.8;
/** What a change of size counts against a distance in choosing who is who. */
const sizeWeight = 0.3;

/** Those of whom one net is sure or both are; null where no net looked. */
export function figuresOf(frame: FrameObservation): Figure[] | null {
  if (frame.persons === null && frame.objects === null) return null;
  return personSightings(frame)
    .filter(({ sure }) => sure)
    .map((sighting): Figure => {
      const { x, y, size } = bodyOf(sighting, frame.aspect);
      const keypoints =
        sighting.keypoints === null
          ? null
          : Float64Array.from(sighting.keypoints, (value, index) => (index % 3 === 0 ? value * frame.aspect : value));
      return {
        box: sighting.box,
        x,
        y,
        width: sighting.box.width * frame.aspect,
        height: sighting.box.height,
        size,
        score: sighting.score,
        keypoints,
        trunkAngle: keypoints === null ? null : trunkAngle(keypoints),
      };
    })
    .filter(({ size }) => size > 0.01);
}

/** x, y of a keypoint that was seen, else null. */
export function pointOf(keypoints: Float64Array, index: number): readonly [x: number, y: number] | null {
  if ((keypoints[3 * index + 2] as number) < keypointSeen) return null;
  return [keypoints[3 * index] as number, keypoints[3 * index + 1] as number];
}

function trunkAngle(keypoints: Float64Array): number | null {
  const middle = (left: number, right: number) => {
    const seen = [pointOf(keypoints, left), pointOf(keypoints, right)].filter((point) => point !== null);
    const [a, b = a] = seen;
    return a === undefined || b === undefined ? null : ([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const);
  };
  const [shoulder, hip] = [middle(5, 6), middle(11, 12)];
  if (shoulder === null || hip === null) return null;
  return Math.atan2(Math.abs(hip[0] - shoulder[0]), hip[1] - shoulder[1]) / Math.PI;
}

/**
 * Who is who a fraction of a second later: pairs within reach, the nearest first, each person once. Bodies that hide each
 * other are paired too, though one cannot be sure: their restlessness is what is measured here, and no claim about one of them.
 */
export function matched(before: readonly Figure[], after: readonly Figure[]): [Figure, Figure][] {
  const candidates = before.flatMap((one) =>
    after.flatMap((other) => {
      const distance = Math.hypot(one.x - other.x, one.y - other.y) / Math.sqrt(one.size * other.size);
      const growth = Math.abs(Math.log(one.size / other.size));
      const possible = distance < reach && growth < Math.log(sizeChange);
      return possible ? [{ one, other, cost: distance + sizeWeight * growth }] : [];
    }),
  );
  const taken = new Set<Figure>();
  const pairs: [Figure, Figure][] = [];
  for (const { one, other } of candidates.toSorted((a, b) => a.cost - b.cost)) {
    if (taken.has(one) || taken.has(other)) continue;
    taken.add(one);
    taken.add(other);
    pairs.push([one, other]);
  }
  return pairs;
}
