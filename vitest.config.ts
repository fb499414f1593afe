/** The test projects: beside the code, the real parts together, components in a browser, and the whole program in one. */
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findBrowser } from './test/support/browser.ts';
import { useTemporaryFolder } from './test/support/temporary-folder.ts';
import renderer from './vite.renderer.config.ts';

useTemporaryFolder();

// Where there is none, `require-browser.ts` says so when a project that needs one runs; the others do without.
const browser = await findBrowser().catch(() => undefined);
const requireBrowser = 'test/support/require-browser.ts';

/** A second, which is the default, is short for what waits for a process on a busy machine. */
const patience = { poll: { timeout: 20_000 } };

export default defineConfig({
  test: {
    // All cores, where one is left free by default: of two, that would be half.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src-main/**/*.test.ts', 'src-renderer/**/*.test.ts'],
          testTimeout: 20_000,
          expect: patience,
        },
      },
      {
        test: {
          name: 'integration',
          environment: 'node',
          include: ['test/{architecture,conformance,integration}/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 120_000,
          expect: patience,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: renderer.plugins ?? [],
        define: renderer.define ?? {},
        publicDir: 'src-renderer/public',
        server: { hmr: { overlay: false } },
        optimizeDeps: {
          // Found only when the first test asks for them, they would make the browser start over.
          include: [
            '@lucide/vue',
            '@tanstack/vue-virtual',
            '@vueuse/core',
            'axe-core',
            'pinia',
            'reka-ui',
            'uplot',
            'valibot',
            'vitest-browser-vue',
            'vue',
            'vue-i18n',
            'vue-router',
          ],
        },
        test: {
          name: 'component',
          include: ['test/component/**/*.test.ts'],
          globalSetup: [requireBrowser],
          setupFiles: ['test/component/support/setup.ts'],
          testTimeout: 30_000,
          expect: patience,
          // Pages beside each other take the focus from each other, and a hidden one draws no frames to wait for.
          fileParallelism: false,
          // Browsers want the processor for themselves: after the others, and e2e after these.
          sequence: { groupOrder: 1 },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport: { width: 1280, height: 800 },
            // What a browser says of its own accord goes by the machine's settings.
            provider: playwright({ launchOptions: browser ?? {}, contextOptions: { locale: 'en-US' } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: [requireBrowser, 'test/e2e/support/build-renderer.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 120_000,
          expect: patience,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'electron',
          environment: 'node',
          include: ['test/electron/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 120_000,
          expect: patience,
          hookTimeout: 120_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
