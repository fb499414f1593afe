/** Comma-separated values with a header, quoted where they need it (RFC 4180). */
import { labelError, type Place } from './label-error.ts';

export interface CsvRow {
  /** By the header's names, in lower case without blanks around. */
  readonly cells: ReadonlyMap<string, string>;
  readonly place: Place;
}

/** Spreadsheets of some countries separate by semicolon because their comma is the decimal sign. */
const separators = [',', ';', '\t'] as const;

/**
 * The rows below the header, each with the line on which it begins; empty lines are left out. The separator is the one of
 * comma, semicolon and tab that the header has. Blanks around an unquoted value are not part of it.
 * Errors: AppError `invalid-argument` that names file, line and reason: no header, a column that is missing from `required`
 * or named twice, a row with more or fewer values, a quote that is not closed.
 */
export function readCsv(text: string, file: string, required: readonly string[]): CsvRow[] {
  const headerEnd = /\r?\n|$/.exec(text)?.index ?? text.length;
  const separator = separators.find((each) => text.slice(0, headerEnd).includes(each)) ?? ',';
  const [header, ...rows] = recordsOf(text, file, separator);
  if (header === undefined)
    throw labelError({ file, line: null }, `there is no header; ${required.join(', ')} are needed.`);
  const names = header.values.map((name) => name.toLowerCase());
  for (const name of required) {
    if (!names.includes(name)) {
      throw labelError(header.place, `the column ${name} is missing; the header names ${names.join(', ')}.`);
    }
  }
  const twice = names.find((name, column) => names.indexOf(name) !== column);
  if (twice !== undefined) throw labelError(header.place, `the column ${twice} is there twice.`);
  return rows.map(({ values, place }) => {
    if (values.length !== names.length) {
      throw labelError(place, `there are ${values.length} values for ${names.length} columns.`);
    }
    return { cells: new Map(names.map((name, column) => [name, values[column] ?? ''])), place };
  });
}

interface CsvRecord {
  readonly values: readonly string[];
  readonly place: Place;
}

function recordsOf(text: string, file: string, separator: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let line = 1;
  for (let at = 0; at < text.length;) {
    const place = { file, line };
    const values: string[] = [];
    for (let more = true; more;) {
      const { value, end } = valueAt(text, at, separator, place);
      line += text.slice(at, end).split('\n').length - 1;
      values.push(value);
      more = text[end] === separator;
      at = more ? end + 1 : end;
    }
    // At the end of the text or of a line.
    if (text.startsWith('\r\n', at)) at += 2;
    else at += 1;
    line++;
    if (values.length > 1 || values[0] !== '') records.push({ values, place });
  }
  return records;
}

/** The value that begins at `start`, and the index of the separator or line end after it. */
function valueAt(text: string, start: number, separator: string, place: Place): { value: string; end: number } {
  if (text[start] !== '"') {
    let end = start;
    while (end < text.length && text[end] !== separator && text[end] !== '\n' && !text.startsWith('\r\n', end)) end++;
    return { value: text.slice(start, end).trim(), end };
  }
  let value = '';
  for (let at = start + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) throw labelError(place, 'a quote is not closed.');
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      const end = quote + 1;
      if (end < text.length && text[end] !== separator && text[end] !== '\n' && !text.startsWith('\r\n', end)) {
        throw labelError(
          place,
          `a quoted value goes on after its quote with “${text.slice(end, end + 10).trimEnd()}”.`,
        );
      }
      return { value, end };
    }
    value += '"';
    at = quote + 2;
  }
}
