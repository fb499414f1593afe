/** HTML from templates: whatever is put into one is escaped, unless it came from a template itself. */

/** Text that is markup already. Only `markup` makes it. */
export class Markup {
  readonly #text: string;

  constructor(key: typeof making, text: string) {
    if (key !== making) throw new TypeError('Markup is made by the markup template alone.');
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

const making = Symbol('making');

/** Null stands for nothing. */
type Value = string | number | Markup | readonly Markup[] | null;

/**
 * A template whose values are escaped for text and for quoted attributes alike. (Not called `html`: formatters take that
 * for a whole document, and mend what they think is missing.)
 */
export function markup(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  // The indentation of a template is for whoever reads the program.
  const parts = strings.map((text, index) => text.replaceAll(/\n\s*/g, '\n') + textOf(values[index] ?? null));
  return new Markup(making, parts.join(''));
}

function textOf(value: Value): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.toString();
  if (typeof value === 'object') return value.join('');
  return escaped(String(value));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters are no part of HTML; those that turn the direction of text make one name look like another. */
const hidden = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '').replaceAll(hidden, '\uFFFD');

/** What fits into a drawing, where nothing wraps; the whole name stands in the table. */
export const shortName = (name: string): string => {
  const letters = Array.from(name);
  return letters.length <= longestName ? name : `${letters.slice(0, longestName - 1).join('')}…`;
};

const longestName = 16;

/** A name from outside, kept from turning the direction of the text around it. */
export const nameMarkup = (name: string): Markup => markup`<bdi>${name}</bdi>`;
