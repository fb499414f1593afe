/** The temporal annotation files of UCF-Crime and MSAD: a line for each test video, with up to two anomalies. */
import { labelError, linesOf, wholeNumber } from './label-error.ts';
import { frameRange, normalClass, type LabelledRecording } from './labelled-recording.ts';

/** Stands for "there is no second anomaly", and for normal videos "there is none". */
const none = -1;

/**
 * Lines `name class start end start end`, separated by blanks: frames counted from 1, the last one included, −1 where
 * there is no anomaly; such a video is `normal`, whatever its class is called.
 * Errors: AppError `invalid-argument` that names file, line and reason.
 *
 * Source: UCF-Crime's `Temporal_Anomaly_Annotation_for_Testing_Videos.txt` (Sultani et al. 2018), which MSAD follows.
 */
export function readTemporalAnnotations(text: string, file: string): LabelledRecording[] {
  const names = new Set<string>();
  return linesOf(text, file).map(({ text: line, place }) => {
    const [name = '', category, ...numbers] = line.trim().split(/\s+/);
    if (category === undefined || (numbers.length !== 2 && numbers.length !== 4)) {
      throw labelError(
        place,
        `there are ${numbers.length + 1} columns; name, class and two or four frames are needed.`,
      );
    }
    if (names.has(name)) throw labelError(place, `${name} was named before.`);
    names.add(name);
    const frames = numbers.map((number) => wholeNumber(number, 'a frame', place));
    const anomalies = [frames.slice(0, 2), frames.slice(2)].flatMap(([start = none, last = none]) =>
      start === none && last === none ? [] : [frameRange(start, last, 1, place)],
    );
    // MSAD's file gives its normal videos the class `MSAD`, UCF-Crime's `Normal`.
    return { name, class: anomalies.length === 0 ? normalClass : category, anomalies, frames: null, place };
  });
}
