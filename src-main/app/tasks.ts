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
}

/** `incoming` is emptied: what lies there was made for a core that is gone. */
export async function createTasks(supervisor: Supervisor, { blobs }: Store, incoming: string): Promise<Tasks> {
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true });
  return {
    async run(name, params, inputs, made, options) {
      const own = join(incoming, randomUUID());
      try {
        const paths = {
          recordings: inputs.recordings ?? {},
          blobs: Object.fromEntries((inputs.blobs ?? []).map((hash) => [hash, blobs.pathOf(hash)])),
          incoming: own,
        };
        const result = await supervisor.run(name, params, paths, options);
        for (const hash of new Set(made(result))) await blobs.adopt(join(own, hash));
        return result;
      } finally {
        await rm(own, { recursive: true, force: true });
      }
    },
  };
}
