/** The language of numbers, dates, lengths and lists: the window's own; until it is set, the machine's, and English words. */
import { shortWords as english } from '../../src-main/contract/wording/en-terms.ts';

let locale: string | undefined;
let words = english;

/** BCP 47. */
export const formatLocale = (): string | undefined => locale;
export const formatWords = (): typeof english => words;
export function setFormatLocale(tag: string | undefined, itsWords: typeof english): void {
  locale = tag;
  words = itsWords;
}

/** A formatter that is made once for each language: making one costs more than using it a hundred times. */
export function inLocale<F>(make: (tag: string | undefined) => F): () => F {
  const made = new Map<string | undefined, F>();
  return () => {
    const known = made.get(locale) ?? make(locale);
    made.set(locale, known);
    return known;
  };
}
