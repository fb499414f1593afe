/** What a camera recorded along the wall clock: recordings on one line, and which cameras saw one moment. */
import * as v from 'valibot';
import { recordingRowSchema } from './recording.ts';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const seconds = v.pipe(v.number(), v.minValue(0));

/** A recording on its camera's line of time. Times within it are seconds since its first frame. */
export const footageSchema = v.object({
  recording: v.string(),
  path: v.string(),
  /** Wall clock of its first frame, after the camera's correction. */
  utcMs: v.number(),
  seconds,
  scanned: v.boolean(),
  /** Triage activity of each second, [0, 1]; empty where no triage was made. */
  activity: v.array(share),
  /** Those that are listed, with the reviewer's bounds and class where there are any. */
  flags: v.array(
    v.object({
      id: v.string(),
      start: seconds,
      end: seconds,
      class: v.string(),
      score: v.number(),
      state: v.picklist(['open', 'confirm', 'reject', 'unsure']),
    }),
  ),
});
export type Footage = v.InferOutput<typeof footageSchema>;

/** What is to be added to a camera's own clock, and the IANA zone that it keeps (null: the archive's). */
export const cameraClockSchema = v.object({ clockOffsetMs: v.number(), timeZone: v.nullable(v.string()) });
export type CameraClock = v.InferOutput<typeof cameraClockSchema>;

/** A camera at one moment of the wall clock. */
export const cameraMomentSchema = v.object({
  camera: v.string(),
  clock: cameraClockSchema,
  /** The recording that was running; null where there is none of that moment. */
  recording: v.nullable(recordingRowSchema),
  /** When its footage before the moment ended, and when that after it begins; null where there is none. */
  endedUtcMs: v.nullable(v.number()),
  beginsUtcMs: v.nullable(v.number()),
});
export type CameraMoment = v.InferOutput<typeof cameraMomentSchema>;

/** What is known to be true of a recording: from a data set, or because it was simulated. */
export const groundTruthSchema = v.object({
  /** The file that says so. */
  source: v.string(),
  intervals: v.array(v.object({ start: seconds, end: seconds, class: v.string() })),
});
export type GroundTruth = v.InferOutput<typeof groundTruthSchema>;
