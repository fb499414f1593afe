/** A small lexicon and a mask state for tests. */
import type { Lexicon } from '../grammar.ts';
import { tickOf } from '../lattice.ts';
import type { MaskState } from '../mask.ts';

export const testLexicon: Lexicon = {
  classes: ['normal', 'unusual', 'fight'],
  attributes: ['motion', 'persons', 'fall'],
};

export const maskState = (changes: Partial<MaskState> = {}): MaskState => ({
  focus: { start: 0, end: 16 },
  episode: { start: -30, end: 70 },
  lexicon: testLexicon,
  question: [],
  seen: new Set(),
  keyOf: tickOf,
  observed: [],
  framesLeft: 40,
  stepsLeft: 10,
  mustEnd: false,
  ...changes,
});
