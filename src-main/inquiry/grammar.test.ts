import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from '../contract/trajectory.ts';
import {
  actionFromTokens,
  distances,
  earliestOffset,
  factors,
  fineSeconds,
  latestOffset,
  quantisedOffset,
  rates,
  tokens,
  tokensFromAction,
  vocabularySize,
} from './grammar.ts';
import { testLexicon } from './testing/lexicon.ts';

const offset = fc
  .integer({ min: earliestOffset / fineSeconds, max: latestOffset / fineSeconds })
  .map((step) => step * fineSeconds);
const pointer = fc.record({ look: fc.nat(255), frame: fc.nat(7) });
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    operator: fc.constant('THINK' as const),
    attributes: fc.array(fc.constantFrom(...testLexicon.attributes), { maxLength: 5 }),
    text: fc.string({ unit: 'grapheme', maxLength: 30 }),
  }),
  fc.record({ operator: fc.constant('BACKTRACK' as const), distance: fc.constantFrom(...distances) }),
  fc.record({ operator: fc.constant('EXPAND' as const), factor: fc.constantFrom(...factors) }),
  fc
    .tuple(offset, offset, fc.constantFrom(...rates))
    .filter(([a, b]) => a !== b)
    .map(([a, b, rate]) => ({ operator: 'SAMPLE' as const, start: Math.min(a, b), end: Math.max(a, b), rate })),
  fc.record({
    operator: fc.constant('FINAL' as const),
    hypotheses: fc.array(fc.record({ first: pointer, last: pointer, class: fc.constantFrom('unusual', 'fight') }), {
      maxLength: 8,
    }),
  }),
);

describe('the action grammar', () => {
  it('G2: says every action and gives it back unchanged', () => {
    fc.assert(
      fc.property(action, (said) => {
        const ids = tokensFromAction(said, testLexicon);
        expect(actionFromTokens(ids, testLexicon)).toEqual(said);
        expect(ids.every((id) => Number.isInteger(id) && id >= 0 && id < vocabularySize)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('G1: keeps the numbers of version 1', () => {
    const said: Action = { operator: 'SAMPLE', start: -3.5, end: 12, rate: 2 };
    expect(tokensFromAction(said, testLexicon)).toEqual([4, 79, 121, 81, 120, 37]);
    const final: Action = {
      operator: 'FINAL',
      hypotheses: [{ first: { look: 1, frame: 2 }, last: { look: 3, frame: 7 }, class: 'fight' }],
    };
    expect(tokensFromAction(final, testLexicon)).toEqual([5, 129, 386, 131, 391, 402, 0]);
  });

  it.each([
    ['a time between its steps', { operator: 'SAMPLE', start: 0.3, end: 1, rate: 2 }],
    ['a time out of reach', { operator: 'SAMPLE', start: 0, end: 136, rate: 2 }],
    ['a rate that is no power of two', { operator: 'SAMPLE', start: 0, end: 1, rate: 3 }],
    ['a window that ends before it starts', { operator: 'SAMPLE', start: 2, end: 1, rate: 2 }],
    [
      'a class that is not in the lexicon',
      {
        operator: 'FINAL',
        hypotheses: [{ first: { look: 0, frame: 0 }, last: { look: 0, frame: 0 }, class: 'flood' }],
      },
    ],
    [
      'a ninth frame of a look',
      {
        operator: 'FINAL',
        hypotheses: [{ first: { look: 0, frame: 8 }, last: { look: 0, frame: 0 }, class: 'fight' }],
      },
    ],
  ] as const)('refuses %s', (_, said) => {
    expect(() => tokensFromAction(said as unknown as Action, testLexicon)).toThrow('cannot say');
  });

  it.each([
    ['nothing', []],
    ['an argument for an operator', [tokens.rate]],
    ['an action that breaks off', [tokens.BACKTRACK]],
    ['an argument of another kind', [tokens.BACKTRACK, tokens.rate]],
    ['something after the end', [tokens.FINAL, tokens.end, tokens.end]],
    ['bytes that are no UTF-8', [tokens.THINK, tokens.text, tokens.byte + 0xff, tokens.end]],
  ])('does not read %s', (_, ids) => {
    expect(() => actionFromTokens(ids, testLexicon)).toThrow('cannot say');
  });

  it('names the nearest time that it can say', () => {
    expect([0.2, 0.3, -1.8, 500, -500].map(quantisedOffset)).toEqual([0, 0.5, -2, latestOffset, earliestOffset]);
  });
});
