import { expect, test } from 'vitest';
import { orderOfReferences } from './display-order.ts';

// In the file I0 P3 B1 B2 P6 B4 B5, numbered as shown.
test.each([
  ['references wait for the next reference', 'rrbbrbb', [0, 3, 1, 2, 6, 4, 5]],
  ['without B-frames nothing moves', 'rrr', [0, 1, 2]],
  ['B-frames before the first reference are shown first', 'bbr', [0, 1, 2]],
  ['nothing', '', []],
])('orderOfReferences: %s', (_, kinds, expected) => {
  expect([...orderOfReferences(Array.from(kinds, (kind) => kind === 'b'))]).toEqual(expected);
});
