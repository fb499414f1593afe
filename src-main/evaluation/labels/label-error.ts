/** The one way in which a file of labels or scores is refused: by its name, the line, and what is wrong there. */
import { AppError } from '../../contract/errors.ts';
import { jsonFaultAt } from './json-fault.ts';

/** Where in a file something stands; `line` counts from 1, null for the file as a whole. */
export interface Place {
  readonly file: string;
  readonly line: number | null;
}

export function labelError({ file, line }: Place, reason: string): AppError {
  const at = line === null ? file : `${file}, line ${line}`;
  return new AppError('invalid-argument', `${at}: ${reason}`, { details: { file, ...(line !== null && { line }) } });
}

/**
 * The text of a file's bytes. Errors: those bytes that are no UTF-8, by line; a byte order mark is dropped. UTF-16 without
 * a mark is known by the zeros between its letters.
 */
export function textOf(bytes: Uint8Array, file: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
    throw new TypeError('UTF-16');
  } catch {
    const lenient = new TextDecoder().decode(bytes);
    const line = lenient.slice(0, lenient.search(/[\uFFFD\0]/)).split('\n').length;
    throw labelError({ file, line }, 'the text is not UTF-8; save the file in that encoding.');
  }
}

/** The lines with something on them, each with its place. */
export function linesOf(text: string, file: string): readonly { readonly text: string; readonly place: Place }[] {
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ text: line, place: { file, line: index + 1 } }))
    .filter((line) => line.text.trim() !== '');
}

/** The value of a JSON text. Errors: text that is none, by the line where it stops being JSON. */
export function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const before = text.slice(0, jsonFaultAt(text)).split('\n');
    // The parser's own words may quote the file at length.
    const reason = error instanceof Error ? error.message.split('\n', 1)[0]?.slice(0, 120) : String(error);
    const column = (before.at(-1) ?? '').length + 1;
    throw labelError({ file, line: before.length }, `this is no JSON from column ${column} on (${reason ?? ''}).`);
  }
}

/** A whole number from its digits. Errors: anything else, named `what`. */
export function wholeNumber(text: string | undefined, what: string, place: Place): number {
  if (text === undefined) throw labelError(place, `${what} is missing.`);
  if (!/^-?\d{1,15}$/.test(text)) throw labelError(place, `${what} is “${text}”, not a whole number.`);
  return Number(text);
}
