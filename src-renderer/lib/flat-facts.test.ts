import { expect, it } from 'vitest';
import { flatFacts } from './flat-facts.ts';

it('tells settings of every shape, nested ones by their path', () => {
  expect(flatFacts({ rounds: 3, weights: { success: 1, cost: 0.2 }, note: null, classes: ['fight', 'fall'] })).toEqual([
    { name: 'rounds', value: '3' },
    { name: 'weights.success', value: '1' },
    { name: 'weights.cost', value: '0.2' },
    { name: 'note', value: '–' },
    { name: 'classes', value: 'fight, fall' },
  ]);
});

it('tells of a long list its beginning and its number', () => {
  const [fact] = flatFacts({ verdicts: Array.from({ length: 20 }, (_, index) => index) });
  expect(fact?.value).toBe('0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … (20)');
});
