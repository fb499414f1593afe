/** Temporal annotations of other programs as labels of a data set: a class and a range for each segment. */
import { readActivityNet } from '../exports/activitynet.ts';
import type { AnnotatedRecording } from '../exports/annotated-recording.ts';
import { readCvat } from '../exports/cvat.ts';
import { rangeFromSeconds } from './data-set.ts';
import { labelError, type Place } from './label-error.ts';
import { jointClass, normalClass, type FrameRange, type LabelledRecording } from './labelled-recording.ts';

interface AnnotationFile {
  readonly path: string;
  readonly text: string;
}

/** What an ActivityNet file says, in frames of `secondsAsFrames`. Errors: as `readActivityNet`; a file without a video. */
export function activityNetLabels({ path, text }: AnnotationFile): LabelledRecording[] {
  const place = { file: path, line: null };
  const recordings = readActivityNet(text, path);
  if (recordings.length === 0) throw labelError(place, '`database` names no video.');
  return recordings.map((recording) => labelledFrom(recording, rangeFromSeconds, place));
}

/** What CVAT's files say, one recording each, in the videos' own frames. Errors: as `readCvat`; a video named twice. */
export function cvatLabels(files: readonly AnnotationFile[]): LabelledRecording[] {
  const named = new Map<string, string>();
  return files.map(({ path, text }) => {
    const place = { file: path, line: null };
    // At one frame a second, seconds are frames.
    const recording = readCvat(text, path, 1);
    const before = named.get(recording.name);
    if (before !== undefined) throw labelError(place, `${recording.name} is annotated in ${before} already.`);
    named.set(recording.name, path);
    return { ...labelledFrom(recording, ({ start, end }) => ({ start, end }), place), frames: recording.seconds };
  });
}

function labelledFrom(
  { name, segments }: AnnotatedRecording,
  range: (segment: AnnotatedRecording['segments'][number]) => FrameRange,
  place: Place,
): LabelledRecording {
  const unusual = segments.filter(({ label }) => label.toLowerCase() !== normalClass);
  return {
    ...{ name, frames: null, place },
    class: jointClass(unusual.map(({ label }) => label)),
    anomalies: unusual.map(range),
  };
}
