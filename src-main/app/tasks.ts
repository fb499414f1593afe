/** Gives tasks to the workers: ids become paths before, and blobs move into the store after. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../store/index.ts';
import type { BlobHash, RunOptions, Supervisor, TaskName, TaskParams, TaskResult } from '../workers/index.ts';

export interface TaskInputs {
  /** Paths of the recordings that the parameters name. */
  readonly recordings?: Readonly<Record<string, string>>;
  /** The blobs that the parameters name. */
  readonly blobs?: readonly BlobHash[];
  /** Files that are no blobs of the store, by the names that the parameters give them. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface Tasks {
  /**
   * Runs a task; the blobs that `made` finds in its result are in the store when this returns.
   * Errors: those of the supervisor and of the store.
   */
  run<K extends TaskName>(
    name: K,
    params: TaskParams<K>,
    inputs: TaskInputs,
    made: (result: TaskResult<K>) => readonly BlobHash[],
    options?: RunOptions,
  ): Promise<TaskResult<K>>;
  /**
   * Runs a task of which nothing becomes a blob of the store: `keep` moves away what it wants to keep of the files that
   * the task made. Errors: those of the supervisor and of `keep`.
   */
  runAside<K extends TaskName, R>(
    name: K,
    params: TaskParams<K>,
    inputs: TaskInputs,
    keep: (result: TaskResult<K>, pathOf: (blob: BlobHash) => string) => Promise<R>,
    options?: RunOptions,
  ): Promise<R>;
}

/** `incoming` is emptied: what lies there was made for a core that is gone. */
export async function createTasks(supervisor: Supervisor, { blobs }: Store, incoming: string): Promise<Tasks> {
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true });
  const runAside: Tasks['runAside'] = async (name, params, inputs, keep, options) => {
    const own = join(incoming, randomUUID());
    try {
      const paths = {
        recordings: inputs.recordings ?? {},
        blobs: {
          ...Object.fromEntries((inputs.blobs ?? []).map((hash) => [hash, blobs.pathOf(hash)])),
          ...inputs.files,
        },
        incoming: own,
      };
      return await keep(await supervisor.run(name, params, paths, options), (blob) => join(own, blob));
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  };
  return {
    runAside,
    run: (name, params, inputs, made, options) =>
      runAside(
        name,
        params,
        inputs,
        async (result, pathOf) => {
          for (const hash of new Set(made(result))) await blobs.adopt(pathOf(hash));
          return result;
        },
        options,
      ),
  };
}
