/** A data folder for the stand-in core and a window of one script, emptied of processes and removed at the end. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Entries } from '../../src-main/hosts/entries.ts';
import { readHolder } from '../../src-main/store/index.ts';
import { killAndWait } from './cli.ts';

export const standInEntries = { core: fileURLToPath(new URL('stand-in-core.ts', import.meta.url)) };

export interface CoreFolder extends AsyncDisposable {
  readonly dataFolder: string;
  readonly entries: Pick<Entries, 'core' | 'renderer' | 'rendererBuild'>;
}

export async function createCoreFolder(): Promise<CoreFolder> {
  const root = await mkdtemp(join(tmpdir(), 'anom-pi-core-'));
  const dataFolder = join(root, 'data');
  const renderer = join(root, 'renderer');
  await mkdir(join(renderer, 'assets'), { recursive: true });
  await writeFile(join(renderer, 'index.html'), '<!doctype html><title>Anom-π Review</title>');
  await writeFile(join(renderer, 'assets', 'index-1a2b3c.js'), 'export {};');
  await writeFile(join(renderer, '.stamp'), 'not for the browser');
  return {
    dataFolder,
    entries: { ...standInEntries, renderer, rendererBuild: null },
    async [Symbol.asyncDispose]() {
      const holder = readHolder(dataFolder);
      if (holder !== null) await killAndWait(holder.pid);
      await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
