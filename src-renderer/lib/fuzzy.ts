/** Finding by typing: every word that was typed is in a text, or almost. */

/** Words of this many letters may be off by so many. */
const mistakesIn = (length: number) => (length < 4 ? 0 : length < 8 ? 1 : 2);

const plain = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
const wordsOf = (text: string) =>
  plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** How well a text fits what was typed: 0 for not at all, 1 where all of it stands there as it was typed. */
export function fuzzyScore(query: string, text: string): number {
  const asked = wordsOf(query);
  if (asked.length === 0) return 1;
  const whole = plain(text);
  const words = wordsOf(text);
  let sum = 0;
  for (const word of asked) {
    const score = whole.includes(word) ? 1 : bestOf(word, words);
    if (score === 0) return 0;
    sum += score;
  }
  return sum / asked.length;
}

/** Of the text's words, or their beginnings, the one that is nearest to what was typed. */
function bestOf(typed: string, words: readonly string[]): number {
  const most = mistakesIn(typed.length);
  if (most === 0) return 0;
  const least = Math.min(
    ...words.flatMap((word) =>
      [typed.length - 1, typed.length, typed.length + 1].map((length) => distance(typed, word.slice(0, length))),
    ),
    most + 1,
  );
  return least > most ? 0 : 1 - least / (most + 2);
}

/**
 * Letters to be put, left out, changed, or swapped with their neighbour to make one of the other.
 * Source: Damerau, 1964, in the form of optimal string alignment.
 */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      line.push(least);
    }
    [before, last] = [last, line];
  }
  return last[b.length] ?? 0;
}
