/** The catalogue of shortcuts: no key means two things at once, and what a person sets survives being kept. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  conflictsOf,
  keysOf,
  meet,
  ownKeysFromText,
  shortcutCatalogue,
  shortcutIds,
  textFromOwnKeys,
} from './shortcut-catalogue.ts';
import { matchesKeys, keysFromPress } from '../lib/shortcut-keys.ts';

test('no two shortcuts of one view have the same keys at first', () => {
  const taken = shortcutIds.flatMap((id) =>
    conflictsOf(id, shortcutCatalogue[id].keys, {}).map((other) => [id, other]),
  );
  expect(taken).toEqual([]);
});

test('shortcuts of different views may share keys; those that hold everywhere meet all', () => {
  expect(meet('confirm', 'zoomIn')).toBe(true);
  expect(meet('newEvaluation', 'nextOpenFlag')).toBe(false);
  expect(meet('newEvaluation', 'undo')).toBe(true);
  expect(conflictsOf('newEvaluation', 'C', {})).toEqual([]);
  expect(conflictsOf('confirm', 'x', {})).toEqual(['reject']);
  expect(conflictsOf('confirm', 'X', { reject: '' })).toEqual([]);
  expect(conflictsOf('confirm', '', { reject: '' })).toEqual([]);
});

test('own keys are kept as far as they differ, and nonsense is left out', () => {
  const own = { confirm: 'G', reject: '', unsure: 'U' };
  expect(ownKeysFromText(textFromOwnKeys(own))).toEqual({ confirm: 'G', reject: '' });
  expect(textFromOwnKeys({ unsure: 'U' })).toBe('');
  expect(ownKeysFromText('{"confirm": 5, "nothing": "X", "reject": "P"}')).toEqual({ reject: 'P' });
  expect(ownKeysFromText('not JSON')).toEqual({});
  expect(keysOf('confirm', {})).toBe('C');
});

test('the keys that are read from a press are reached by that press', () => {
  const key = fc.oneof(
    fc.constantFrom('a', 'A', 'z', 'Z', 'ö', 'Ж', '?', '+', '-', '0', ' ', 'ArrowLeft', 'Home', 'F2'),
    fc.constantFrom('Shift', 'Control', 'Dead', 'Escape', 'Tab'),
  );
  const press = fc.record({
    key,
    ctrlKey: fc.boolean(),
    metaKey: fc.boolean(),
    shiftKey: fc.boolean(),
    altKey: fc.boolean(),
  });
  fc.assert(
    fc.property(press, fc.boolean(), (given, mac) => {
      const keys = keysFromPress(given, mac);
      const isBare = ['Shift', 'Control', 'Dead', 'Escape', 'Tab'].includes(given.key);
      const other = mac ? given.ctrlKey : given.metaKey;
      expect(keys === null).toBe(isBare || other);
      expect(keys === null || matchesKeys(keys, given, mac)).toBe(true);
    }),
  );
});
