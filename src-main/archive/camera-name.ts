/** Which camera a file belongs to, from its own name or from the nearest folder that is named after a camera. */
import type { NameReading } from './name-pattern.ts';

/** Folders and beginnings of names that recorders use for every camera alike. */
const TECHNICAL =
  /^(dav|mp4|mkv|avi|jpg|videos?|records?|recordings?|recorded|rec|mp4record|clips?|media|movies?|dcim|\d{3}[a-z]{4,5}|(recent|saved|sentry)clips|exports?|ring|mov|img|vid|pxl|dji|evt|event|alarm|motion|no|ev|pa|main|sub|camera|cam)$/i;
/** Folders that are dates, hours or numbers: 2024-01-02, 20240102AM, 2024Y01M02D03H, 20240102_03, 03. */
const DATED = /^(\d{1,4}|\d{6}|\d{8}(am|pm)?|\d{10}|\d{14}|\d{4}[-_.]\d\d([-_. T].*)?|\d{8}[-_T]\d.*|\d{4}Y\d\dM.*)$/i;

/**
 * Name of the camera of the file at `path`, a function of the path alone: the camera that the name pattern found, else the
 * nearest folder that is neither a date nor a word that recorders use for all cameras; with the channel where there is
 * one. `unknown` where nothing names it.
 */
export function cameraName(path: string, reading: NameReading | null): string {
  const named = reading?.camera ?? null;
  const camera = named !== null && !isAnonymous(named) ? named : (folderName(path) ?? 'unknown');
  const channel = reading?.channel ?? null;
  if (channel === null) return camera;
  return `${camera} ${/^\d+$/.test(channel) ? `ch${Number(channel)}` : channel.toUpperCase()}`;
}

function folderName(path: string): string | null {
  const folders = path.split(/[/\\]/).slice(0, -1);
  // A drive letter is no camera either.
  return folders.findLast((folder) => folder !== '' && !isAnonymous(folder) && !/^[a-z]:$/i.test(folder)) ?? null;
}

const isAnonymous = (name: string): boolean => TECHNICAL.test(name) || DATED.test(name);
