/** Recorded outputs of real models on real benchmarks: JSON lines, one a video, with its segments at two levels. */
import { frameRange, type LabelledRecording } from '../labels/labelled-recording.ts';
import { labelError, linesOf, type Place } from '../labels/label-error.ts';

export const replayLevels = ['coarse', 'fine'] as const;
export type ReplayLevel = (typeof replayLevels)[number];

/** Frames `[start, end)`, counted from 0, with what the models said of them. */
export interface ReplaySegment {
  readonly start: number;
  readonly end: number;
  /** As recorded: in [0, 1] but for a rare −1, with which a model refused to answer. */
  readonly score: number;
  /** Null where it was not recorded. */
  readonly caption: string | null;
}

export interface ReplayRecording extends LabelledRecording {
  readonly frames: number;
  readonly framesPerSecond: number;
  readonly levels: Readonly<Record<ReplayLevel, readonly ReplaySegment[]>>;
}

/** Every recording of a replay file. Errors: AppError `invalid-argument` that names file, line and reason. */
export function readReplayFile(text: string, file: string): ReplayRecording[] {
  return linesOf(text, file).map((line) => {
    let value: unknown;
    try {
      value = JSON.parse(line.text);
    } catch (error) {
      throw labelError(line.place, `this is no JSON (${error instanceof Error ? error.message : String(error)}).`);
    }
    return recordingFrom(value, line.place);
  });
}

function recordingFrom(value: unknown, place: Place): ReplayRecording {
  const fields = objectOf(value, 'the line', place);
  const name = stringOf(fields['video'], 'video', place);
  const frames = numberOf(fields['frames'], 'frames', place);
  const framesPerSecond = numberOf(fields['fps'], 'fps', place);
  if (!Number.isInteger(frames) || frames < 1) throw labelError(place, `${name} has ${frames} frames.`);
  if (!(framesPerSecond > 0)) throw labelError(place, `${name} has ${framesPerSecond} frames per second.`);
  const levels = objectOf(fields['levels'], 'levels', place);
  const anomalies = listOf(fields['anomalies'], 'anomalies', place).map((range) => {
    const [start, last] = listOf(range, 'an anomaly', place);
    // Counted from 1, the last frame included, as in the benchmarks' own files.
    return frameRange(
      numberOf(start, "an anomaly's start", place),
      numberOf(last, "an anomaly's end", place),
      1,
      place,
    );
  });
  const segments = (level: ReplayLevel) =>
    listOf(levels[level], level, place).map((segment) => segmentFrom(segment, place));
  return {
    ...{ name, anomalies, frames, framesPerSecond, place },
    class: stringOf(fields['class'], 'class', place),
    levels: { coarse: segments('coarse'), fine: segments('fine') },
  };
}

function segmentFrom(value: unknown, place: Place): ReplaySegment {
  const fields = objectOf(value, 'a segment', place);
  const start = numberOf(fields['start'], "a segment's start", place);
  const last = numberOf(fields['end'], "a segment's end", place);
  const caption = fields['caption'];
  return {
    ...frameRange(start, last, 0, place),
    score: numberOf(fields['score'], "a segment's score", place),
    caption: caption === undefined || caption === null ? null : stringOf(caption, "a segment's caption", place),
  };
}

function objectOf(value: unknown, what: string, place: Place): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw labelError(place, `${what} is missing or no object.`);
  }
  return value as Readonly<Record<string, unknown>>;
}

function listOf(value: unknown, what: string, place: Place): readonly unknown[] {
  if (!Array.isArray(value)) throw labelError(place, `${what} is missing or no list.`);
  return value as readonly unknown[];
}

function stringOf(value: unknown, what: string, place: Place): string {
  if (typeof value !== 'string') throw labelError(place, `${what} is missing or no text.`);
  return value;
}

function numberOf(value: unknown, what: string, place: Place): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw labelError(place, `${what} is missing or no number.`);
  return value;
}
