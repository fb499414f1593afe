/** Labels of one's own: a table of video, start, end, class and unit, as CSV or as JSON. */
import { type CsvRow, readCsv } from './csv.ts';
import { rangeFromSeconds, secondsAsFrames } from './data-set.ts';
import { jsonOf, labelError, type Place } from './label-error.ts';
import { frameRange, jointClass, type FrameRange, type LabelledRecording } from './labelled-recording.ts';

export interface OwnLabels {
  readonly recordings: readonly LabelledRecording[];
  /** `secondsAsFrames` for labels in seconds, null for labels in the video's frames. */
  readonly framesPerSecond: number | null;
}

/** The columns that every such file has; `unit` may be missing. */
export const ownColumns = ['video', 'start', 'end', 'class'] as const;

const units = ['seconds', 'frames'] as const;
type Unit = (typeof units)[number];

interface Row {
  readonly video: string;
  /** Null in both: a normal recording. */
  readonly start: number | null;
  readonly end: number | null;
  readonly class: string;
  readonly unit: Unit;
  readonly place: Place;
}

/**
 * A header `video,start,end,class` (and `unit`), then a row for each anomaly:
 *
 *     video,start,end,class,unit
 *     gate.mp4,12.5,31,fight,seconds
 *     yard.mp4,,,normal,
 *
 * - `video`: the file below the data set's folder, with or without its folders and extension;
 * - `start`, `end`: in seconds since the first frame, `[start, end)`; or in frames counted from 0, the last one included.
 *   Both empty: nothing happens in that recording;
 * - `class`: anything; a recording with anomalies of several is of all of them, joined by `-`. `normal` needs no times;
 * - `unit`: `seconds` (also where it is empty or missing) or `frames`, one for the whole file.
 *
 * Errors: AppError `invalid-argument` that names file, line and reason.
 */
export const readOwnCsv = (text: string, file: string): OwnLabels =>
  labelsOfRows(readCsv(text, file, ownColumns).map(rowOfCsv), file);

/** The same columns as members: `[{"video": "gate.mp4", "start": 12.5, "end": 31, "class": "fight"}, …]`, null for empty. */
export function readOwnJson(text: string, file: string): OwnLabels {
  const value = jsonOf(text, file);
  if (!Array.isArray(value)) throw labelError({ file, line: null }, 'a list of rows is needed.');
  return labelsOfRows(
    value.map((row: unknown, index) => rowOfJson(row, { file, line: null }, index + 1)),
    file,
  );
}

function rowOfCsv({ cells, place }: CsvRow): Row {
  const number = (name: 'start' | 'end') => {
    const text = cells.get(name) ?? '';
    if (text === '') return null;
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text))
      throw labelError(place, `${name} is “${text}”, no number.`);
    return Number(text);
  };
  const text = (name: string) => (cells.get(name) ?? '').trim();
  return checked(
    {
      video: text('video'),
      start: number('start'),
      end: number('end'),
      class: text('class'),
      unit: text('unit'),
      place,
    },
    '',
  );
}

function rowOfJson(row: unknown, place: Place, position: number): Row {
  const which = `row ${position}: `;
  if (typeof row !== 'object' || row === null) throw labelError(place, `${which}an object is needed.`);
  const fields = row as Readonly<Record<string, unknown>>;
  const text = (name: string, otherwise?: string) => {
    const value = fields[name] ?? otherwise;
    if (typeof value !== 'string') throw labelError(place, `${which}\`${name}\` is missing or no text.`);
    return value.trim();
  };
  const number = (name: 'start' | 'end') => {
    const value = fields[name] ?? null;
    if (value !== null && (typeof value !== 'number' || !Number.isFinite(value))) {
      throw labelError(place, `${which}\`${name}\` is no number.`);
    }
    return value;
  };
  return checked(
    {
      video: text('video'),
      start: number('start'),
      end: number('end'),
      class: text('class'),
      unit: text('unit', ''),
      place,
    },
    which,
  );
}

function checked(row: Omit<Row, 'unit'> & { readonly unit: string }, which: string): Row {
  const refuse = (reason: string) => labelError(row.place, which + reason);
  if (row.video === '') throw refuse('the video is missing.');
  const unit = row.unit === '' ? 'seconds' : units.find((each) => each === row.unit.toLowerCase());
  if (unit === undefined) throw refuse(`the unit is “${row.unit}”; it is seconds or frames.`);
  const { start, end } = row;
  if ((start === null) !== (end === null)) throw refuse(`${start === null ? 'start' : 'end'} is missing.`);
  const isNormal = row.class.toLowerCase() === 'normal';
  if (start === null && !isNormal) throw refuse(`class ${row.class || 'without a name'} needs start and end.`);
  if (start !== null && isNormal) throw refuse('a normal recording has no start and end.');
  if (start !== null && row.class === '') throw refuse('the class is missing.');
  if (start !== null && end !== null) {
    if (start < 0 || end < start || (end === start && unit === 'seconds')) {
      throw refuse(`${unit} ${start} to ${end} are no range.`);
    }
    if (unit === 'frames' && !(Number.isInteger(start) && Number.isInteger(end))) {
      throw refuse(`frames ${start} to ${end} are no whole numbers.`);
    }
  }
  return { ...row, unit };
}

function labelsOfRows(rows: readonly Row[], file: string): OwnLabels {
  const [first] = rows;
  if (first === undefined) throw labelError({ file, line: null }, 'there is no row below the header.');
  const mixed = rows.find(({ unit, start }) => start !== null && unit !== unitOf(rows));
  if (mixed !== undefined)
    throw labelError(mixed.place, `the unit is ${mixed.unit}, and above it was ${unitOf(rows)}.`);
  const recordings = [...Map.groupBy(rows, ({ video }) => video)].map(([name, own]) => {
    const anomalies = own.flatMap((row) => rangeOf(row) ?? []);
    const [one] = own;
    const contradiction = own.find((row) => row.start === null && own.length > 1);
    if (contradiction !== undefined)
      throw labelError(contradiction.place, `${name} is normal here and has another row.`);
    return {
      ...{ name, anomalies, frames: null, place: (one ?? first).place },
      class: jointClass(anomalies.length === 0 ? [] : own.map((row) => row.class)),
    };
  });
  return { recordings, framesPerSecond: unitOf(rows) === 'seconds' ? secondsAsFrames : null };
}

/** Of the first anomaly. */
const unitOf = (rows: readonly Row[]): Unit => rows.find(({ start }) => start !== null)?.unit ?? 'seconds';

function rangeOf({ start, end, unit, place }: Row): FrameRange | null {
  if (start === null || end === null) return null;
  return unit === 'frames' ? frameRange(start, end, 0, place) : rangeFromSeconds({ start, end });
}
