/** The folder of a training run: what is finished of it lies there whole, so that a run that is cut off goes on from it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { readIfThere, writeWhole } from '../../store/whole-file.ts';
import type { Checkpoints } from '../rounds/run-state.ts';

export interface RunFolder {
  /** Null where there is no such file. */
  read(name: string): Promise<Buffer | null>;
  write(name: string, bytes: Uint8Array | string): Promise<void>;
}

/** The folder belongs to the settings that were first used in it. Errors: `invalid-argument` for a run with others. */
export async function openRunFolder(folder: string, settings: unknown): Promise<RunFolder> {
  await mkdir(folder, { recursive: true });
  const run: RunFolder = {
    read: (name) => readIfThere(join(folder, name)),
    write: (name, bytes) => writeWhole(join(folder, name), (aside) => writeFile(aside, bytes)),
  };
  const known = await run.read('settings.json');
  const own = `${JSON.stringify(settings, null, 2)}\n`;
  if (known !== null && known.toString() !== own) {
    throw new AppError(
      'invalid-argument',
      `${folder} holds a training run with other settings: choose another folder.`,
    );
  }
  if (known === null) await run.write('settings.json', own);
  return run;
}

/** Checkpoints of the run's rounds as files. */
export const checkpointsIn = (run: RunFolder): Checkpoints => ({
  load: (name) => run.read(`rounds-${name}.state`),
  save: (name, bytes) => run.write(`rounds-${name}.state`, bytes),
});
