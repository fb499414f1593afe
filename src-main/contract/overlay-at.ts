/** Which boxes and poses belong over the picture at a time, from the frames that were looked at. */
import type { OverlayFrame, OverlayItem } from './overlay.ts';

/** Between two frames at most this far apart a tracked thing is drawn on its way, seconds. */
const longestWay = 1.05;
/** What was seen once is drawn this long before and after, seconds: a few frames, so that the eye can catch it. */
const shown = 0.15;

/** `frames` ascending by time. Nothing is drawn at times that no look saw. */
export function overlayAt(frames: readonly OverlayFrame[], time: number): readonly OverlayItem[] {
  const next = firstAfter(frames, time);
  const [before, after] = [frames[next - 1], frames[next]];
  if (before !== undefined && after !== undefined && after.time - before.time <= longestWay) {
    const share = (time - before.time) / (after.time - before.time);
    const nearer = share <= 0.5 ? before : after;
    const other = nearer === before ? after : before;
    return nearer.items.flatMap((item) => {
      const partner = item.track === null ? undefined : other.items.find(({ track }) => track === item.track);
      if (partner !== undefined)
        return [nearer === before ? between(item, partner, share) : between(partner, item, share)];
      return Math.abs(nearer.time - time) <= shown ? [item] : [];
    });
  }
  const alone = [before, after].find((frame) => frame !== undefined && Math.abs(frame.time - time) <= shown);
  return alone?.items ?? [];
}

/** Index of the first frame later than `time`. */
function firstAfter(frames: readonly OverlayFrame[], time: number): number {
  let [low, high] = [0, frames.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((frames[middle]?.time ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `first` moved towards `second` by `share` of the way; keypoints that only one of them has are left out. */
function between(first: OverlayItem, second: OverlayItem, share: number): OverlayItem {
  const mix = (a: number, b: number) => a + share * (b - a);
  const { box: a, keypoints: from } = first;
  const { box: b, keypoints: to } = second;
  return {
    ...first,
    box: { x: mix(a.x, b.x), y: mix(a.y, b.y), width: mix(a.width, b.width), height: mix(a.height, b.height) },
    keypoints: from === null || to === null ? null : from.map((value, index) => mix(value, to[index] ?? value)),
  };
}

/** Pairs of COCO keypoints that a skeleton's lines join. */
const bones: readonly (readonly [number, number])[] = [
  ...([
    [5, 6],
    [5, 7],
    [7, 9],
    [6, 8],
    [8, 10],
  ] as const),
  ...([
    [5, 11],
    [6, 12],
    [11, 12],
    [11, 13],
    [13, 15],
    [12, 14],
    [14, 16],
  ] as const),
];
/** Keypoints below this are guesses. */
const keypointSeen = 0.25;

/** The lines of a pose, each as x, y, x, y in [0, 1] of the picture. */
export function boneLines(keypoints: readonly number[]): (readonly [number, number, number, number])[] {
  const at = (point: number, part: number) => keypoints[3 * point + part] ?? 0;
  return bones
    .filter(([a, b]) => at(a, 2) >= keypointSeen && at(b, 2) >= keypointSeen)
    .map(([a, b]) => [at(a, 0), at(a, 1), at(b, 0), at(b, 1)] as const);
}
