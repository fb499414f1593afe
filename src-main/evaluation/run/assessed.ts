/** What an evaluation works on: recordings with what is true of them, and what each policy made of each. */
import type { Interval } from '../../math/interval.ts';
import type { TwinPair } from '../labels/index.ts';

/** What is true of a recording. */
export interface TrueRecording {
  readonly name: string;
  readonly class: string;
  /** As the data set says; with frame labels it is whether any of them is 1. */
  readonly isAnomalous: boolean;
  readonly seconds: number;
  /** Number of frames that scores and labels are given for. */
  readonly frames: number;
  /** `[frames]`, 1 where anomalous; null where only the class is known. */
  readonly labels: Uint8Array | null;
  /** Ground truth in seconds; null where only the class is known. */
  readonly anomalies: readonly Interval[] | null;
  /** Recordings of one group are cut from one source; null where nothing is known of sources. */
  readonly source: number | null;
  /** Fold that it was tested in; null where nothing was fitted. */
  readonly fold: number | null;
  /** The pair of which it is one: one has the incident, the other its innocent reading. */
  readonly twin: TwinPair | null;
}

export interface AssessedFlag extends Interval {
  readonly class: string;
  readonly score: number;
}

/** What a policy spent on a recording. */
export interface Effort {
  /** Frames (over replays: segments) that it asked for, each counted once. */
  readonly framesObserved: number;
  /** Share of the recording that was seen. */
  readonly lookedAt: number;
  /** Processing time, with that of the frames which a cache spared it; null where it is not known. */
  readonly seconds: number | null;
  /** How often each operator was used, FINAL among them. */
  readonly operators: Readonly<Record<string, number>>;
}

/** What one policy made of one recording. */
export interface RecordingScores {
  /** `[frames]` of the recording. */
  readonly scores: Float64Array;
  readonly flags: readonly AssessedFlag[];
  /** Null for other systems, of which only scores are known. */
  readonly effort: Effort | null;
}

/** One row of the table to be. */
export interface AssessedPolicy {
  readonly policy: string;
  /** In the order of the recordings; null where it says nothing of one. */
  readonly recordings: readonly (RecordingScores | null)[];
}

/** A recording with what one policy made of it. */
export interface Judged {
  readonly truth: TrueRecording;
  readonly made: RecordingScores;
}

/** The recordings that a policy said something of. */
export function judgedBy(recordings: readonly TrueRecording[], policy: AssessedPolicy): Judged[] {
  return recordings.flatMap((truth, index) => {
    const made = policy.recordings[index] ?? null;
    return made === null ? [] : [{ truth, made }];
  });
}

/** The score of a recording: its highest; 0 for one without a frame. */
export const recordingScore = ({ scores }: Pick<RecordingScores, 'scores'>): number =>
  scores.length === 0 ? 0 : scores.reduce((most, score) => Math.max(most, score), -Infinity);
