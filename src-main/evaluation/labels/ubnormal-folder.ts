/** UBnormal as its users have it: videos by scene, lists of names, and beside each abnormal video a folder of annotations. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { fileErrorFrom } from '../../archive/index.ts';
import type { DataSetRecording, MissingRecording } from './data-set.ts';
import { labelError, textOf } from './label-error.ts';
import type { LabelFile } from './label-files.ts';
import { readUbnormalList, readUbnormalTracks, ubnormalClass, ubnormalName, type ListedVideo } from './ubnormal.ts';
import { stemOf, VideoFiles } from './video-files.ts';

interface Options {
  readonly labels?: string;
  readonly videos?: 'needed' | 'none';
}

/**
 * The videos of `lists`, or without lists every UBnormal video below `folder`, with their tracks, looked for below `folder`
 * and below `options.labels`. An abnormal video without a track file is labelled as a whole only.
 * Errors: AppError `invalid-argument` that names file, line and reason.
 */
export async function ubnormalRecordings(
  lists: readonly LabelFile[],
  folder: string,
  options: Options,
): Promise<{ recordings: readonly DataSetRecording[]; missing: readonly MissingRecording[] }> {
  const videos = options.videos === 'none' ? null : await VideoFiles.in(folder);
  const listed = lists.flatMap(({ text, path }) => readUbnormalList(text, path));
  const wanted = listed.length > 0 ? listed : (videos?.files ?? []).flatMap(({ path }) => videoNamed(path));
  const tracks = await trackFilesIn([folder, ...(options.labels === undefined ? [] : [options.labels])]);
  const recordings: DataSetRecording[] = [];
  const missing: MissingRecording[] = [];
  const seen = new Set<string>();
  for (const video of wanted) {
    if (seen.has(video.name)) throw labelError(video.place, `${video.name} was named before.`);
    seen.add(video.name);
    const path = videos?.find(video.name) ?? null;
    if (path === null && videos !== null) {
      missing.push({ name: video.name, reason: labelError(video.place, `${video.name} is not in ${folder}.`).message });
    } else recordings.push(await recordingOf(video, path, tracks.get(video.name) ?? null));
  }
  for (const { name } of videos?.rest() ?? []) missing.push({ name, reason: 'no list names it.' });
  if (recordings.length === 0) {
    throw new AppError(
      'invalid-argument',
      wanted.length === 0
        ? `${folder}: there is neither a list nor a video of UBnormal.`
        : `${folder}: none of the ${wanted.length} listed videos of UBnormal is there.`,
      {
        details: { path: folder },
      },
    );
  }
  return { recordings, missing };
}

async function recordingOf(video: ListedVideo, path: string | null, tracks: string | null): Promise<DataSetRecording> {
  const { name, isNormal, place } = video;
  const anomalies =
    tracks === null || isNormal ? [] : readUbnormalTracks(textOf(await readFile(tracks), tracks), tracks);
  const labelled = {
    ...{ name, class: ubnormalClass(isNormal), anomalies, frames: null },
    place: tracks === null ? place : { file: tracks, line: null },
  };
  const level = isNormal || tracks !== null ? 'frames' : 'recording';
  return { ...{ name, path, labelled, level }, framesPerSecond: null, replay: null, twin: null };
}

function videoNamed(path: string): ListedVideo[] {
  const name = stemOf(basename(path));
  if (!ubnormalName.test(name)) return [];
  return [{ name, isNormal: name.startsWith('normal'), place: { file: path, line: null } }];
}

/** `<video>_tracks.txt` by video, wherever it lies: users keep them with the videos or in a folder of their own. */
async function trackFilesIn(folders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const folder of folders) {
    let entries;
    try {
      entries = await readdir(folder, { recursive: true, withFileTypes: true });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') continue;
      throw fileErrorFrom(error, folder);
    }
    for (const entry of entries) {
      const name = /^(.+)_tracks\.txt$/.exec(entry.name)?.[1];
      if (name !== undefined && entry.isFile()) found.set(name, join(entry.parentPath, entry.name));
    }
  }
  return found;
}
