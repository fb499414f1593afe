/** What was seen in frames, with who is who, to be drawn over the picture. */
import type { OverlayFrame, OverlayItem } from '../../contract/overlay.ts';
import type { FrameObservation } from '../frame-observation.ts';
import { sightingsOf } from './sightings.ts';
import { trackObjects } from './track-objects.ts';

/**
 * For each of `frames`, in order of time, what was seen in it: what belongs to a track, faint or not, and what is sure
 * without one. What was seen in one frame only has no track. Nothing is drawn where a track was not seen but coasted.
 */
export function overlayOf(frames: readonly FrameObservation[]): OverlayFrame[] {
  const tracked = new Map<object, number | null>();
  for (const { id, points } of trackObjects(frames)) {
    for (const { box } of points) tracked.set(box, points.length > 1 ? id : null);
  }
  return frames
    .toSorted((a, b) => a.time - b.time)
    .map((frame) => ({
      time: frame.time,
      items: sightingsOf(frame)
        .filter(({ box, sure }) => sure || tracked.has(box))
        .map(({ kind, box, score, keypoints }): OverlayItem => {
          const track = tracked.get(box) ?? null;
          return { track, kind, score, box: { ...box }, keypoints: keypoints === null ? null : [...keypoints] };
        }),
    }));
}
