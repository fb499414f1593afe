/** XD-Violence's annotation file: a line for each violent test video, with as many ranges as it has. */
import { labelError, linesOf, wholeNumber, type Place } from './label-error.ts';
import { jointClass, normalClass, type LabelledRecording } from './labelled-recording.ts';
import { stemOf } from './video-files.ts';

/** The videos are all of this rate (Wu et al. 2020), and the ranges count their frames. */
export const xdViolenceRate = 24;

/** Letters of a name's `_label_` part. Source: XD-Violence's data sheet. */
const classes: ReadonlyMap<string, string> = new Map([
  ['A', normalClass],
  ['B1', 'fighting'],
  ['B2', 'shooting'],
  ['B4', 'riot'],
  ['B5', 'abuse'],
  ['B6', 'car accident'],
  ['G', 'explosion'],
]);

/** By what a line of the file is known. */
export const xdViolenceName = /_label_[A-Z0-9-]+(\.\w+)?$/;

/**
 * The class in a video's name, `…_label_B2-G-0` for shooting with an explosion: up to three letters, `0` for none; several
 * are joined by `-`. Null where the name has no such part. Errors: letters that stand for nothing.
 */
export function xdViolenceClass(name: string, place: Place): string | null {
  const letters = /_label_([A-Z0-9-]+)$/.exec(stemOf(name))?.[1];
  if (letters === undefined) return null;
  return jointClass(
    letters
      .split('-')
      .filter((letter) => letter !== '0')
      .map((letter) => {
        const known = classes.get(letter);
        if (known === undefined)
          throw labelError(place, `${name} has the class letter “${letter}”, which stands for nothing.`);
        return known;
      }),
  );
}

/**
 * Lines `name start end start end …`: frames counted from 0, the end *not* included, as the authors' own ground truth has
 * them (`gt[start:end] = 1`). Normal test videos have no line: they are those named `…_label_A`.
 * Errors: AppError `invalid-argument` that names file, line and reason.
 *
 * Source: Wu et al. 2020, `list/make_gt.py` of their XDVioDet. (It also drops the last frame of each video and what is left
 * of a snippet of 16, to align labels with features; every frame counts here.)
 */
export function readXdViolence(text: string, file: string): LabelledRecording[] {
  const names = new Set<string>();
  return linesOf(text, file).map(({ text: line, place }) => {
    const [written = '', ...numbers] = line.trim().split(/\s+/);
    const name = stemOf(written);
    const category = xdViolenceClass(name, place);
    if (category === null) throw labelError(place, `${name} has no \`_label_\` part, which tells its class.`);
    if (numbers.length === 0 || numbers.length % 2 !== 0) {
      throw labelError(place, `there are ${numbers.length} frames; pairs of start and end are needed.`);
    }
    if (names.has(name)) throw labelError(place, `${name} was named before.`);
    names.add(name);
    const frames = numbers.map((number) => wholeNumber(number, 'a frame', place));
    const anomalies = Array.from({ length: frames.length / 2 }, (_, pair) => {
      const [start = 0, end = 0] = frames.slice(2 * pair, 2 * pair + 2);
      if (start < 0 || end <= start) throw labelError(place, `frames ${start} to ${end} are no range.`);
      return { start, end };
    });
    return { name, class: category, anomalies, frames: null, place };
  });
}
