import { expect, test } from 'vitest';
import { ariaShortcut, keyCaps, type KeyPress, matchesKeys } from './shortcut-keys.ts';

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});

test.each<[string, KeyPress, boolean]>([
  ['C', press('c'), true],
  ['C', press('C', { shiftKey: true }), false],
  ['C', press('c', { ctrlKey: true }), false],
  ['Shift+E', press('E', { shiftKey: true }), true],
  ['Shift+E', press('e'), false],
  ['Ctrl+Z', press('z', { ctrlKey: true }), true],
  ['Ctrl+Z', press('Z', { ctrlKey: true, shiftKey: true }), false],
  ['Ctrl+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), true],
  ['?', press('?', { shiftKey: true }), true],
  ['/', press('/', { shiftKey: true }), true],
  ['Space', press(' '), true],
  ['←', press('ArrowLeft'), true],
  ['Left', press('ArrowLeft', { shiftKey: true }), false],
  ['Shift+←', press('ArrowLeft', { shiftKey: true }), true],
  ['1', press('1'), true],
  ['Ctrl++', press('+', { ctrlKey: true }), true],
  ['Alt+A', press('a', { altKey: true }), true],
  ['A', press('a', { metaKey: true }), false],
])('%s and the press %o: %s', (keys, given, matches) => expect(matchesKeys(keys, given, false)).toBe(matches));

test('on a Mac, Ctrl is the command key', () => {
  expect(matchesKeys('Ctrl+Z', press('z', { metaKey: true }), true)).toBe(true);
  expect(matchesKeys('Ctrl+Z', press('z', { ctrlKey: true }), true)).toBe(false);
  expect(keyCaps('Ctrl+Shift+Z', true)).toEqual(['⌘', '⇧', 'Z']);
  expect(ariaShortcut('Ctrl+Z', true)).toBe('Meta+Z');
});

test('keys are drawn as they are printed, and named as ARIA wants them', () => {
  expect(keyCaps('Shift+ArrowLeft', false)).toEqual(['Shift', '←']);
  expect(keyCaps('c', false)).toEqual(['C']);
  expect(ariaShortcut('Ctrl+Shift+Z', false)).toBe('Control+Shift+Z');
  expect(ariaShortcut('Space', false)).toBe('Space');
  expect(ariaShortcut('←', false)).toBe('ArrowLeft');
});
