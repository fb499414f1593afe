/** Builds the window: static files that the web host serves over http and the shell over `app://`. */
import vue from '@vitejs/plugin-vue';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  root: pathOf('src-renderer'),
  // Both hosts serve it from the root of their origin; relative paths hold wherever that is.
  base: './',
  plugins: [vue()],
  define: {
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    // The strict policy of both hosts allows no `eval`: messages are compiled to trees that are walked.
    __INTLIFY_JIT_COMPILATION__: 'true',
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
  },
  build: {
    outDir: pathOf('out/renderer'),
    emptyOutDir: true,
    // Electron's own Chromium, and the browsers of a person who uses the web host.
    target: ['chrome134', 'firefox136', 'safari18'],
    sourcemap: true,
    // Fonts and pictures stay files: the policy allows no fonts from `data:`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
});
