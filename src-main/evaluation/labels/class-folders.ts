/** Clips in a folder for each class: what is known of them is the class. */
import { AppError } from '../../contract/errors.ts';
import type { DataSetRecording } from './data-set.ts';
import { normalClass } from './labelled-recording.ts';
import type { VideoFiles } from './video-files.ts';

/** Names under which public data sets keep clips in which nothing happens, in lower case without signs between words. */
const usualNames: ReadonlySet<string> = new Set([
  'normal',
  'normalvideos',
  'nofight',
  'nonfight',
  'nonviolence',
  'noanomaly',
]);

const plain = (name: string) => name.toLowerCase().replaceAll(/[\s_-]/g, '');

/** The folders that directly hold the classes, in order of name. */
export const classFoldersOf = (videos: VideoFiles): string[] =>
  [
    ...new Set(videos.files.flatMap(({ name }) => (name.includes('/') ? [name.slice(0, name.indexOf('/'))] : []))),
  ].sort();

/**
 * A recording for each clip in a class folder, at whatever depth; its name is the path below the data set's folder.
 * `named` is the class that counts as normal; without it the one folder with a usual name for that does.
 * Errors: AppError `invalid-argument` where the normal class is not there or is the only one.
 */
export function recordingsOfClassFolders(videos: VideoFiles, named: string | undefined): DataSetRecording[] {
  const folders = classFoldersOf(videos);
  const refuse = (reason: string) =>
    new AppError('invalid-argument', `${videos.folder}: ${reason}`, { details: { path: videos.folder } });
  if (folders.length === 0) throw refuse('there are no folders of clips, one for each class.');
  const normals = folders.filter((folder) => (named === undefined ? usualNames.has(plain(folder)) : folder === named));
  const [normal, another] = normals;
  if (normal === undefined || another !== undefined) {
    throw refuse(
      `${named === undefined ? 'which class is normal cannot be told' : `there is no class ${named}`}; name one of ${folders.join(', ')} with --normal-class.`,
    );
  }
  if (folders.length === 1) throw refuse(`${normal} is the only class; a folder of another one is needed beside it.`);
  return videos.files
    .filter(({ name }) => name.includes('/'))
    .map(({ name, path }) => {
      const folder = name.slice(0, name.indexOf('/'));
      const place = { file: path, line: null };
      const labelled = { name, class: folder === normal ? normalClass : folder, anomalies: [], frames: null, place };
      return { ...{ name, path, labelled, framesPerSecond: null, replay: null, twin: null }, level: 'recording' };
    });
}
