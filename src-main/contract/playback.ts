/** How a recording is played in the window: as it is where a browser can, otherwise in segments that a worker makes. */
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const common = {
  /** From the first frame to the end of the last one. */
  seconds: v.number(),
  /** Frames, fields counted singly; their times are at `mediaPath.frameTimes`. */
  frames: count,
  width: v.number(),
  height: v.number(),
  /** Sheets of small pictures at even times, for fast and backward playback: picture `i` shows `i · interval` seconds. */
  sheets: v.object({
    count,
    columns: count,
    rows: count,
    interval: v.number(),
    tileWidth: count,
    tileHeight: count,
  }),
};

export const playbackPlanSchema = v.variant('kind', [
  v.object({
    kind: v.literal('original'),
    ...common,
    /** Media time of the first frame in the file: players count from there. */
    startTime: v.number(),
  }),
  v.object({
    kind: v.literal('segments'),
    ...common,
    /** Why the original is not played: `container`, `codec`, `pixel-format`, `rotation`, `damaged` or `timestamps`. */
    reason: v.string(),
    /** MIME type with codecs, for a SourceBuffer. Each segment is a whole fragmented MP4 that begins at 0. */
    mime: v.string(),
    segmentSeconds: v.number(),
    segments: count,
  }),
]);
export type PlaybackPlan = v.InferOutput<typeof playbackPlanSchema>;
