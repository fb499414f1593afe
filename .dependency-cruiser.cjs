/** The import rule of ARCHITECTURE.md: a folder of src-main imports itself and the folders above it, and each native or large library has one owner. */

/** Folders of src-main in the order in which they tell the way of the data. */
const order = [
  'contract', 'math', 'video', 'inference', 'store', 'archive', 'perception', 'inquiry', 'review',
  'simulation', 'evaluation', 'training', 'workers', 'app', 'transport', 'hosts',
];
/** Folders that need less than everything above them. */
const narrower = { transport: ['contract'] };
/** The one folder that may import each library. A new dependency of package.json must be given a folder here. */
const owner = {
  'node-av': 'video',
  'onnxruntime-node': 'inference',
  'onnx-proto': 'inference',
  'better-sqlite3': 'store',
  valibot: 'contract',
  ws: 'transport',
  electron: 'hosts/electron',
  'playwright-core': 'app/export',
};
/** Where tests import one: making fixtures may need more of it than the program does, windows are tested in a browser. */
const inTests = { 'playwright-core': 'test' };
/** Libraries of the window. */
const ofRenderer = [
  'vue', 'vue-router', 'vue-i18n', 'pinia', 'reka-ui', '@vueuse/core', 'uplot', '@tanstack/vue-virtual', '@lucide/vue',
  '@fontsource-variable/inter', '@fontsource-variable/jetbrains-mono',
];
const above = (folder) => narrower[folder] ?? order.slice(0, order.indexOf(folder));
const tests = '\\.test\\.ts$';

module.exports = {
  forbidden: [
    ...order.map((folder) => ({
      name: `${folder}-imports-only-from-above`,
      severity: 'error',
      from: { path: `^src-main/${folder}/`, pathNot: tests },
      to: { path: '^(src-(main|renderer)|test|scripts)/', pathNot: `^src-main/(${[folder, ...above(folder)].join('|')})/` },
    })),
    ...Object.entries(owner).map(([library, folder]) => ({
      name: `only-${folder}-imports-${library}`,
      severity: 'error',
      from: { path: '^(src-(main|renderer)|test|scripts)/', pathNot: `^(src-main/${folder}|${inTests[library] ?? 'test/support'})/` },
      to: { path: `node_modules/${library}/` },
    })),
    {
      name: 'every-library-has-an-owner',
      severity: 'error',
      from: { path: '^src-(main|renderer)/', pathNot: tests },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: `node_modules/(@types/)?(${[...Object.keys(owner), ...ofRenderer].join('|')})/` },
    },
    {
      name: 'only-the-renderer-imports-its-libraries',
      severity: 'error',
      from: { path: '^(src-main|scripts)/' },
      to: { path: `node_modules/(${ofRenderer.join('|')})/` },
    },
    {
      name: 'renderer-imports-only-the-contract',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/', pathNot: '^src-main/contract/' },
    },
    {
      name: 'only-stores-hold-the-client',
      comment: 'Everything else asks a store, whose client outlives every connection.',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: '^src-renderer/(client|stores)/' },
      to: { path: '^src-renderer/client/' },
    },
    {
      name: 'renderer-arithmetic-knows-no-components',
      severity: 'error',
      from: { path: '^src-renderer/lib/', pathNot: tests },
      to: { path: `^src-renderer/(client|components|composables|i18n|stores|views)/|node_modules/(${ofRenderer.join('|')})/` },
    },
    {
      name: 'pure-folders-have-no-node-builtins',
      severity: 'error',
      from: { path: '^src-main/(contract|math)/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'the-core-never-loads-a-decoder-or-a-runtime',
      comment: 'ARCHITECTURE.md, processes: a hostile file may end a worker, never the core.',
      severity: 'error',
      from: { path: '^src-main/hosts/(electron/)?core\\.ts$' },
      to: { reachable: true, path: 'node_modules/(node-av|onnxruntime-node)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.vue', '.js'] },
  },
};
