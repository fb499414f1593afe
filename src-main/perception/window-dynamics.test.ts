import { describe, expect, test } from 'vitest';
import { judgedEntries, judgedViews } from './window-dynamics.ts';

describe('the dynamics of a window', () => {
  test('they tell what was seen, not how it was looked at, where, or by which camera', () => {
    expect(new Set(judgedEntries.map(({ part }) => part))).toEqual(new Set(['picture-dynamics', 'person-dynamics']));
    expect(judgedEntries.filter(({ name }) => !/:(mean|low|high)$/u.test(name))).toEqual([]);
  });

  test('the views are all of it, each entry once', () => {
    expect(judgedViews.flat().toSorted((a, b) => a - b)).toEqual([...judgedEntries.keys()]);
    expect(judgedViews).toHaveLength(2);
  });
});
