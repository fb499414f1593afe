import { expect, test } from 'vitest';
import { createRecentCache } from './recent-cache.ts';

test('keeps the last few, a use counting as new', () => {
  const cache = createRecentCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  expect(cache.get('a')).toBe(1);
  cache.set('c', 3);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
});

test('a new value takes the place of the old one and of no other', () => {
  const cache = createRecentCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  cache.set('a', 3);
  expect([cache.get('a'), cache.get('b')]).toEqual([3, 2]);
});

test('forgets all but one', () => {
  const cache = createRecentCache<number>(3);
  for (const key of ['a', 'b', 'c']) cache.set(key, 1);
  cache.keepOnly('b');
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([undefined, 1, undefined]);
  cache.keepOnly(null);
  expect(cache.get('b')).toBeUndefined();
});
