/** ActivityNet's JSON of temporal annotations, which most programs of temporal localisation read and write. */
import { jsonOf, labelError } from '../labels/label-error.ts';
import { inOrder, type AnnotatedRecording, type Segment } from './annotated-recording.ts';

const version = 'anom-pi 1';

/** `{ "database": { "name": { "duration": seconds, "subset", "annotations": [{ "segment": [start, end], "label" }] } } }` */
export function activityNetText(recordings: readonly AnnotatedRecording[], subset = 'testing'): string {
  const database = Object.fromEntries(
    recordings.map(({ name, seconds, segments }) => [
      name,
      {
        ...(seconds === null ? {} : { duration: seconds }),
        subset,
        annotations: segments.map(({ start, end, label, score }) => ({
          segment: [start, end],
          label,
          ...(score !== undefined && { score }),
        })),
      },
    ]),
  );
  return `${JSON.stringify({ version, taxonomy: [], database }, null, 1)}\n`;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The recordings of such a file; what else it says of them is passed over. Names are the keys, to which some writers add
 * `v_`. Errors: AppError `invalid-argument` that names file and reason.
 */
export function readActivityNet(text: string, file: string): AnnotatedRecording[] {
  const refuse = (reason: string) => labelError({ file, line: null }, reason);
  const value = jsonOf(text, file);
  const database = isObject(value) ? value['database'] : undefined;
  if (!isObject(database)) throw refuse('an object with `database` by video is needed.');
  return Object.entries(database).map(([name, entry]) => {
    if (!isObject(entry)) throw refuse(`${name} is no object.`);
    const { duration = null, annotations } = entry;
    if (duration !== null && (typeof duration !== 'number' || !(duration > 0))) {
      throw refuse(`the \`duration\` of ${name} is no length in seconds.`);
    }
    if (!Array.isArray(annotations)) throw refuse(`${name} has no list \`annotations\`.`);
    const segments = annotations.map((annotation: unknown): Segment => {
      const { segment, label } = isObject(annotation) ? annotation : {};
      const [start, end, more]: readonly unknown[] = Array.isArray(segment) ? segment : [];
      if (typeof label !== 'string' || label === '') throw refuse(`${name} has an annotation without a \`label\`.`);
      if (typeof start !== 'number' || typeof end !== 'number' || more !== undefined) {
        throw refuse(`${name} has a \`segment\` that is no pair of seconds.`);
      }
      if (start < 0 || end <= start) throw refuse(`${name}: seconds ${start} to ${end} are no range.`);
      return { start, end, label };
    });
    return { name, seconds: duration, segments: inOrder(segments) };
  });
}
