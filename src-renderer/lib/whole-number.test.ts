import { expect, it } from 'vitest';
import { wholeNumberIn } from './whole-number.ts';

it('takes whole numbers between the limits and nothing else', () => {
  expect([' 8 ', '1', '20', '020'].map((text) => wholeNumberIn(text, 1, 20))).toEqual([8, 1, 20, 20]);
  for (const text of ['', '0', '21', '1.5', '1e1', '-3', 'many']) expect(wholeNumberIn(text, 1, 20)).toBeNull();
});
