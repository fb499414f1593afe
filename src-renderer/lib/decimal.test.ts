import { expect, it } from 'vitest';
import { decimal, digitsFor } from './decimal.ts';

it('writes a fixed number of decimals, with a minus only before what is less than nothing', () => {
  expect([0.425, -1.3, -0.001, 0, -0].map((value) => decimal(value, 2))).toEqual([
    '0.42',
    '−1.30',
    '0.00',
    '0.00',
    '0.00',
  ]);
  expect(decimal(-114.112, 1)).toBe('−114.1');
});

it('takes as many decimals as a step needs', () => {
  expect([50, 2.5, 1, 0.5, 0.2, 0.1, 0.05, 0.025, 0.001, 1e-9, 0].map(digitsFor)).toEqual([
    ...[0, 1, 0, 1, 1, 1, 2, 3, 3, 4, 0],
  ]);
});
