/** Reads what the shell was started with: `[--data FOLDER] [FOLDER…]`. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultDataFolder } from '../../app/data-folder.ts';

export interface ShellArguments {
  readonly dataFolder: string;
  /** Absolute, to be imported and scanned. */
  readonly folders: readonly string[];
}

export interface ShellSurroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** Where it was started: what paths are relative to. */
  readonly workingFolder: string;
  /** Whether the first argument that is no switch names the program itself. */
  readonly namesProgram: boolean;
}

/** `given` is what follows the program's name. Switches of Chromium and of desktops are none of ours and are passed over. */
export function readShellArguments(
  given: readonly string[],
  { env, platform, workingFolder, namesProgram }: ShellSurroundings,
): ShellArguments {
  const { values, positionals } = parseArgs({
    args: [...given],
    options: { data: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  });
  const dataFolder =
    typeof values['data'] === 'string' && values['data'] !== '' ? values['data'] : defaultDataFolder(env, platform);
  return {
    dataFolder: resolve(workingFolder, dataFolder),
    folders: positionals
      .slice(namesProgram ? 1 : 0)
      .filter((folder) => folder !== '')
      .map((folder) => resolve(workingFolder, folder)),
  };
}

/** Folders that a second start handed over; none where it sent anything else. */
export function foldersFrom(handedOver: unknown): readonly string[] {
  if (typeof handedOver !== 'object' || handedOver === null || !('folders' in handedOver)) return [];
  const { folders } = handedOver;
  return Array.isArray(folders) ? folders.filter((folder) => typeof folder === 'string') : [];
}
