/** What is known to be true of a recording that lies in a simulated archive or a data set that brings its truth along. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { GroundTruth } from '../contract/footage.ts';
import { manifestFileName, manifestFrom } from '../simulation/index.ts';
import type { Store } from '../store/index.ts';

/** A recording lies so many folders below its manifest at most. */
const mostLevels = 4;
/** A larger file is none that this program wrote. */
const mostBytes = 256 * 2 ** 20;

type Truths = ReadonlyMap<string, GroundTruth['intervals']>;

/** Reads manifests as they are asked for and keeps the last one: a reviewer stays in an archive for a while. */
export function createGroundTruth(store: Pick<Store, 'recordings'>) {
  let kept: { readonly file: string; readonly changed: string; readonly truths: Truths } | null = null;

  async function truthsIn(file: string): Promise<Truths | null> {
    const found = await stat(file).catch(() => null);
    if (found === null || !found.isFile() || found.size > mostBytes) return null;
    const changed = `${String(found.size)} ${String(found.mtimeMs)}`;
    if (kept?.file === file && kept.changed === changed) return kept.truths;
    const manifest = manifestFrom(await readFile(file, 'utf8').catch(() => ''));
    if (manifest === null) return null;
    const truths = new Map(
      manifest.recordings.map(({ file: name, incidents }): [string, GroundTruth['intervals']] => [
        name,
        incidents.map(({ start, end, class: incident }) => ({ start, end, class: incident })),
      ]),
    );
    kept = { file, changed, truths };
    return truths;
  }

  /** Null where nothing is known. Errors: `not-found` where there is no such recording. */
  return async (recording: string): Promise<GroundTruth | null> => {
    if (store.recordings.get(recording) === undefined) {
      throw new AppError('not-found', `There is no recording ${recording}.`);
    }
    for (const { path: place } of store.recordings.pathsOf(recording)) {
      let folder = path.dirname(place);
      for (let level = 0; level < mostLevels; level++) {
        const source = path.join(folder, manifestFileName);
        const name = path.relative(folder, place).split(path.sep).join('/');
        const intervals = (await truthsIn(source))?.get(name);
        if (intervals !== undefined) return { source, intervals };
        if (path.dirname(folder) === folder) break;
        folder = path.dirname(folder);
      }
    }
    return null;
  };
}
