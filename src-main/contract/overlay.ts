/** What was seen in the frames that were looked at: boxes, poses and tracks to be drawn over the picture. */
import * as v from 'valibot';

const overlayKinds = ['person', 'vehicle', 'animal', 'bag'] as const;

const overlayItemSchema = v.object({
  /** Number of the track within the answer; null for what was seen once only. */
  track: v.nullable(v.number()),
  kind: v.picklist(overlayKinds),
  score: v.number(),
  /** In [0, 1] of the displayed picture. */
  box: v.object({ x: v.number(), y: v.number(), width: v.number(), height: v.number() }),
  /** `[17, 3]` x, y in [0, 1] of the picture and score of COCO's keypoints; null where no pose was seen. */
  keypoints: v.nullable(v.array(v.number())),
});
export type OverlayItem = v.InferOutput<typeof overlayItemSchema>;

/** One frame that was looked at; `time` in seconds since the first frame of the recording. */
const overlayFrameSchema = v.object({ time: v.number(), items: v.array(overlayItemSchema) });
export type OverlayFrame = v.InferOutput<typeof overlayFrameSchema>;

export const overlaySchema = v.object({
  /** Ascending; only frames that some look saw and that are still cached. */
  frames: v.array(overlayFrameSchema),
});
export type Overlay = v.InferOutput<typeof overlaySchema>;
