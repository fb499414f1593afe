/** What English sentences of the core say, read back and told in Chinese: lists, classes, measurements. */
import { className as englishClass, measurement as englishMeasurement } from './en-terms.ts';
import { defaultClassIds } from '../taxonomy.ts';
import { className, measuredAttributes, measurement } from './zh-terms.ts';

/** Chinese of a piece of English; null where it is not known. */
type Read = (english: string) => string | null;

/** A sentence with places for what varies, and how it is told; null where what stands in a place is not known. */
export type Pattern = readonly [english: RegExp, chinese: (...places: string[]) => string | null];

/** Chinese by the first pattern that knows the whole of the text. */
export function readPattern(patterns: readonly Pattern[], english: string): string | null {
  for (const [pattern, chinese] of patterns) {
    const found = pattern.exec(english);
    const told = found === null ? null : chinese(...found.slice(1));
    if (told !== null) return told;
  }
  return null;
}

/** Parts of a list such as "a, b and c". A part may hold commas itself: the first way in which all of them are known. */
export function readList(english: string, read: Read): readonly string[] | null {
  const whole = read(english);
  if (whole !== null) return [whole];
  for (const { index } of english.matchAll(/ and /g)) {
    const last = read(english.slice(index + ' and '.length));
    const before = last === null ? null : readSeparated(english.slice(0, index), ', ', read);
    if (last !== null && before !== null) return [...before, last];
  }
  return null;
}

/** Parts with the same between each two of them; a part may hold that itself. */
export function readSeparated(english: string, separator: string, read: Read): readonly string[] | null {
  const whole = read(english);
  if (whole !== null) return [whole];
  for (let at = english.indexOf(separator); at >= 0; at = english.indexOf(separator, at + 1)) {
    const first = read(english.slice(0, at));
    const rest = first === null ? null : readSeparated(english.slice(at + separator.length), separator, read);
    if (first !== null && rest !== null) return [first, ...rest];
  }
  return null;
}

const classes = new Map(defaultClassIds.map((id) => [englishClass(id), className(id)]));

/** Classes of a list; those of the reviewer's own are called the same in both languages. */
export const readClasses = (english: string): readonly string[] | null =>
  readList(english, (name) => classes.get(name) ?? null) ??
  readList(english, (name) => classes.get(name) ?? (/, | and /.test(name) ? null : name));

const figure = /\d+(?:\.\d+)?/;
/** Values of which each way to tell a measurement is met: one, several, hardly any. */
const tellingValues = [0, 0.01, 0.5, 0.9, 1, 2];

/** Each clause, its figure left open, with the attribute that it tells of and a value that it is told of. */
const clauses = new Map(
  measuredAttributes.flatMap((name) =>
    tellingValues.map((value) => [englishMeasurement(name, value).replace(figure, '#'), { name, value }] as const),
  ),
);

/** A measurement told as a clause. */
export function readMeasurement(english: string): string | null {
  const clause = clauses.get(english.replace(figure, '#'));
  if (clause === undefined) return null;
  const [said] = figure.exec(english) ?? [];
  if (said === undefined) return measurement(clause.name, clause.value);
  return measurement(clause.name, english.includes(`${said} %`) ? Number(said) / 100 : Number(said));
}
