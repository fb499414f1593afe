import { expect, test } from 'vitest';
import fc from 'fast-check';
import { classId } from '../../src-main/contract/calls/call.ts';
import { parseAs } from '../../src-main/contract/validate.ts';
import { classIdFrom } from './class-entry.ts';

test('a class of one’s own goes by what is left of its name', () => {
  expect(classIdFrom('Fork lift!')).toBe('fork-lift');
  expect(classIdFrom('  Überfall 2 ')).toBe('uberfall-2');
  expect(classIdFrom('叉车')).toBeNull();
  expect(classIdFrom('--')).toBeNull();
});

test('whatever is typed, what comes out is a class or nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 90 }), (text) => {
      const id = classIdFrom(text);
      expect(id === null ? null : parseAs(classId, id, 'the class')).toBe(id);
    }),
  );
});
