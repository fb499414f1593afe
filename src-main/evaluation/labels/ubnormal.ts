/** UBnormal: lists of test videos, and for each abnormal one the file of its anomalous tracks, where it is at hand. */
import { labelError, linesOf, type Place } from './label-error.ts';
import { frameRange, normalClass, type FrameRange } from './labelled-recording.ts';

export interface ListedVideo {
  readonly name: string;
  readonly isNormal: boolean;
  readonly place: Place;
}

/** A video's name tells whether it is normal. */
export const ubnormalName = /^(ab)?normal_scene_\w+$/;

/** Its lists have class names of their own for nothing: what goes wrong in a video is not told. */
export const ubnormalClass = (isNormal: boolean): string => (isNormal ? normalClass : 'anomalous');

/**
 * A name on each line of `normal_test_video_names.txt` or `abnormal_test_video_names.txt`.
 * Errors: AppError `invalid-argument` that names file, line and reason.
 */
export function readUbnormalList(text: string, file: string): ListedVideo[] {
  return linesOf(text, file).map(({ text: line, place }) => {
    const name = line.trim();
    if (!ubnormalName.test(name)) throw labelError(place, `“${name}” is no name of a UBnormal video.`);
    return { name, isNormal: name.startsWith('normal'), place };
  });
}

/**
 * The anomalous frames of a `…_tracks.txt`: lines `track,first,last`, a line for each track of an anomaly, frames counted
 * from 0, the last one included. Tracks may overlap.
 * Errors: AppError `invalid-argument` that names file, line and reason.
 *
 * Source: Acsintoae et al. 2022, `scripts/write_frame_level_ground_truth.py`, where numbers may be written as reals.
 */
export function readUbnormalTracks(text: string, file: string): FrameRange[] {
  return linesOf(text, file).map(({ text: line, place }) => {
    const numbers = line.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
    const [, first, last] = numbers;
    if (numbers.length < 3 || first === undefined || last === undefined) {
      throw labelError(place, `there are ${numbers.length} columns; track, first and last frame are needed.`);
    }
    if (!Number.isInteger(first) || !Number.isInteger(last)) throw labelError(place, 'a frame is no whole number.');
    return frameRange(first, last, 0, place);
  });
}
