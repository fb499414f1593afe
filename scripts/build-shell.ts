/** Builds the desktop program into `out` where it is missing or older than its sources; says so only when it built. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOfSources } from './source-hash.ts';

const root = join(import.meta.dirname, '..');
const out = join(root, 'out');
/** Written last, and removed with everything else when a build begins. */
const stamp = join(out, 'main', '.stamp');
const sources = ['src-main', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];

const hash = hashOfSources(root, sources);
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
  const start = performance.now();
  // Whoever starts this may be a test: the program is built as it is shipped in any case.
  process.env['NODE_ENV'] = 'production';
  const { bundlePrograms } = await import('./bundle-programs.ts');
  await bundlePrograms(out);
  writeFileSync(stamp, hash);
  console.log(`desktop program: built in ${((performance.now() - start) / 1000).toFixed(1)} s.`);
}
// The window has a build of its own, which the web host shares.
await import('./build-renderer.ts');
