/** The state of a training run on the disk: each part whole or not there, whatever ended the process that wrote it. */
import { hash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { readIfThere, writeWhole } from '../../store/whole-file.ts';
import type { Gathered, KeptTasks } from '../../training/rounds/gather.ts';
import type { Checkpoints } from '../../training/rounds/run-state.ts';

export interface RunFolder {
  /** Of one part of the run. */
  checkpoints(part: string): Checkpoints;
  /** What the tasks of a round gave. */
  kept(round: string): KeptTasks;
  /** What a part came to: computed once, then read. */
  once<T>(part: string, compute: () => Promise<T>): Promise<T>;
}

/** Goes up whenever something else is kept of a task. */
const tasksFormat = 2;

/** Errors: `disk-full`, `permission-denied`, others of the file system. */
export async function openRunFolder(folder: string): Promise<RunFolder> {
  await mkdir(folder, { recursive: true });
  const pathOf = (part: string, kind: string) => join(folder, `${part}.${kind}`);
  return {
    checkpoints: (part) => ({
      load: (name) => readIfThere(pathOf(part, name)),
      save: (name, bytes) => writeWhole(pathOf(part, name), (aside) => writeFile(aside, bytes)),
    }),
    kept(round) {
      // What an earlier program kept of a task is none of this one's.
      const path = (id: string) => pathOf(`${round}-${hash('sha256', `${tasksFormat}/${id}`).slice(0, 24)}`, 'task');
      return {
        async load(id) {
          const bytes = await readIfThere(path(id));
          return bytes === null ? null : (deserialize(bytes) as Gathered);
        },
        save: (id, gathered) => writeWhole(path(id), (aside) => writeFile(aside, serialize(gathered))),
      };
    },
    async once<T>(part: string, compute: () => Promise<T>): Promise<T> {
      const path = pathOf(part, 'done');
      const known = await readIfThere(path);
      // Written below, by this program's own version: a run does not outlive it.
      if (known !== null) return deserialize(known) as T;
      const value = await compute();
      await writeWhole(path, (aside) => writeFile(aside, serialize(value)));
      for (const kind of ['round', 'step']) await rm(pathOf(part, kind), { force: true });
      return value;
    },
  };
}
