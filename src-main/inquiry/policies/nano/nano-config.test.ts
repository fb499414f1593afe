import { describe, expect, test } from 'vitest';
import { tokens } from '../../grammar.ts';
import { testLexicon } from '../../testing/lexicon.ts';
import { collate } from './collate.ts';
import { defaultNanoSize, defaultNanoWords, rowOfClass, rowOfToken, withClass } from './nano-config.ts';
import { parameterCount, randomWeights } from './nano-weights.ts';
import type { Position } from './sequence.ts';
import { contextToken } from './soft-tokens.ts';

describe('the rows of the nano net', () => {
  test('a new class takes the next free row, and no other moves', () => {
    const words = withClass(defaultNanoWords, 'forklift');
    const first = tokens.class + defaultNanoWords.classes.length;
    expect(rowOfClass(words, 'forklift')).toBe(first);
    expect(rowOfClass(withClass(words, 'spill'), 'spill')).toBe(first + 1);
    expect(withClass(words, 'forklift')).toBe(words);
    for (const id of defaultNanoWords.classes) expect(rowOfClass(words, id)).toBe(rowOfClass(defaultNanoWords, id));
    expect(rowOfClass(defaultNanoWords, 'forklift')).toBe(rowOfClass(defaultNanoWords, 'unusual'));
  });

  test('the pool has an end', () => {
    let words = defaultNanoWords;
    for (let number = words.classes.length; number < 64; number++) words = withClass(words, `class-${String(number)}`);
    expect(() => withClass(words, 'one-more')).toThrow(RangeError);
  });

  test('tokens of a lexicon with other numbers keep their rows by name', () => {
    // `fight` is the third class of both, `fall` the third attribute of one.
    expect(rowOfToken(tokens.class + 2, testLexicon, defaultNanoWords)).toBe(rowOfClass(defaultNanoWords, 'fight'));
    const fall = tokens.attribute + defaultNanoWords.attributes.indexOf('fall');
    expect(rowOfToken(tokens.attribute + 2, testLexicon, defaultNanoWords)).toBe(fall);
    expect(rowOfToken(tokens.attribute + 9, testLexicon, defaultNanoWords)).toBeNull();
    expect(rowOfToken(tokens.SAMPLE, testLexicon, defaultNanoWords)).toBe(tokens.SAMPLE);
  });

  test('the default net has about a million parameters', () => {
    const count = parameterCount(randomWeights(defaultNanoSize, 0));
    expect(count).toBeGreaterThan(0.9e6);
    expect(count).toBeLessThan(1.15e6);
  });
});

describe('collating', () => {
  const soft = contextToken([]);
  const at = (time: number | null, group: number): Position => ({ rows: [1], soft, time, group });

  test('pads with what nothing attends to, and packs a soft token that several share once', () => {
    const { feeds, time } = collate([[at(0, 0), at(1, 1)], [at(null, 0)]], defaultNanoSize);
    expect(time).toBe(2);
    expect(feeds['soft/context']?.dims).toEqual([1, soft.features.length]);
    expect([...(feeds['group']?.data ?? [])].map(Number)).toEqual([0, 1, 0, 1_000_000]);
    expect([...(feeds['soft']?.data ?? [])].map(Number)).toEqual([1, 1, 1, 0]);
  });

  test('what is at no time keeps to the pairs that do not turn', () => {
    const { feeds } = collate([[at(null, 0)]], defaultNanoSize);
    expect(new Set(Array.from(feeds['cosine']?.data ?? [], Number))).toEqual(new Set([0, 1]));
    expect(new Set(Array.from(feeds['sine']?.data ?? [], Number))).toEqual(new Set([0]));
  });
});
