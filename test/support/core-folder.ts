/** A data folder for the stand-in core, emptied of processes and removed at the end. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readHolder } from '../../src-main/store/index.ts';
import { killAndWait } from './cli.ts';

export const standInEntries = { core: fileURLToPath(new URL('stand-in-core.ts', import.meta.url)) };

export interface CoreFolder extends AsyncDisposable {
  readonly dataFolder: string;
}

export async function createCoreFolder(): Promise<CoreFolder> {
  const root = await mkdtemp(join(tmpdir(), 'anom-pi-core-'));
  const dataFolder = join(root, 'data');
  return {
    dataFolder,
    async [Symbol.asyncDispose]() {
      const holder = readHolder(dataFolder);
      if (holder !== null) await killAndWait(holder.pid);
      await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
