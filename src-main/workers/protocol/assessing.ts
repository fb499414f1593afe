/** Tasks of evaluations: looking at everything, what policies make of it, and the figures of that. */
import type { AssessedFlag, Effort, TrueRecording } from '../../evaluation/run/index.ts';
import type { BlobHash, FrameChunk, LabelledPolicy, NetsChoice } from './shared.ts';

/** What one policy made of a recording, but for its scores. */
export interface PolicyAssessment {
  readonly policy: string;
  readonly flags: readonly {
    readonly start: number;
    readonly end: number;
    readonly class: string;
    readonly score: number;
  }[];
  /** New frames that it asked for, whether or not they were cached. */
  readonly framesObserved: number;
  /** Share of the recording that it saw. */
  readonly lookedAt: number;
  /** How often it used each operator. */
  readonly operators: Readonly<Record<string, number>>;
  /** Time that it took besides looking at frames. */
  readonly seconds: number;
}

/** Size, rate and background of a recording: what clips of one source have in common. */
export interface Backdrop {
  readonly width: number;
  readonly height: number;
  readonly frameRate: number | null;
  readonly background: readonly number[];
}

/** A recording of an evaluation with what is true of it and what was made of it. */
export interface TabulatedRecording extends Omit<TrueRecording, 'labels'> {
  /** Frames `[start, end)` with label 1; null where only the class is known. */
  readonly anomalousFrames: readonly { readonly start: number; readonly end: number }[] | null;
  /** `[policies, frames]` as little-endian float64. */
  readonly scores: BlobHash;
  /** In the order of the task's policies. */
  readonly made: readonly { readonly flags: readonly AssessedFlag[]; readonly effort: Effort | null }[];
}

export interface AssessingTasks {
  /** Looks at every instant of the time grid in one chunk of a recording. */
  observe: {
    params: { recording: string; triage: BlobHash; chunk: number; cached: readonly BlobHash[]; nets: NetsChoice };
    result: { frames: BlobHash; framesMade: number; secondsMaking: number };
  };
  /** What several policies make of one recording, on frame observations that they share. */
  assess: {
    params: {
      recording: string;
      triage: BlobHash;
      chunks: readonly FrameChunk[];
      normality: BlobHash | null;
      policies: readonly LabelledPolicy[];
      /** Null for each policy's own default. */
      framesPerMinute: number | null;
      /** To the frame what looking may cost, looks being laid from the first frame on (SPEC U2); null for `framesPerMinute`. */
      framesPerSecond: number | null;
      /** Where something is to be seen, in seconds: for `oracle` alone. */
      truth: readonly { readonly start: number; readonly end: number }[];
      seed: number;
      /** Null: nothing may be looked at that is not cached. */
      nets: NetsChoice | null;
    };
    result:
      | { missing: true }
      | {
          missing: false;
          /** `[policies, frames]` scores as little-endian float64. */
          scores: BlobHash;
          policies: readonly PolicyAssessment[];
          /** The chunks that frames were added to. */
          chunks: readonly FrameChunk[];
          /** Frames that were looked at, and the time that took. */
          framesMade: number;
          secondsMaking: number;
        };
  };
  /** What tells where a recording comes from, as the JSON of a `Backdrop`. */
  backdrop: {
    params: { recording: string; triage: BlobHash };
    result: { backdrop: BlobHash };
  };
  /** The vector by which a whole clip is judged, as little-endian float64, NaN for what is not known. */
  'clip-vector': {
    params: { chunks: readonly FrameChunk[] };
    result: { vector: BlobHash; frames: number };
  };
  /** What policies and comparators make of the recordings `[first, end)` of a replay file, which `file` names. */
  'assess-replay': {
    params: {
      file: BlobHash;
      first: number;
      end: number;
      policies: readonly LabelledPolicy[];
      seed: number;
      /** Of all segments, that an episode may look at; null for as many as there are coarse ones. */
      share: number | null;
    };
    result: {
      /** Per recording `[policies, frames]` scores as little-endian float64, and what each policy spent. */
      recordings: readonly { readonly scores: BlobHash; readonly efforts: readonly Effort[] }[];
    };
  };
  /** The figures of an evaluation, as the JSON of `evaluate`'s result. */
  tabulate: {
    params: {
      dataset: string;
      policies: readonly string[];
      recordings: readonly TabulatedRecording[];
      seed: number;
      smoothing: number;
      /** What a head is fitted on, by recording; null where none is. */
      clips: readonly { readonly vector: BlobHash; readonly backdrop: BlobHash; readonly effort: Effort }[] | null;
      /** Score files of other systems. */
      systems: readonly { readonly name: string; readonly scores: BlobHash }[];
    };
    result: { figures: BlobHash; notes: readonly string[] };
  };
}
