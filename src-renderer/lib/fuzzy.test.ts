/** What is typed with a slip is found as well, and what is nothing like it is not. */
import { expect, test } from 'vitest';
import { fuzzyScore } from './fuzzy.ts';

const cache = 'Cache for playing. Recordings that browsers do not play are converted as they are watched.';

test.each([
  ['', 1],
  ['cache', 1],
  ['CACHE play', 1],
  ['brows', 1],
])('“%s” is in it', (query, score) => expect(fuzzyScore(query, cache)).toBe(score));

test.each(['cahce', 'chache', 'recrodings', 'convertd', 'browzers playin'])('“%s” is almost in it', (query) => {
  const score = fuzzyScore(query, cache);
  expect(score).toBeGreaterThan(0);
  expect(score).toBeLessThan(1);
});

test.each(['zebra', 'theme', 'cache zebra', 'cxe', 'abcdefgh'])('“%s” is nothing like it', (query) => {
  expect(fuzzyScore(query, cache)).toBe(0);
});

test('accents, and scripts without spaces between words', () => {
  expect(fuzzyScore('caméra', 'Camera')).toBe(1);
  expect(fuzzyScore('语言', '窗口的语言')).toBe(1);
  expect(fuzzyScore('声音', '窗口的语言')).toBe(0);
});
