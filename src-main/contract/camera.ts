/** What a camera usually shows, for a person to look at. */
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const cameraNormalitySchema = v.object({
  camera: v.string(),
  /** Recordings that it was learned from, and those learned since the snapshot was made. */
  recordings: count,
  waiting: count,
  /** Frames that were looked at in them. */
  frames: count,
  /** `[24]`: those of each local hour; 0 for an hour with too few to know what is usual then. */
  hours: v.pipe(v.array(count), v.length(24)),
  madeAtMs: v.number(),
  /** Of the snapshot, as trajectories name it. */
  id: v.string(),
  /** Whether it is enough for anything to be called unusual. */
  enough: v.boolean(),
  /** Maps of the picture, row by row. */
  columns: count,
  rows: count,
  /** Share of the frames in which something moves there, [0, 1]. */
  presence: v.array(v.number()),
  /** Median speed of what moves there, picture heights per second; 0 where nothing does. */
  speed: v.array(v.number()),
  /** Mean velocity of what moves there, picture heights per second: x to the right and y down, in turns. */
  direction: v.array(v.number()),
});
export type CameraNormality = v.InferOutput<typeof cameraNormalitySchema>;
