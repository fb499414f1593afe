/** Builds the window into out/renderer where it is missing or older than its sources; says so only when it built. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { hashOfSources } from './source-hash.ts';

const root = join(import.meta.dirname, '..');
const target = join(root, 'out', 'renderer');
/** Lies among the built files and holds the hash of what they were built from. */
const stampName = '.stamp';
/** Files and folders that decide what is built. */
const sources = ['src-renderer', 'src-main/contract', 'vite.renderer.config.ts', 'package-lock.json'];
/** Builds that may come in between before this one gives up. */
const attempts = 20;

function isBuiltFrom(hash: string): boolean {
  try {
    return readFileSync(join(target, stampName), 'utf8') === hash;
  } catch {
    return false;
  }
}

/** Puts the finished folder in place of the old one, which another build may do at this moment too. */
function putInPlace(aside: string, hash: string): void {
  const old = `${aside}-old`;
  for (let attempt = 1; !isBuiltFrom(hash); attempt++) {
    try {
      if (existsSync(target)) renameSync(target, old);
      rmSync(old, { recursive: true, force: true });
      renameSync(aside, target);
    } catch (error) {
      // Another build took the old folder away, or put its own there.
      if (attempt === attempts || !hasCode(error, ['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EPERM'])) throw error;
    }
  }
}

const hasCode = (error: unknown, codes: readonly string[]) =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

async function build(hash: string): Promise<void> {
  const start = performance.now();
  const aside = join(root, 'out', `.renderer-${String(process.pid)}`);
  // Whoever starts this may be a test: the window is built as it is shipped in any case.
  process.env['NODE_ENV'] = 'production';
  const vite = await import('vite');
  try {
    await vite.build({
      configFile: join(root, 'vite.renderer.config.ts'),
      build: { outDir: aside },
      logLevel: 'warn',
    });
    writeFileSync(join(aside, stampName), hash);
    putInPlace(aside, hash);
    console.log(`window: built in ${((performance.now() - start) / 1000).toFixed(1)} s.`);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** The first line is the reason in short, for those that pass it on. */
function failureText(error: unknown): string {
  const text = stripVTControlCharacters(error instanceof Error ? error.message : String(error));
  const lines = text.split('\n');
  // The bundler's own first line only counts its errors.
  const reason = lines.find((line) => /^\[[A-Z_]+\]/.test(line)) ?? lines[0] ?? '';
  return `Error: ${reason}\n${text}\n`;
}

try {
  const hash = hashOfSources(root, sources);
  if (!isBuiltFrom(hash)) await build(hash);
} catch (error) {
  process.stderr.write(failureText(error));
  process.exitCode = 1;
}
