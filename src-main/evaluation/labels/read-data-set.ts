/** Reads a labelled data set in any of its formats: the labels, the videos they belong to, and what is missing of either. */
import { basename, dirname, extname, resolve } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { readReplayFile } from '../replay/replay-file.ts';
import { activityNetLabels, cvatLabels } from './annotation-labels.ts';
import { classFoldersOf, recordingsOfClassFolders } from './class-folders.ts';
import {
  secondsAsFrames,
  type DataSet,
  type DataSetFormat,
  type DataSetRecording,
  type MissingRecording,
  type TwinPair,
} from './data-set.ts';
import { readFrameRanges } from './frame-ranges.ts';
import { folderOf, isFolder, labelFilesAt, type LabelFile } from './label-files.ts';
import { labelError } from './label-error.ts';
import { normalClass, type LabelledRecording } from './labelled-recording.ts';
import { readOwnCsv, readOwnJson } from './own-labels.ts';
import { readPed2Labels } from './ped2-labels.ts';
import { readSimulated } from './simulated.ts';
import { readTemporalAnnotations } from './temporal-annotations.ts';
import { ubnormalRecordings } from './ubnormal-folder.ts';
import { stemOf, VideoFiles } from './video-files.ts';
import { readXdViolence, xdViolenceClass, xdViolenceRate } from './xd-violence.ts';

export interface ReadDataSetOptions {
  /** For `clips`: the folder that counts as normal. */
  readonly normalClass?: string;
  /** The label file, or a folder of label files, where they do not lie with the videos. */
  readonly labels?: string;
  /** `none`: read the labels alone, for scores that another system gave. */
  readonly videos?: 'needed' | 'none';
}

interface LabelsOfOne {
  readonly labelled: LabelledRecording;
  readonly framesPerSecond: number | null;
  readonly twin?: TwinPair | null;
}

/** What a label file says, before its videos are looked for. */
interface Labels {
  readonly recordings: readonly LabelsOfOne[];
  /** Names by which a video may be called, the likeliest first. */
  readonly namesOf?: (labelled: LabelledRecording) => readonly string[];
  readonly missing?: readonly MissingRecording[];
}

/**
 * The data set at `root`: a folder of videos with its labels in it or one folder below (or at `options.labels`), or a label
 * file, whose videos then lie beside it. Without a `format` it is told from the label files; folders of clips are what is
 * left. Recordings that are labelled and not there, and videos without a label, are in `missing`.
 * Errors: AppError `not-found`, `permission-denied`; `invalid-argument` that names file, line and reason where labels are
 * bad, and says what to name where more than one format or file fits or none of the videos is there.
 */
export async function readDataSet(
  root: string,
  format: DataSetFormat | null,
  options: ReadDataSetOptions = {},
): Promise<DataSet> {
  const isRootFolder = await isFolder(root);
  const folder = isRootFolder ? root : dirname(root);
  const found = format === 'clips' ? [] : await labelFilesAt(options.labels ?? root, format);
  const formats = [...new Set(found.map((file) => file.format))];
  const [guessed, another] = formats;
  if (another !== undefined) {
    throw refused(root, `there are labels in several formats (${formats.join(', ')}); name one with --format.`);
  }
  const name = nameOf(isRootFolder ? resolve(root) : root.slice(0, root.length - extname(root).length));
  const chosen = format ?? guessed ?? 'clips';
  if (chosen === 'clips') return readClips(name, root, format, options);
  if (chosen === 'ubnormal') return { name, format: chosen, ...(await ubnormalRecordings(found, folder, options)) };
  const [file, second] = found;
  if (file === undefined)
    throw refused(options.labels ?? root, `there is no label file of ${chosen}; name it with --labels.`);
  // CVAT has a file for each video.
  if (second !== undefined && chosen !== 'cvat') {
    throw refused(
      root,
      `there are several label files of ${chosen} (${found.map((each) => basename(each.path)).join(', ')}); name one.`,
    );
  }
  if (chosen === 'replay') return readReplay(name, file);
  const labels = labelsIn(file, found);
  if (options.videos === 'none') {
    const recordings = labels.recordings.map((each) => recordingOf(each, null));
    return { name, format: chosen, recordings, missing: labels.missing ?? [] };
  }
  // Labels in a folder below, as in `test/labels.json`, belong to the videos there where it has some.
  const below = options.labels === undefined ? await VideoFiles.in(folderOf(file)) : null;
  const videos = below !== null && below.files.length > 0 ? below : await VideoFiles.in(folder);
  return { name, format: chosen, ...matched(labels, file, videos) };
}

/** The folder's name, and its parent's where it says nothing alone. */
const nameOf = (path: string): string =>
  /^(test(ing)?|videos?|data)$/i.test(basename(path)) ? `${basename(dirname(path))}/${basename(path)}` : basename(path);

async function readClips(
  name: string,
  root: string,
  format: DataSetFormat | null,
  options: ReadDataSetOptions,
): Promise<DataSet> {
  const videos = await VideoFiles.in(root);
  if (format === null && classFoldersOf(videos).length < 2) {
    throw refused(
      root,
      'there is no label file and there are no folders of clips by class; name the labels with --labels.',
    );
  }
  const missing = videos.files
    .filter((file) => !file.name.includes('/'))
    .map((file) => ({ name: file.name, reason: `it lies in no class's folder of ${root}.` }));
  return { name, format: 'clips', recordings: recordingsOfClassFolders(videos, options.normalClass), missing };
}

function readReplay(name: string, file: LabelFile): DataSet {
  const recordings = readReplayFile(file.text, file.path).map((replay) => {
    // As everywhere: what a benchmark calls its normal videos is not one of its classes.
    const labelled = { ...replay, class: replay.anomalies.length === 0 ? normalClass : replay.class };
    return { ...recordingOf({ labelled, framesPerSecond: replay.framesPerSecond }, null), replay };
  });
  return { name, format: 'replay', recordings, missing: [] };
}

/** `all`: the file and those of the same format beside it. */
function labelsIn(file: LabelFile, all: readonly LabelFile[]): Labels {
  const { format, text, path } = file;
  const withRate = (recordings: readonly LabelledRecording[], framesPerSecond: number | null) => ({
    recordings: recordings.map((labelled) => ({ labelled, framesPerSecond })),
  });
  switch (format) {
    case 'ucf-crime':
    case 'msad':
      return withRate(readTemporalAnnotations(text, path), null);
    case 'xd-violence':
      return withRate(readXdViolence(text, path), xdViolenceRate);
    case 'shanghaitech':
      return withRate(readFrameRanges(text, path), null);
    case 'avenue':
      // The file counts the clips from 0; the videos are `01.avi` to `21.avi`.
      return {
        ...withRate(readFrameRanges(text, path), null),
        namesOf: ({ name }) => [String(Number(name) + 1).padStart(2, '0'), name],
      };
    case 'ped2': {
      const { recordings, framesPerSecond } = readPed2Labels(text, path);
      return withRate(recordings, framesPerSecond);
    }
    case 'labels': {
      const read = extname(path).toLowerCase() === '.json' ? readOwnJson : readOwnCsv;
      const { recordings, framesPerSecond } = read(text, path);
      return withRate(recordings, framesPerSecond);
    }
    case 'activitynet':
      // Some writers put `v_` before the names of their videos.
      return {
        ...withRate(activityNetLabels(file), secondsAsFrames),
        namesOf: ({ name }) => [name, name.replace(/^v_/, '')],
      };
    case 'cvat':
      return withRate(cvatLabels(all), null);
    case 'simulated': {
      const { recordings, unfinished } = readSimulated(text, path);
      return { recordings, missing: unfinished.map((name) => ({ name, reason: 'it was not rendered yet.' })) };
    }
    case 'clips':
    case 'replay':
    case 'ubnormal':
      throw new TypeError(`${format} has no label file of this kind.`);
    default:
      return format satisfies never;
  }
}

/** Labels with their videos. Errors: none of them is there; for labels of one's own also one that is not. */
function matched(labels: Labels, file: LabelFile, videos: VideoFiles): Pick<DataSet, 'recordings' | 'missing'> {
  const recordings: DataSetRecording[] = [];
  const missing = [...(labels.missing ?? [])];
  for (const each of labels.recordings) {
    const { labelled } = each;
    const names = labels.namesOf?.(labelled) ?? [labelled.name];
    const path = names.map((name) => videos.find(name)).find((each) => each !== null) ?? null;
    if (path !== null) {
      recordings.push(recordingOf(each, path));
      continue;
    }
    const absence = labelError(labelled.place, `${labelled.name} is not in ${videos.folder}.`);
    // Who has part of a benchmark knows; a name in a file of one's own that fits nothing is a slip.
    if (file.format === 'labels') throw absence;
    missing.push({ name: labelled.name, reason: absence.message });
  }
  for (const { name, path } of videos.rest()) {
    const place = { file: path, line: null };
    if (file.format === 'xd-violence' && xdViolenceClass(name, place) === normalClass) {
      const labelled = { name: stemOf(basename(path)), class: normalClass, anomalies: [], frames: null, place };
      recordings.push(recordingOf({ labelled, framesPerSecond: xdViolenceRate }, path));
    } else missing.push({ name, reason: `${file.path} has no label for it.` });
  }
  if (recordings.length === 0) {
    const [first] = labels.recordings;
    throw refused(
      file.path,
      `none of its ${labels.recordings.length} videos is in ${videos.folder}${first === undefined ? '' : ` (the first is ${first.labelled.name})`}.`,
    );
  }
  return { recordings, missing };
}

const recordingOf = (
  { labelled, framesPerSecond, twin = null }: LabelsOfOne,
  path: string | null,
): DataSetRecording => ({
  ...{ name: labelled.name, path, labelled, framesPerSecond, twin },
  ...{ level: 'frames', replay: null },
});

const refused = (path: string, reason: string) =>
  new AppError('invalid-argument', `${path}: ${reason}`, { details: { path } });
