/** What a task is to the worker program: a function of its parameters and a context. */
import type { TrainingPoint } from '../contract/training.ts';
import type { BlobHash, TaskName, TaskParams, TaskResult } from './protocol/index.ts';
import type { Resources } from './resources.ts';

/** What a task function is given besides its parameters. */
export interface TaskContext {
  readonly signal: AbortSignal;
  readonly resources: Resources;
  progress(done: number, total: number, point?: TrainingPoint): void;
  /** Path of a recording's file. */
  recordingPath(id: string): string;
  blobPath(hash: BlobHash): string;
  /** Writes `bytes` aside, renames them to their hash in the incoming folder, and returns the hash. */
  putBlob(bytes: Uint8Array): Promise<BlobHash>;
  /** The same for a file that `write` makes at the path it is given, which ends in `extension`: too large for memory. */
  putFile(extension: string, write: (path: string) => Promise<void>): Promise<BlobHash>;
}

export type TaskFunction<K extends TaskName> = (params: TaskParams<K>, context: TaskContext) => Promise<TaskResult<K>>;
