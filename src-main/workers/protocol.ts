/** What the core and a worker process say to each other: tasks by name, with control as JSON and bulk as blobs. */
import type { ErrorCode, ErrorDetails } from '../contract/errors.ts';
import type { Recording } from '../contract/recording.ts';
import type { Budget, FlaggedInterval } from '../inquiry/index.ts';
import type { ModelLevel, ProviderName, ProviderTrial } from '../inference/index.ts';
import type { CodecSupport } from '../video/index.ts';

/** A blob that a worker wrote into its incoming folder, under its SHA-256 as name, for the core to adopt. */
export type BlobHash = string;

/** Which models a task may use, and how they run. */
export interface NetsChoice {
  readonly modelFolders: readonly string[];
  /** Id of the models that the core found there: the nets are opened anew when it changes. */
  readonly modelsId: string;
  readonly provider: ProviderName;
  readonly threads: number;
}

/** What is made of a recording for the player. */
export type MediaPart =
  | { readonly kind: 'segment' | 'sheet'; readonly number: number }
  | { readonly kind: 'picture'; readonly seconds: number; readonly width: number };

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
    result: { triage: BlobHash; framesDecoded: number };
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
      nets: NetsChoice;
    };
    result: {
      trajectory: BlobHash;
      /** Newly made frame observations, null where all were cached. */
      frames: { blob: BlobHash; bytes: number; times: readonly number[] } | null;
      flags: readonly FlaggedInterval[];
      /** Frames that the policy was charged for, and those of them that were not in the cache. */
      framesObserved: number;
      framesMade: number;
      /** Where the nets ran; empty where nothing had to be looked at. */
      provider: string;
    };
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
  /** Renders the sample archive. */
  simulate: {
    params: { out: string; seed: number; scenes: number | null };
    result: { recordings: readonly { path: string; seconds: number; incidents: number }[] };
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
