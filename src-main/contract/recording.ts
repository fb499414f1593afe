/** Recordings, their cameras and their clocks, as every host sees them. */
import * as v from 'valibot';

/** Where a recording's wall-clock start was read from, best first. */
const clockSources = ['file-name', 'folder-name', 'container', 'file-time', 'none'] as const;

const clockSchema = v.object({
  /** Wall-clock time of the first video frame, ms since the Unix epoch, after the camera's correction; null if unknown. */
  utcMs: v.nullable(v.number()),
  source: v.picklist(clockSources),
  /** The text that the time was read from, for a person to check. */
  text: v.string(),
});
export type Clock = v.InferOutput<typeof clockSchema>;

const recordingStatuses = ['ready', 'unreadable', 'quarantined'] as const;

export const recordingSchema = v.object({
  /** Content identity: fingerprint of size, head and tail, as 64 hexadecimal digits. */
  id: v.string(),
  path: v.string(),
  camera: v.string(),
  clock: clockSchema,
  bytes: v.number(),
  status: v.picklist(recordingStatuses),
  /** One sentence, where status is not `ready`. */
  reason: v.nullable(v.string()),
  /** Null where the file could not be read. Time runs from the first video frame; sizes are as displayed. */
  video: v.nullable(
    v.object({
      seconds: v.number(),
      width: v.number(),
      height: v.number(),
      rotation: v.picklist([0, 90, 180, 270]),
      frameRate: v.nullable(v.number()),
      codec: v.string(),
      container: v.string(),
    }),
  ),
});
export type Recording = v.InferOutput<typeof recordingSchema>;

/** A recording as a list shows it. */
export const recordingRowSchema = v.object({
  ...recordingSchema.entries,
  /** Flags that stand, and those of them without a verdict. */
  flags: v.number(),
  openFlags: v.number(),
  /** A scan of it was finished. */
  scanned: v.boolean(),
});
export type RecordingRow = v.InferOutput<typeof recordingRowSchema>;

export const cameraSummarySchema = v.object({
  camera: v.string(),
  recordings: v.number(),
  seconds: v.number(),
  bytes: v.number(),
  scanned: v.number(),
  flags: v.number(),
  openFlags: v.number(),
  /** Wall-clock span of its recordings; null where none has a clock. */
  firstUtcMs: v.nullable(v.number()),
  lastUtcMs: v.nullable(v.number()),
});
export type CameraSummary = v.InferOutput<typeof cameraSummarySchema>;
