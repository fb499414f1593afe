/** What the core and a worker process say to each other: tasks by name, with control as JSON and bulk as blobs. */
import type { ErrorCode, ErrorDetails } from '../contract/errors.ts';
import type { Recording } from '../contract/recording.ts';
import type { AssessedFlag, Effort, TrueRecording } from '../evaluation/run/index.ts';
import type { Budget, FlaggedInterval } from '../inquiry/index.ts';
import type { ModelLevel, ProviderName, ProviderTrial } from '../inference/index.ts';
import type { RecordingTruth, SuiteOptions } from '../simulation/index.ts';
import type { ClipFacts, CodecSupport } from '../video/index.ts';

/** A blob that a worker wrote into its incoming folder, under its SHA-256 as name, for the core to adopt. */
export type BlobHash = string;

/** A blob of frames with its size and the times of its frames, ascending. */
export interface FrameBlob {
  readonly blob: BlobHash;
  readonly bytes: number;
  readonly times: readonly number[];
}

/** Which models a task may use, and how they run. */
export interface NetsChoice {
  readonly modelFolders: readonly string[];
  /** Id of the models that the core found there: the nets are opened anew when it changes. */
  readonly modelsId: string;
  readonly provider: ProviderName;
  readonly threads: number;
}

/** What a camera usually shows, as a blob, and the local hour (0 to 23) that it is asked for. */
export interface NormalityAt {
  readonly snapshot: BlobHash;
  readonly hour: number | null;
}

/** What is made of a recording for the player. */
export type MediaPart =
  | { readonly kind: 'segment' | 'sheet'; readonly number: number }
  | { readonly kind: 'picture'; readonly seconds: number; readonly width: number };

/** Frame observations of one stretch of a recording, in a file of their own; stretches are numbered from 0. */
export interface FrameChunk {
  readonly number: number;
  readonly frames: BlobHash;
}

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

/** Every task that a worker can do. Recordings and blobs are named by content id; the envelope resolves them. */
export interface Tasks {
  /** Reads what a video file is. */
  probe: {
    params: { recording: string };
    result: { video: NonNullable<Recording['video']>; createdAt: string | null };
  };
  /** The cheap pass: activity per second, as a blob. */
  triage: {
    params: { recording: string };
    result: { triage: BlobHash; framesDecoded: number; seconds: number };
  };
  /** One episode of a recording under a policy. */
  inquire: {
    params: {
      recording: string;
      triage: BlobHash;
      episode: { start: number; end: number };
      policy: string;
      budget: Budget;
      seed: number;
      /** Frame observations that earlier looks left, to be read instead of decoded. */
      cached: readonly BlobHash[];
      /** Snapshot of what the camera usually shows and the local hour; null as long as nothing is known. */
      normality: NormalityAt | null;
      nets: NetsChoice;
    };
    result: {
      trajectory: BlobHash;
      /** Newly made frame observations, null where all were cached. */
      frames: FrameBlob | null;
      flags: readonly FlaggedInterval[];
      /** Frames that the policy was charged for, and those of them that were not in the cache. */
      framesObserved: number;
      framesMade: number;
      /** Where the nets ran; empty where nothing had to be looked at. */
      provider: string;
    };
  };
  /**
   * What a recording teaches of its camera's usual life. Of `trajectories` it is taken where was looked without a reason;
   * without any, every cached frame is.
   */
  'learn-normality': {
    params: {
      recording: string;
      /** Local hour, 0 to 23. */
      hour: number | null;
      cached: readonly BlobHash[];
      trajectories: readonly BlobHash[];
    };
    result: { part: BlobHash };
  };
  /** One snapshot from the parts of a camera's recordings, whatever their order. */
  'merge-normality': {
    params: { parts: readonly BlobHash[] };
    result: { normality: BlobHash };
  };
  /**
   * How a recording is played, as the JSON of a plan, the times of its frames as little-endian float64, and what was read
   * of its packets.
   */
  'plan-playback': {
    params: { recording: string };
    result: { plan: BlobHash; times: BlobHash; packets: BlobHash };
  };
  /** A segment, a sheet of small pictures or a picture for the player: a file that a browser takes as it is. */
  'make-media': {
    params: { recording: string; packets: BlobHash; part: MediaPart };
    result: { file: BlobHash };
  };
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
      policies: readonly string[];
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
  /** A JPEG of the frame on screen at `seconds`. */
  picture: {
    params: { recording: string; seconds: number; width: number };
    result: { picture: BlobHash };
  };
  /** A clip of a recording, copied packet by packet; encoded anew where an exact start cannot be had otherwise. */
  'cut-clip': {
    params: { recording: string; start: number; end: number; exact: boolean };
    result: { clip: BlobHash; facts: ClipFacts; method: 'copied' | 'encoded' };
  };
  /** A copy of a stretch of a recording that every player shows. */
  'viewing-copy': {
    params: { recording: string; start: number; end: number };
    result: { copy: BlobHash };
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
    params: { file: BlobHash; first: number; end: number; policies: readonly string[]; seed: number };
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
  /** What decoding and inference can do on this machine, found out by trying. */
  examine: {
    params: { modelFolders: readonly string[]; threads: number };
    result: {
      codecs: readonly CodecSupport[];
      /** FFmpeg's version and configuration line. */
      ffmpeg: string;
      providers: readonly ProviderTrial[];
      models: { level: ModelLevel; id: string; folder: string };
    };
  };
  /** Renders one recording of a suite, unless `known` says that it is there already and it is. */
  simulate: {
    params: {
      out: string;
      suite: string;
      options: SuiteOptions;
      number: number;
      known: RecordingTruth | null;
    };
    result: RecordingTruth;
  };
}

export type TaskName = keyof Tasks;
export type TaskParams<K extends TaskName> = Tasks[K]['params'];
export type TaskResult<K extends TaskName> = Tasks[K]['result'];

/** Where the ids in a task's parameters lie on this machine. */
export interface TaskPaths {
  readonly recordings: Readonly<Record<string, string>>;
  readonly blobs: Readonly<Record<BlobHash, string>>;
  /** The folder, of this task alone, that takes the blobs which it makes. */
  readonly incoming: string;
}

export interface TaskProgress {
  readonly done: number;
  readonly total: number;
}

export type ToWorker =
  | {
      readonly type: 'task';
      readonly id: number;
      readonly name: TaskName;
      readonly params: unknown;
      readonly paths: TaskPaths;
    }
  | { readonly type: 'abort'; readonly id: number };

export type FromWorker =
  | { readonly type: 'ready' }
  /** Sent every second while the event loop turns, with the resident memory in bytes. */
  | { readonly type: 'beat'; readonly residentBytes: number }
  | { readonly type: 'progress'; readonly id: number; readonly progress: TaskProgress }
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | {
      readonly type: 'error';
      readonly id: number;
      readonly error: { readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails };
    };
