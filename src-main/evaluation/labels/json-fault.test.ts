import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFaultAt } from './json-fault.ts';

test.each([
  ['[1,]', 3],
  ['{"a" 1}', 5],
  ['{a: 1}', 1],
  ['{"a": 1,}', 8],
  ['[1 2]', 3],
  ['[1}', 2],
  ['1 2', 2],
  ['[01]', 2],
  ['["a\nb"]', 1],
  ['[tru]', 1],
  ['[1', 2],
  ['', 0],
  ['{"a": [1, {"b": "\\u00e9"}], "c": -1.5e3}', 40],
  [']', 0],
])('%j stops being JSON at %d', (text, at) => expect(jsonFaultAt(text)).toBe(at));

test('whatever is JSON is JSON to its end, and a sign that is none of it is found', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, place) => {
      expect(jsonFaultAt(text)).toBe(text.length);
      const at = place % (text.length + 1);
      // No string can hold a raw line end, and nothing else a backquote: the fault is at or before it.
      const broken = `${text.slice(0, at)}\n\`${text.slice(at)}`;
      expect(jsonFaultAt(broken)).toBeLessThanOrEqual(at + 1);
    }),
  );
});
