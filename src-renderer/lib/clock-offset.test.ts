import { expect, test } from 'vitest';
import { clockText } from './clock-offset.ts';

test.each([
  [0, '±0 s'],
  [40, '+0.04 s'],
  [-1500, '−1.5 s'],
  [120_000, '+2 min'],
  [-5_400_000, '−1 h 30 min'],
  [90_061_001, '+1 d 1 h 1 min 1.001 s'],
])('%d ms is %s', (offset, text) => expect(clockText(offset)).toBe(text));
