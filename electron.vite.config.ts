/** Bundles the desktop program: the shell with the processes that it starts, its preload script, and the window. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'electron-vite';
import renderer from './vite.renderer.config.ts';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Libraries that carry native code or read files beside them: they are found in `node_modules`, and everything else is bundled. */
const unbundled = ['better-sqlite3', 'node-av', 'onnxruntime-node', 'playwright-core'];

export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        external: unbundled.map((name) => new RegExp(`^${name}(/|$)`)),
        // `hosts/electron/entries.ts` names the outcome.
        input: {
          main: pathOf('src-main/hosts/electron/main.ts'),
          core: pathOf('src-main/hosts/electron/core.ts'),
          worker: pathOf('src-main/hosts/electron/worker.ts'),
          'nets.worker': pathOf('src-main/perception/nets.worker.ts'),
          'session.worker': pathOf('src-main/inference/session.worker.ts'),
          'resident.worker': pathOf('src-main/inference/resident/resident.worker.ts'),
          'provider.worker': pathOf('src-main/inference/provider.worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: pathOf('src-main/hosts/electron/preload.ts'),
        // A sandboxed preload script is one CommonJS file.
        output: { format: 'cjs', entryFileNames: 'preload.cjs' },
      },
    },
  },
  renderer: {
    ...renderer,
    build: {
      ...renderer.build,
      // Electron's own Chromium is newer than whatever the web host must reckon with.
      target: 'esnext',
      minify: true,
      rolldownOptions: { input: pathOf('src-renderer/index.html') },
    },
  },
});
