/** The label files of a data set: where they may lie, and which format each is in. */
import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { fileErrorFrom } from '../../archive/index.ts';
import { manifestFileName, manifestFrom } from '../../simulation/manifest.ts';
import { ownColumns } from './own-labels.ts';
import type { DataSetFormat } from './data-set.ts';
import { labelError, textOf } from './label-error.ts';
import { hasPed2Labels } from './ped2-labels.ts';
import { ubnormalName } from './ubnormal.ts';
import { xdViolenceName } from './xd-violence.ts';

export interface LabelFile {
  readonly path: string;
  readonly text: string;
  readonly format: DataSetFormat;
}

/** Larger than any benchmark's, and than what ought to be read for a guess. */
const mostBytes = 256 * 2 ** 20;
const extensions: ReadonlySet<string> = new Set(['.txt', '.csv', '.json', '.jsonl', '.xml']);

/**
 * The label files at `path`: the file itself, or those in the folder and in the folders directly below it. With a
 * `format`, files of another one are passed over.
 * Errors: AppError `not-found` or `permission-denied`; `invalid-argument` where the file named is in no format that is
 * known, or is not UTF-8.
 */
export async function labelFilesAt(path: string, format: DataSetFormat | null): Promise<LabelFile[]> {
  if (!(await isFolder(path))) {
    const text = textOf(await bytesOf(path), path);
    const found = format ?? formatOf(path, text);
    if (found !== null) return [{ path, text, format: found }];
    throw labelError({ file: path, line: null }, 'the format of these labels cannot be told; name it with --format.');
  }
  const candidates = await candidatesIn(path);
  const files: LabelFile[] = [];
  for (const candidate of candidates) {
    const bytes = await bytesOf(candidate);
    const found = formatOf(candidate, roughTextOf(bytes));
    if (found === null || (format !== null && found !== format)) continue;
    files.push({ path: candidate, text: textOf(bytes, candidate), format: found });
  }
  if (files.length > 0 || format === null) return files;
  // A file so broken that its format cannot be told is worth reading where it is the only one: it is refused by line.
  const fitting = candidates.filter(
    (file) => extensionsOf[format].includes(extname(file).toLowerCase()) && !isTrackFile(file),
  );
  const [only, another] = fitting;
  return only === undefined || another !== undefined ? [] : labelFilesAt(only, format);
}

/** What each format's label files are called; `clips` has none. */
const extensionsOf: Readonly<Record<DataSetFormat, readonly string[]>> = {
  clips: [],
  ped2: ['.json'],
  avenue: ['.json'],
  shanghaitech: ['.json'],
  'ucf-crime': ['.txt'],
  'xd-violence': ['.txt'],
  msad: ['.txt'],
  ubnormal: ['.txt'],
  labels: ['.csv', '.json'],
  activitynet: ['.json'],
  cvat: ['.xml'],
  simulated: ['.json'],
  replay: ['.jsonl'],
};

/** Good enough to tell a format by, in whatever encoding: what is not ASCII comes out wrong. */
const roughTextOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replaceAll(/\0|^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/g, '');

export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw fileErrorFrom(error, path);
  }
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw fileErrorFrom(error, path);
  }
}

async function candidatesIn(folder: string): Promise<string[]> {
  const here = await entriesOf(folder);
  const below = await Promise.all(
    here.filter((entry) => entry.isDirectory()).map((entry) => entriesOf(join(folder, entry.name))),
  );
  const files = [...here, ...below.flat()]
    .filter((entry) => entry.isFile() && extensions.has(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return files.filter((_, index) => (sizes[index] ?? 0) <= mostBytes);
}

async function entriesOf(folder: string) {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.name.startsWith('.'))
      .toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  } catch (error) {
    throw fileErrorFrom(error, folder);
  }
}

/** A track file of UBnormal belongs to a video, it is not the list of them. */
const isTrackFile = (path: string) => path.endsWith('_tracks.txt');

/** The format of a file by its name, its first line or its first members; null where it is none. */
function formatOf(path: string, text: string): DataSetFormat | null {
  const [first = ''] = text.trimStart().split('\n', 1);
  switch (extname(path).toLowerCase()) {
    case '.jsonl':
      return /"levels"\s*:/.test(first) ? 'replay' : null;
    case '.csv':
      // Half of the columns is a table of labels with a mistake in it, which its reader names.
      return ownColumns.filter((name) => first.toLowerCase().includes(name)).length >= 2 ? 'labels' : null;
    case '.xml':
      return /<annotations[\s>]/.test(text) ? 'cvat' : null;
    case '.json':
      return formatOfJson(path, text);
    default:
      return isTrackFile(path) ? null : formatOfText(text);
  }
}

function formatOfText(text: string): DataSetFormat | null {
  const [name = '', more] = text.trimStart().split(/\s+/, 2);
  if (xdViolenceName.test(name)) return 'xd-violence';
  if (ubnormalName.test(name) && (more === undefined || more === '' || ubnormalName.test(more))) return 'ubnormal';
  if (!/^\S+\.\w+\s+\S+\s+-?\d+\s+-?\d+\s/m.test(`${text}\n`)) return null;
  // The two share their form. MSAD's names end with a number alone, UCF-Crime's with `_x264`.
  return /_x264\./.test(text) || !/^\S+_\d+\.\w+\s/m.test(text) ? 'ucf-crime' : 'msad';
}

function formatOfJson(path: string, text: string): DataSetFormat | null {
  if (basename(path) === manifestFileName && manifestFrom(text) !== null) return 'simulated';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Its reader says what is wrong with it.
    return basename(path) === 'labels.json' ? 'labels' : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) {
    const [row]: readonly unknown[] = value;
    return typeof row === 'object' && row !== null && 'video' in row && 'class' in row ? 'labels' : null;
  }
  if (hasPed2Labels(value)) return 'ped2';
  if ('database' in value && typeof value.database === 'object') return 'activitynet';
  const [name, entry] = Object.entries(value)[0] ?? [];
  if (typeof entry !== 'object' || entry === null || !('anomalous0based' in entry)) return null;
  // ShanghaiTech names a camera and a clip, Avenue counts its clips.
  return /^\d\d_\d{3,4}$/.test(name ?? '') ? 'shanghaitech' : 'avenue';
}

/** The folder that `file` is in. */
export const folderOf = (file: LabelFile): string => dirname(file.path);
