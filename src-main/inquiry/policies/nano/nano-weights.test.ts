import { expect, test } from 'vitest';
import { defaultNanoWords } from './nano-config.ts';
import { decodeNano, encodeNano, randomWeights } from './nano-weights.ts';

test('weights of a program that showed the net other sequences are refused, with what to do', () => {
  const size = { width: 32, layers: 1, heads: 2 };
  const bytes = encodeNano({ size, words: defaultNanoWords, weights: randomWeights(size, 'nano-weights.test') });
  const older = bytes.slice();
  older.set(new TextEncoder().encode('anom-pi nano 1'));
  expect(() => decodeNano(older)).toThrow(/another version.*train them again/u);
  expect(() => decodeNano(new TextEncoder().encode('anything else at all\n\n'))).toThrow('no weights of a nano policy');
});
