/** The converted nets on disk: a folder with a manifest of sizes and hashes, so that no half-written net is ever used. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { netNames, type NetName } from './net-recipes.ts';

/** Which nets there are. Paths are null where a net is not there. */
export interface ModelSet {
  readonly folder: string;
  readonly nanodet: string | null;
  readonly movenet: string | null;
  /** Short hash over the nets that are there; '' where there is none. Part of the key of what was seen with them. */
  readonly id: string;
}

export interface ManifestEntry {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ModelManifest {
  /** Goes up whenever the converter would write other files from the same package. */
  readonly format: typeof manifestFormat;
  /** The package that the nets were made from. */
  readonly source: string;
  readonly nets: Readonly<Partial<Record<NetName, ManifestEntry>>>;
}

export const manifestFormat = 1;
export const manifestName = 'models.json';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const emptySet = (folder: string): ModelSet => ({ folder, nanodet: null, movenet: null, id: '' });

/**
 * The first of `folders` with all nets whole, else the first with any, else an empty set in the first. A net whose size
 * or hash differs from the manifest's is as good as absent. Never throws for what is or is not on the disk.
 */
export async function findModels(folders: readonly string[]): Promise<ModelSet> {
  let best = emptySet(folders[0] ?? '');
  for (const folder of folders) {
    const set = await modelsIn(folder);
    if (isComplete(set)) return set;
    if (best.id === '' && set.id !== '') best = set;
  }
  return best;
}

export const isComplete = (set: ModelSet): boolean => netNames.every((name) => set[name] !== null);

/** What the nets can see: objects (NanoDet), poses (MoveNet). */
export type ModelLevel = 'both' | 'objects' | 'poses' | 'none';

/** The level of a set of nets, or of whatever was opened from them; null stands for a net that is not there. */
export function levelOf({ nanodet, movenet }: { readonly nanodet: unknown; readonly movenet: unknown }): ModelLevel {
  if (nanodet !== null) return movenet === null ? 'objects' : 'both';
  return movenet === null ? 'none' : 'poses';
}

async function modelsIn(folder: string): Promise<ModelSet> {
  const manifest = await readManifest(folder);
  if (manifest === null) return emptySet(folder);
  const paths = new Map<NetName, string>();
  const hashes: string[] = [];
  for (const name of netNames) {
    const entry = manifest.nets[name];
    if (entry === undefined || !(await isWhole(folder, entry))) continue;
    paths.set(name, join(folder, entry.file));
    hashes.push(`${name}:${entry.sha256}`);
  }
  const id = hashes.length === 0 ? '' : sha256(Buffer.from(hashes.join('\n'))).slice(0, 12);
  return { folder, nanodet: paths.get('nanodet') ?? null, movenet: paths.get('movenet') ?? null, id };
}

async function isWhole(folder: string, { file, bytes, sha256: expected }: ManifestEntry): Promise<boolean> {
  const content = await readFile(join(folder, file)).catch(() => null);
  return content !== null && content.length === bytes && sha256(content) === expected;
}

async function readManifest(folder: string): Promise<ModelManifest | null> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isManifest(value) ? value : null;
  } catch {
    return null; // A manifest that is no JSON vouches for nothing.
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function isManifest(value: unknown): value is ModelManifest {
  if (!isRecord(value) || value['format'] !== manifestFormat || !isRecord(value['nets'])) return false;
  // A file is a plain name: a manifest cannot point out of its folder.
  return Object.values(value['nets']).every(
    (entry) =>
      isRecord(entry) &&
      typeof entry['file'] === 'string' &&
      /^[\w.-]+$/.test(entry['file']) &&
      typeof entry['bytes'] === 'number' &&
      typeof entry['sha256'] === 'string',
  );
}
