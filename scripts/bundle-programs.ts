/** Bundles what the desktop program runs besides its window: shell, core and workers into `main`, and the preload script. */
import { join } from 'node:path';
import { resolveConfig } from 'electron-vite';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');

/** Into `main` and `preload` of the folder `out`, which are emptied first. */
export async function bundlePrograms(out: string): Promise<void> {
  const { config } = await resolveConfig(
    {
      root,
      configFile: join(root, 'electron.vite.config.ts'),
      build: { outDir: out, emptyOutDir: true },
      logLevel: 'error',
    },
    'build',
    'production',
  );
  if (config === undefined) throw new Error('electron.vite.config.ts holds no configuration.');
  await build(config.main);
  await build(config.preload);
}
