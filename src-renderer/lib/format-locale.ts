/** The language of numbers and dates: the window's own, and the machine's as long as none is set. */

let locale: string | undefined;

/** BCP 47. */
export const formatLocale = (): string | undefined => locale;
export const setFormatLocale = (tag: string | undefined): void => void (locale = tag);

/** A formatter that is made once for each language: making one costs more than using it a hundred times. */
export function inLocale<F>(make: (tag: string | undefined) => F): () => F {
  const made = new Map<string | undefined, F>();
  return () => {
    const known = made.get(locale) ?? make(locale);
    made.set(locale, known);
    return known;
  };
}
