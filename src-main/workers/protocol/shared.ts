/** What parameters and results of several tasks are made of. */
import type { ProviderName } from '../../inference/index.ts';

/** A blob that a worker wrote into its incoming folder, under its SHA-256 as name, for the core to adopt. */
export type BlobHash = string;

/** A blob of frames with its size and the times of its frames, ascending. */
export interface FrameBlob {
  readonly blob: BlobHash;
  readonly bytes: number;
  readonly times: readonly number[];
}

/** Frame observations of one stretch of a recording, in a file of their own; stretches are numbered from 0. */
export interface FrameChunk {
  readonly number: number;
  readonly frames: BlobHash;
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
