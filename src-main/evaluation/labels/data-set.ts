/** A labelled data set as every evaluation takes it, whatever format its labels came in. */
import { dataSetFormats, type DataSetFormat } from '../../contract/evaluation.ts';
import type { Interval } from '../../math/interval.ts';
import type { ReplayRecording } from '../replay/replay-file.ts';
import { frameLabels, type FrameRange, type LabelledRecording } from './labelled-recording.ts';

export { dataSetFormats, type DataSetFormat };

/** Of two recordings, one of which has the incident and the other its innocent reading: what they alone share, and their kind. */
export interface TwinPair {
  readonly name: string;
  readonly kind: string;
  /** Frames a second of the passive sampler to whom they look alike; null where that is not said. */
  readonly rate: number | null;
}

export interface DataSetRecording {
  /** As the data set names it. */
  readonly name: string;
  /** The video file; null for a replay, and where labels are read without videos. */
  readonly path: string | null;
  readonly labelled: LabelledRecording;
  /** `recording`: only the class is known, and `labelled.anomalies` is empty for that reason. */
  readonly level: 'frames' | 'recording';
  /** Rate of the frames that the labels count; null: the video's own, whatever it is. */
  readonly framesPerSecond: number | null;
  /** What models said of it, where that is what the data set holds. */
  readonly replay: ReplayRecording | null;
  /** In a simulated archive, the pair of which it is one; null where it has no twin. */
  readonly twin: TwinPair | null;
}

/** A labelled recording that is not there, or a video that has no label. */
export interface MissingRecording {
  readonly name: string;
  /** Where it belongs to a line of a label file, named by file and line. */
  readonly reason: string;
}

export interface DataSet {
  readonly name: string;
  readonly format: DataSetFormat;
  readonly recordings: readonly DataSetRecording[];
  readonly missing: readonly MissingRecording[];
}

/** What labels that are given in seconds are counted in: milliseconds, which no frame rate of a camera falls between. */
export const secondsAsFrames = 1000;

/** Frames `[start, end)` of `secondsAsFrames` from an interval in seconds. */
export const rangeFromSeconds = ({ start, end }: Interval): FrameRange => ({
  start: Math.round(start * secondsAsFrames),
  end: Math.round(end * secondsAsFrames),
});

/** A label file that says 24 and a container that says 23.976 count the same frames. */
const sameRate = 0.01;

export interface VideoClock {
  readonly frames: number;
  /** Mean rate. */
  readonly framesPerSecond: number;
}

const countsAlike = (rate: number | null, framesPerSecond: number): boolean =>
  rate === null || Math.abs(rate - framesPerSecond) <= sameRate * framesPerSecond;

/**
 * [video.frames] 1 for each anomalous frame, null where only the class is known. Labels that count frames of another rate
 * than the video's are met by time: a frame has the label of the instant at which it is shown.
 * Errors: as `frameLabels`.
 */
export function labelsOf(recording: DataSetRecording, video: VideoClock): Uint8Array | null {
  if (recording.level === 'recording') return null;
  const rate = recording.framesPerSecond;
  if (rate === null || countsAlike(rate, video.framesPerSecond)) return frameLabels(recording.labelled, video.frames);
  const ratio = rate / video.framesPerSecond;
  const counted = frameLabels(recording.labelled, Math.ceil(video.frames * ratio), rate);
  // The frame shown at 1.04 s begins millisecond 1040 although 26 / 25 · 1000 may come out below it.
  return Uint8Array.from({ length: video.frames }, (_, frame) => counted[Math.floor(frame * ratio + 1e-6)] ?? 0);
}

/** The anomalies in seconds, null where only the class is known. */
export function anomaliesInSeconds(recording: DataSetRecording, framesPerSecond: number): Interval[] | null {
  if (recording.level === 'recording') return null;
  const rate =
    recording.framesPerSecond === null || countsAlike(recording.framesPerSecond, framesPerSecond)
      ? framesPerSecond
      : recording.framesPerSecond;
  return recording.labelled.anomalies.map(({ start, end }) => ({ start: start / rate, end: end / rate }));
}
