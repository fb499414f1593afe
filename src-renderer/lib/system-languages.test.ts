import { expect, it } from 'vitest';
import { languageTags } from './system-languages.ts';

it.each([
  [
    ['de-AT', 'en'],
    ['de-AT', 'en'],
  ],
  [['en-US@posix'], ['en-US']],
  [
    ['zh_CN.UTF-8', 'zh'],
    ['zh-CN', 'zh'],
  ],
  [['C', '', '@', 'en_', 'fr'], ['fr']],
])('%j is %j to a formatter', (asked, tags) => {
  expect(languageTags(asked)).toEqual(tags);
});
