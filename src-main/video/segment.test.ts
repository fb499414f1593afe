import { expect, test } from 'vitest';
import { segmentCount } from './segment.ts';

test.each([
  [0, 1],
  [3.9, 1],
  [4, 1],
  [4.000_000_1, 1],
  [4.04, 2],
  [3600, 900],
])('%d s are %d segments', (seconds, count) => {
  expect(segmentCount(seconds)).toBe(count);
});
