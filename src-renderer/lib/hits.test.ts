/** Hits of a search in a text: marked whole, in any case, whatever letters they are made of. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aroundHit, markHits, searchWords } from './hits.ts';

const hits = (text: string, search: string) =>
  markHits(text, searchWords(search))
    .filter(({ isHit }) => isHit)
    .map((part) => part.text);

it('marks every hit, the longest word first', () => {
  expect(hits('Clearly a Fight, then fighting.', 'fig fight')).toEqual(['Fight', 'fight']);
  expect(hits('up to 50 % (about)', '% (')).toEqual(['%', '(']);
  expect(hits('nothing', '')).toEqual([]);
});

it('loses no letter', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, search) => {
      expect(
        markHits(text, searchWords(search))
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }),
    { numRuns: 300, seed: 20261121 },
  );
});

it('shows what lies around the first hit', () => {
  expect(aroundHit('Clearly a fight.', ['fight'])).toBe('Clearly a fight.');
  const long = 'Someone walked along the wall for a while and then there was a fight in the yard.';
  expect(aroundHit(long, ['fight'])).toBe('… and then there was a fight in the yard.');
  expect(aroundHit(long, ['theft'])).toBeNull();
});
