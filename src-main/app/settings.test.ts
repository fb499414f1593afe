import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { JsonValue } from '../store/index.ts';
import { createSettings, type SettingsService } from './settings.ts';

let rows: Map<string, JsonValue>;
let settings: SettingsService;
beforeEach(() => {
  rows = new Map();
  settings = createSettings({
    settings: {
      get: (key) => rows.get(key),
      set: (key, value) => void rows.set(key, value),
      remove: (key) => void rows.delete(key),
      all: () => Object.fromEntries(rows),
    },
  });
});

test('defaults hold until something is set, and again after null', () => {
  const defaults = settings.get();
  expect(settings.set({ framesPerMinute: 60 })).toEqual({ ...defaults, framesPerMinute: 60 });
  expect(settings.set({ framesPerMinute: null })).toEqual(defaults);
});

test('a wrong value, an unknown name, a bad pattern or zone changes nothing and says what is wrong', () => {
  const before = settings.set({ workers: 3 });
  for (const [changes, words] of [
    [{ workers: -1 }, /workers/],
    [{ provider: 'abacus' }, /provider/],
    [{ colour: 'red' }, /colour/],
    [{ namePatterns: '(?<year>\\d{4}' }, /pattern/],
    [{ timeZone: 'Mars/Olympus' }, /Mars/],
    [{ framesPerMinute: 10, workers: 1.5 }, /workers/],
  ] as const) {
    expect(() => settings.set(changes)).toThrow(words);
    expect(settings.get()).toEqual(before);
  }
});

test('a refusal names the setting and the reason alone, for the field beside which it is shown', () => {
  const refusalOf = (changes: Parameters<SettingsService['set']>[0]): unknown => {
    try {
      return settings.set(changes);
    } catch (error) {
      return error;
    }
  };
  expect(refusalOf({ framesPerMinute: 10, workers: 65 })).toMatchObject({
    code: 'invalid-argument',
    message: 'The settings were not changed: workers: A whole number from 0 to 64.',
    details: { setting: 'workers', reason: 'A whole number from 0 to 64.' },
  });
  expect(refusalOf({ timeZone: 'Mars/Olympus' })).toMatchObject({ details: { setting: 'timeZone' } });
  expect(refusalOf({ namePatterns: '(' })).toMatchObject({ details: { setting: 'namePatterns' } });
});

test('whatever an older or newer version left in the table, there are settings', () => {
  const defaults = settings.get();
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('workers', 'provider', 'timeZone', 'other'), fc.jsonValue()),
      (stored) => {
        rows = new Map(Object.entries(stored as Record<string, JsonValue>));
        expect(Object.keys(settings.get())).toEqual(Object.keys(defaults));
      },
    ),
  );
});
