/** What the core and a worker process say to each other: tasks by name, with control as JSON and bulk as blobs. */
import type { ErrorCode, ErrorDetails } from '../contract/errors.ts';
import type { ClipCut, DrawnPart, HiddenRegion } from '../contract/evidence.ts';
import type { Recording } from '../contract/recording.ts';
import type { GateCheck, TrainingPoint } from '../contract/training.ts';
import type { Zone } from '../contract/zone.ts';
import type { AssessedFlag, Effort, TrueRecording } from '../evaluation/run/index.ts';
import type { Budget, FlaggedInterval, Thresholds } from '../inquiry/index.ts';
import type { ModelLevel, ProviderName, ProviderTrial } from '../inference/index.ts';
import type { RecordingTruth, SuiteOptions } from '../simulation/index.ts';
import type { Truth } from '../training/nano/examples.ts';
import type { RoundSettings } from '../training/rounds/settings.ts';
import type { ClipFacts, CodecSupport, NotJoined } from '../video/index.ts';

/** A blob that a worker wrote into its incoming folder, under its SHA-256 as name, for the core to adopt. */
export type BlobHash = string;

/** A blob of frames with its size and the times of its frames, ascending. */
export interface FrameBlob {
  readonly blob: BlobHash;
  readonly bytes: number;
  readonly times: readonly number[];
}

/** A policy, to be opened by a worker. */
export interface PolicyChoice {
  readonly name: string;
  /** Of one with weights, the id of its version. */
  readonly version: string;
  /** The blob of its weights; null for a policy that has none. */
  readonly weights: BlobHash | null;
}

/** A policy of a table, by the name that its row goes by. `oracle` and comparators over replays have that name alone. */
export interface LabelledPolicy {
  readonly label: string;
  readonly policy: PolicyChoice;
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

/** An episode of a recording, and what it takes to look at it again. */
export interface EpisodeAgain {
  readonly recording: string;
  readonly triage: BlobHash;
  readonly episode: { readonly start: number; readonly end: number };
  /** Frame observations that earlier looks left. */
  readonly cached: readonly BlobHash[];
  readonly normality: NormalityAt | null;
  readonly zones: readonly Zone[];
  readonly question: readonly string[];
  readonly budget: Budget;
}

/** A labelled episode; names of trajectories are those of their blobs. */
export interface TrainingEpisode extends EpisodeAgain {
  readonly truth: Truth;
  /** Trajectories whose FINAL the truth corrects, and those of which a reviewer found the first better than the second. */
  readonly corrects: readonly BlobHash[];
  readonly preferences: readonly { readonly chosen: BlobHash; readonly rejected: BlobHash }[];
}

/** What a run learns from. */
export type TrainingMaterial =
  | { readonly kind: 'episodes'; readonly episodes: readonly TrainingEpisode[] }
  /** A replay file, of which the video-level labels are used. */
  | { readonly kind: 'replay'; readonly file: BlobHash };

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

/** One of two policies that are compared, with what an episode may cost it. */
export interface ComparedChoice {
  readonly policy: PolicyChoice;
  readonly budget: Budget;
}

/** What one of two policies made of an episode. */
export interface ComparedEpisode {
  readonly trajectory: BlobHash;
  readonly flags: readonly FlaggedInterval[];
  readonly framesObserved: number;
  /** Asked for and not given. */
  readonly framesMasked: number;
  /** Null without truth, or without a net that could judge. */
  readonly utility: number | null;
}

/** How a clip came about. */
export interface MadeClipFacts {
  readonly facts: ClipFacts;
  readonly method: 'copied' | 'joined' | 'encoded';
  /** Frames encoded before and after the copied ones, where it is joined of both. */
  readonly head: number;
  readonly tail: number;
  /** Why it is not joined, where that was asked for. */
  readonly notJoined: NotJoined | null;
}

/** What a viewing copy shows besides the pictures, and what it hides. */
export interface ViewingPlan {
  readonly draw: readonly DrawnPart[];
  readonly heads: boolean;
  /** Of this recording. */
  readonly regions: readonly Omit<HiddenRegion, 'recording'>[];
  readonly caption: string;
  /** Begins the time that is drawn in. */
  readonly camera: string;
  /** When the recording begins, and the zone that its times are given in; null where that is not known. */
  readonly clock: { readonly utcMs: number; readonly zone: string } | null;
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
      policy: PolicyChoice;
      budget: Budget;
      seed: number;
      /** Frame observations that earlier looks left, to be read instead of decoded. */
      cached: readonly BlobHash[];
      /** Snapshot of what the camera usually shows and the local hour; null as long as nothing is known. */
      normality: NormalityAt | null;
      /** Which places of the picture count, what is asked for, and what it takes for a flag. */
      zones: readonly Zone[];
      question: readonly string[];
      thresholds: Thresholds;
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
   * One episode under two policies, on what was seen of it before and at most so many new frames for each; what else they
   * ask for stays masked.
   */
  compare: {
    params: Omit<Tasks['inquire']['params'], 'policy' | 'budget'> & {
      sides: readonly [ComparedChoice, ComparedChoice];
      newFrames: number;
      /** What reviewers said of the episode; null where that is nothing. */
      truth: Truth | null;
    };
    result: {
      sides: readonly [ComparedEpisode, ComparedEpisode];
      frames: FrameBlob | null;
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
  /** Looks at frames of an episode that rollouts of training will ask for: so many new ones at most. */
  'look-ahead': {
    params: EpisodeAgain & {
      /** Of which some frames are looked at in any case. */
      spans: readonly { start: number; end: number }[];
      policy: PolicyChoice;
      mostFrames: number;
      seed: number;
      nets: NetsChoice;
    };
    result: { frames: FrameBlob | null };
  };
  /**
   * Rounds of training from the weights of a version, then what the gate asks about the outcome. Its state lies in `folder`,
   * from where it goes on when it was cut off.
   */
  train: {
    params: {
      folder: string;
      weights: BlobHash;
      material: TrainingMaterial;
      rounds: number;
      rollouts: number;
      learningRate: number;
      seed: number;
      threads: number;
      /** Simulated recordings on which the outcome must not be worse. */
      guardRecordings: number;
      /** It stops after the update at which it has taken so long. */
      mostSeconds: number;
      /** That it had taken before it was cut off. */
      secondsBefore: number;
    };
    result: {
      weights: BlobHash;
      bytes: number;
      checks: readonly GateCheck[];
      /** Why it stopped before all its rounds, in one sentence; null where it did not. */
      stopped: string | null;
      /** Episodes that had something true in them, and those that had not. */
      incidents: number;
      innocent: number;
      /** What was set, for the version. */
      settings: RoundSettings;
    };
  };
  /** A JPEG of the frame on screen at `seconds`. */
  picture: {
    params: { recording: string; seconds: number; width: number };
    result: { picture: BlobHash };
  };
  /** A clip of a recording, copied packet by packet; encoded anew where an exact start cannot be had otherwise. */
  'cut-clip': {
    params: { recording: string; start: number; end: number; cut: ClipCut };
    result: { clip: BlobHash } & MadeClipFacts;
  };
  /** A copy of a stretch of a recording that every player shows, with what is to be drawn and hidden in it. */
  'viewing-copy': {
    params: {
      recording: string;
      start: number;
      end: number;
      style: ViewingPlan | null;
      /** Frame observations that earlier looks left. */
      cached: readonly BlobHash[];
      /** Null where nobody need be looked for. */
      nets: NetsChoice | null;
    };
    result: {
      copy: BlobHash;
      /** What was seen, as the JSON of an `Overlay`; null where nobody was looked for. */
      overlay: BlobHash | null;
      /** Frames that were looked at, and how often a head was hidden in a picture. */
      looked: number;
      headsHidden: number;
      /** Size in pixels. */
      width: number;
      height: number;
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
  /** A point of the curve of training. */
  readonly point?: TrainingPoint;
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
