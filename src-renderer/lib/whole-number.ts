/** A whole number as a person types it. Pure. */

/** The number that `text` writes, or null where it is none from `least` to `most`. */
export function wholeNumberIn(text: string, least: number, most: number): number | null {
  if (!/^\s*\d+\s*$/.test(text)) return null;
  const number = Number(text);
  return number >= least && number <= most ? number : null;
}
