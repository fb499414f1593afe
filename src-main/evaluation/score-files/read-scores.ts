/** Reads the scores that another system gave to a data set, so that it stands in the same table. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { fileErrorFrom } from '../../archive/index.ts';
import { labelError, textOf, type MissingRecording } from '../labels/index.ts';
import { isFolder } from '../labels/label-files.ts';
import { stemOf } from '../labels/video-files.ts';
import { splitConcatenated, type CountedFrames } from './concatenated.ts';
import { readNpy } from './npy.ts';
import { scoresForFrames, type SampledScores } from './sampled-scores.ts';
import { readScoreCsv, readScoreJson } from './text-scores.ts';

export interface ForeignScores {
  /** By name of the recording, [frames]. Any finite numbers: a ranking needs no unit, and pictures cut at 0 and 1. */
  readonly scores: ReadonlyMap<string, Float64Array>;
  /** Recordings without scores. */
  readonly missing: readonly MissingRecording[];
  /** How the lengths were understood, for the report's notes; null where every recording was named. */
  readonly convention: string | null;
}

const extensions = ['.npy', '.json', '.csv'] as const;

/**
 * The scores at `path` for `recordings`, in the order of their label file. A folder holds a file for each recording, named
 * after it; a `.json` or `.csv` names its recordings; a single `.npy` holds all of them one after the other. Names are
 * compared without folder, extension and case. `scoresForFrames` says how lengths that differ are met.
 * Errors: AppError `not-found` or `permission-denied`; `invalid-argument` that names file, line and reason, also for scores
 * of a recording that the data set does not have.
 */
export async function readScores(path: string, recordings: readonly CountedFrames[]): Promise<ForeignScores> {
  if (await isFolder(path)) return matched(await sampledIn(path), recordings, path);
  if (extname(path).toLowerCase() === '.npy') {
    const whole = splitConcatenated(readNpy(await bytesOf(path), path), recordings, path);
    return { ...whole, missing: [] };
  }
  return matched(await sampledAt(path), recordings, path);
}

async function sampledIn(folder: string): Promise<Map<string, SampledScores>> {
  const files = (await readdir(folder)).filter((name) =>
    extensions.some((each) => extname(name).toLowerCase() === each),
  );
  if (files.length === 0) {
    throw labelError({ file: folder, line: null }, `there is no file of scores (${extensions.join(', ')}) in it.`);
  }
  const found = new Map<string, SampledScores>();
  for (const file of files.toSorted()) {
    for (const [name, scores] of await sampledAt(join(folder, file))) {
      if (found.has(keyOf(name))) throw labelError(scores.place, `${name} has scores in another file too.`);
      found.set(keyOf(name), scores);
    }
  }
  return found;
}

/** Errors: also a file whose extension tells no form. */
async function sampledAt(path: string): Promise<Map<string, SampledScores>> {
  const extension = extname(path).toLowerCase();
  const bytes = await bytesOf(path);
  const alone = basename(path).slice(0, basename(path).length - extension.length);
  switch (extension) {
    case '.npy':
      return new Map([[alone, { frames: null, scores: readNpy(bytes, path), place: { file: path, line: null } }]]);
    case '.json':
      return readScoreJson(textOf(bytes, path), path, alone);
    case '.csv':
      return readScoreCsv(textOf(bytes, path), path);
    default:
      throw labelError({ file: path, line: null }, `scores come as ${extensions.join(', ')}.`);
  }
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw fileErrorFrom(error, path);
  }
}

/** Folder, extension and case are what systems differ in. */
const keyOf = (name: string): string => stemOf(name.replaceAll('\\', '/').split('/').at(-1) ?? name).toLowerCase();

function matched(
  found: ReadonlyMap<string, SampledScores>,
  recordings: readonly CountedFrames[],
  path: string,
): ForeignScores {
  const byKey = new Map([...found].map(([name, scores]) => [keyOf(name), { name, scores }]));
  const scores = new Map<string, Float64Array>();
  const missing: MissingRecording[] = [];
  for (const { name, frames } of recordings) {
    const own = byKey.get(keyOf(name));
    byKey.delete(keyOf(name));
    if (own === undefined) missing.push({ name, reason: `${path} has no scores of it.` });
    else scores.set(name, scoresForFrames(own.scores, name, frames));
  }
  const [stranger] = byKey.values();
  if (stranger !== undefined)
    throw labelError(stranger.scores.place, `${stranger.name} is no recording of the data set.`);
  return { scores, missing, convention: null };
}
