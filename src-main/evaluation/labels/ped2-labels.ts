/** `labels.json` of Ped2: for each test clip its anomalous frames, counted from 0. */
import { jsonOf, labelError } from './label-error.ts';
import { frameRange, normalClass, type LabelledRecording } from './labelled-recording.ts';

export interface Ped2Labels {
  readonly framesPerSecond: number;
  readonly recordings: readonly LabelledRecording[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether `value` has one of the two members by which this file is known. */
export const hasPed2Labels = (value: unknown): boolean => isObject(value) && ('fps' in value || 'anomalies' in value);

/**
 * `{ "fps": 10, "anomalies": { "01.mp4": [[60, 179]] } }`: frames counted from 0, the last one included. A clip with an
 * empty list is normal. Errors: AppError `invalid-argument` that names file and reason.
 */
export function readPed2Labels(text: string, file: string): Ped2Labels {
  const place = { file, line: null };
  const value = jsonOf(text, file);
  if (!isObject(value)) throw labelError(place, 'an object with `fps` and `anomalies` is needed.');
  const { fps, anomalies } = value;
  if (typeof fps !== 'number' || !(fps > 0)) throw labelError(place, '`fps` is missing or no rate.');
  if (!isObject(anomalies)) throw labelError(place, '`anomalies` is missing or no object by video.');
  const recordings = Object.entries(anomalies).map(([name, list]) => {
    if (!Array.isArray(list)) throw labelError(place, `${name} has no list of ranges.`);
    const ranges = list.map((range: unknown) => {
      const [start, last, more]: readonly unknown[] = Array.isArray(range) ? range : [];
      if (!Number.isInteger(start) || !Number.isInteger(last) || more !== undefined) {
        throw labelError(place, `${name} has a range without two frames.`);
      }
      return frameRange(start as number, last as number, 0, place);
    });
    return {
      ...{ name, anomalies: ranges, frames: null, place },
      class: ranges.length === 0 ? normalClass : 'anomalous',
    };
  });
  return { framesPerSecond: fps, recordings };
}
