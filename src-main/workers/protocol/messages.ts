/** What goes over the wire between the core and a worker process: control as JSON, bulk as blobs. */
import type { ErrorCode, ErrorDetails } from '../../contract/errors.ts';
import type { TrainingPoint } from '../../contract/training.ts';
import type { BlobHash } from './shared.ts';
import type { TaskName } from './tasks.ts';

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
