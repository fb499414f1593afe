/** One hash over the files that something is built from, so that it is built again when, and only when, they change. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** `sources` are files and folders below `root`; tests in them do not count. */
export function hashOfSources(root: string, sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of sources.flatMap((source) => filesIn(join(root, source)))) {
    const bytes = readFileSync(path);
    hash.update(`${relative(root, path).replaceAll(sep, '/')}\n${String(bytes.length)}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/** In the same order every time. */
function filesIn(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
