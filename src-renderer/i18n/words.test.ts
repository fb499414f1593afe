/** Every language has every text, with the same values in it: what English says, the others say too. */
import { expect, test } from 'vitest';
import { en } from './en/index.ts';
import { languageFor } from './index.ts';
import { zh } from './zh/index.ts';

/** Texts by their dotted keys. */
function textsOf(words: object, before = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]: [string, unknown]): (readonly [string, string])[] =>
      typeof value === 'string' ? [[before + key, value]] : [...textsOf(value as object, `${before}${key}.`)],
    ),
  );
}
/** Names in braces. Other languages need no second form for several, and may leave the number out of the first. */
const valuesIn = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].toSorted();

const english = textsOf(en);
const chinese = textsOf(zh);

test('Chinese has every key of English and no other', () => {
  expect([...english.keys()].filter((key) => !chinese.has(key))).toEqual([]);
  expect([...chinese.keys()].filter((key) => !english.has(key))).toEqual([]);
});

test('what English counts it can say of one', () => {
  // Of rates, as in `12 files/s`, there is no singular.
  const several = /\} (?:cameras|files|flags|frames|hours|jobs|looks|paths|policies|recordings|rows|steps)\b(?!\/)/;
  expect([...english].filter(([, text]) => several.test(text) && !text.includes('|')).map(([key]) => key)).toEqual([]);
});

test('no text of Chinese is empty', () => {
  expect([...chinese].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
});

test('Chinese texts carry the values that the English ones carry', () => {
  const differing = [...english].filter(([key, text]) => {
    const other = chinese.get(key);
    return other !== undefined && valuesIn(other).join() !== valuesIn(text).join();
  });
  // A count that English only chooses a form by is said in Chinese, where there is one form.
  const wrong = differing.filter(([key, text]) => {
    const missing = valuesIn(text).filter((name) => !valuesIn(chinese.get(key) ?? '').includes(name));
    const added = valuesIn(chinese.get(key) ?? '').filter((name) => !valuesIn(text).includes(name));
    return missing.length > 0 || added.some((name) => name !== 'count' || !text.includes('|'));
  });
  expect(wrong.map(([key]) => key)).toEqual([]);
});

test.each([
  ['zh', ['en-US'], 'zh'],
  ['', ['zh-Hans-CN', 'en'], 'zh'],
  ['', ['en-GB', 'zh-CN'], 'en'],
  ['', ['fr-FR', 'zh-TW', 'en'], 'zh'],
  ['', ['fr-FR'], 'en'],
  ['fr', ['zh-CN'], 'en'],
] as const)('asked for “%s” on a system of %s it is %s', (wanted, system, language) => {
  expect(languageFor(wanted, system)).toBe(language);
});
