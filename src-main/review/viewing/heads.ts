/** Where heads are in the pictures of a stretch, from the frames that were looked at; pure, and rather too large than too small. */
import type { HiddenRegion } from '../../contract/evidence.ts';
import type { OverlayFrame, OverlayItem } from '../../contract/overlay.ts';

type Box = HiddenRegion['box'];

/** COCO's keypoints of the head: nose, eyes, ears. */
const headPoints = [0, 1, 2, 3, 4] as const;
const [leftShoulder, rightShoulder] = [5, 6];
/** Below this a keypoint is a guess; wrongly hidden costs less than wrongly shown. */
const pointSeen = 0.2;
/** Half a head's side is at least this share of what is known of the body's size. */
const ofShoulders = 0.55;
const ofHeight = 0.09;
/** Around what was measured. */
const margin = 1.6;
/** Share of a person's box from the top that holds the head, where no keypoint tells more. */
const topOfBody = 0.34;
/** Seconds for which a head is hidden before it was first and after it was last seen, and across a gap between two looks. */
const holds = 0.75;
const longestGap = 2;

interface SeenHead {
  readonly time: number;
  readonly box: Box;
}

/**
 * Heads by time. Between two looks at one track all is hidden from the one place to the other; one that is seen once only,
 * or that comes or goes, is hidden for a moment before and after.
 * @param aspect Width of the picture by its height.
 */
export function headRegions(frames: readonly OverlayFrame[], aspect: number): (time: number) => readonly Box[] {
  const tracks = new Map<number, SeenHead[]>();
  const alone: SeenHead[][] = [];
  for (const { time, items } of frames) {
    for (const item of items) {
      if (item.kind !== 'person') continue;
      const seen = { time, box: headBox(item, aspect) };
      const known = item.track === null ? undefined : tracks.get(item.track);
      if (known !== undefined) known.push(seen);
      else if (item.track !== null) tracks.set(item.track, [seen]);
      else alone.push([seen]);
    }
  }
  const all = [...tracks.values(), ...alone];
  return (time) => all.map((heads) => regionAt(heads, time)).filter((box) => box !== null);
}

/** `heads` ascending by time. */
function regionAt(heads: readonly SeenHead[], time: number): Box | null {
  const after = heads.findIndex((head) => head.time > time);
  const next = after < 0 ? undefined : heads[after];
  const before = after < 0 ? heads.at(-1) : heads[after - 1];
  if (before !== undefined && next !== undefined && next.time - before.time <= longestGap) {
    return joined(before.box, next.box);
  }
  const near = [before, next].filter((head) => head !== undefined && Math.abs(head.time - time) <= holds);
  const [first, second] = near;
  if (first === undefined) return null;
  return second === undefined ? first.box : joined(first.box, second.box);
}

function headBox({ box, keypoints }: OverlayItem, aspect: number): Box {
  const at = (point: number) => ({
    // In heights of the picture, in which lengths compare.
    x: (keypoints?.[3 * point] ?? 0) * aspect,
    y: keypoints?.[3 * point + 1] ?? 0,
    isSeen: (keypoints?.[3 * point + 2] ?? 0) >= pointSeen,
  });
  const seen = headPoints.map(at).filter(({ isSeen }) => isSeen);
  if (seen.length === 0) return within({ ...box, height: box.height * topOfBody });
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const centre = { x: mean(seen.map(({ x }) => x)), y: mean(seen.map(({ y }) => y)) };
  const reach = Math.max(...seen.map(({ x, y }) => Math.hypot(x - centre.x, y - centre.y)));
  const [left, right] = [at(leftShoulder), at(rightShoulder)];
  const shoulders = left.isSeen && right.isSeen ? Math.hypot(left.x - right.x, left.y - right.y) : 0;
  const half = margin * Math.max(reach, shoulders * ofShoulders, box.height * ofHeight);
  return within({
    x: (centre.x - half) / aspect,
    // Hair is above what has keypoints.
    y: centre.y - half * 1.2,
    width: (2 * half) / aspect,
    height: 2.2 * half,
  });
}

function within({ x, y, width, height }: Box): Box {
  const [left, top] = [Math.max(0, Math.min(1, x)), Math.max(0, Math.min(1, y))];
  const [right, bottom] = [Math.min(1, x + width), Math.min(1, y + height)];
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

function joined(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const right = Math.max(a.x + a.width, b.x + b.width);
  const bottom = Math.max(a.y + a.height, b.y + b.height);
  return { x, y, width: right - x, height: bottom - y };
}
