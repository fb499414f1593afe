/** The one way in which a file of labels or scores is refused: by its name, the line, and what is wrong there. */
import { AppError } from '../../contract/errors.ts';

/** Where in a file something stands; `line` counts from 1, null for the file as a whole. */
export interface Place {
  readonly file: string;
  readonly line: number | null;
}

export function labelError({ file, line }: Place, reason: string): AppError {
  const at = line === null ? file : `${file}, line ${line}`;
  return new AppError('invalid-argument', `${at}: ${reason}`, { details: { file, ...(line !== null && { line }) } });
}

/** The text of a file's bytes. Errors: those bytes that are no UTF-8, by line; a byte order mark is dropped. */
export function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const lenient = new TextDecoder().decode(bytes);
    const line = lenient.slice(0, lenient.indexOf('\uFFFD')).split('\n').length;
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

/** A whole number from its digits. Errors: anything else, named `what`. */
export function wholeNumber(text: string | undefined, what: string, place: Place): number {
  if (text === undefined) throw labelError(place, `${what} is missing.`);
  if (!/^-?\d{1,15}$/.test(text)) throw labelError(place, `${what} is “${text}”, not a whole number.`);
  return Number(text);
}
