/** Where the words of a search stand in a text: parts to mark, and a stretch of a long text around the first of them. */

interface TextPart {
  readonly text: string;
  readonly isHit: boolean;
}

/** As the core takes a search apart: words between spaces, each to be found anywhere. */
export const searchWords = (search: string): string[] =>
  [...new Set(search.split(/\s+/u))].filter((word) => word !== '');

/** `text` in parts, those marked that are one of `words` in any case. */
export function markHits(text: string, words: readonly string[]): TextPart[] {
  // By length: `fight` is marked whole where `fig` is looked for as well.
  const sorted = words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`));
  if (sorted.length === 0) return [{ text, isHit: false }];
  const parts = text.split(new RegExp(`(${sorted.join('|')})`, 'giu'));
  return parts.map((part, index) => ({ text: part, isHit: index % 2 === 1 })).filter((part) => part.text !== '');
}

/** Letters before the first hit that are kept. */
const lead = 24;

/** `text` from shortly before its first hit on, from a word's beginning; null where none of `words` stands in it. */
export function aroundHit(text: string, words: readonly string[]): string | null {
  const lower = text.toLowerCase();
  const places = words.map((word) => lower.indexOf(word.toLowerCase())).filter((place) => place >= 0);
  if (places.length === 0) return null;
  const first = Math.min(...places);
  if (first <= lead) return text;
  const space = text.indexOf(' ', first - lead);
  const from = space < 0 || space > first ? first : space + 1;
  return `… ${text.slice(from)}`;
}
