/** What a benchmark says is true of one recording, and how that becomes a label for each frame. */
import { labelError, type Place } from './label-error.ts';

/** Frames `[start, end)`, counted from 0. */
export interface FrameRange {
  readonly start: number;
  readonly end: number;
}

export interface LabelledRecording {
  /** As the benchmark's file names it. */
  readonly name: string;
  /** `normal` for a recording without an anomaly. */
  readonly class: string;
  readonly anomalies: readonly FrameRange[];
  /** Null where the file does not tell. */
  readonly frames: number | null;
  readonly place: Place;
}

/**
 * How far beyond the end of its recording an anomaly may reach, in frames. UCF-Crime's own files reach two frames beyond;
 * decoders differ by some more.
 */
const overhang = 30;

/**
 * [frames] 1 for each anomalous frame. Some benchmarks' ranges reach a few frames beyond their videos, so such an end is
 * cut. `rate` is the number of labelled frames to a second where it is not the video's: errors then speak of seconds.
 * Errors: AppError `invalid-argument` for a range that begins beyond the end or reaches far beyond it, because it then
 * belongs to another video.
 */
export function frameLabels(
  { name, anomalies, place }: LabelledRecording,
  frames: number,
  rate: number | null = null,
): Uint8Array {
  const labels = new Uint8Array(frames);
  // In the unit of the file: whoever wrote seconds never counted frames.
  const inSeconds = (count: number, of: number) => `${Math.round((1000 * count) / of) / 1000} s`;
  const length = rate === null ? `has ${frames} frames` : `is ${inSeconds(frames, rate)} long`;
  for (const { start, end } of anomalies) {
    if (start >= frames) {
      const begin = rate === null ? `frame ${start}` : inSeconds(start, rate);
      throw labelError(place, `an anomaly of ${name} begins at ${begin}, and the recording ${length}.`);
    }
    if (end > frames + Math.max(overhang, rate ?? 0)) {
      const last = rate === null ? `with frame ${end - 1}` : `at ${inSeconds(end, rate)}`;
      throw labelError(place, `an anomaly of ${name} ends ${last}, and the recording ${length}.`);
    }
    labels.fill(1, start, end);
  }
  return labels;
}

/**
 * A range from a benchmark's own first and last frame. `first` is the number of its first frame (0 or 1), and the last
 * frame is part of the anomaly in every format that is read here. Errors: a range that is reversed or negative.
 */
export function frameRange(start: number, last: number, first: 0 | 1, place: Place): FrameRange {
  // A start of 0 in a file that counts from 1 is the first frame: UCF-Crime's and XD-Violence's files have some.
  const range = { start: Math.max(0, start - first), end: last - first + 1 };
  if (start < 0 || range.end <= range.start) throw labelError(place, `frames ${start} to ${last} are no range.`);
  return range;
}

/** The class of a recording in which nothing is out of the ordinary, whatever a benchmark calls it. */
export const normalClass = 'normal';

/** One name for a recording with anomalies of these classes, in the order of their first mention. */
export const jointClass = (classes: readonly string[]): string => [...new Set(classes)].join('-') || normalClass;
