/** What is wrong with a package, in Chinese: whatever the sources of its check say. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sentencesIn, type Samples } from '../../../test/support/source-sentences.ts';
import { chineseFor } from './zh.ts';

const name = '1/2.3';
const samples: Samples = {
  ...{ name, 'stranger.name': name, 'moved.name': name, extra: '3', words: '3 bytes lie' },
  ...{ fingerprint: '4f:5e', 'fingerprintOf(key)': '6d:7c', 'manifest.signer': '4f:5e' },
  ...{ 'row.number': '7', 'digests.length': '9', 'head.number': '9' },
};

test.each(['verify-package.ts', 'read-zip.ts', 'compare-files.ts', 'audit-excerpt.ts'])('%s', (file) => {
  const found = sentencesIn(join(import.meta.dirname, '..', '..', 'review', 'package', file), samples);
  const faults = found.filter((text) => text.endsWith('.'));
  expect(faults).not.toEqual([]);
  expect(faults.map(chineseFor.kept).filter((text) => /[A-Za-z]{3,}/.test(text.replace('JSON', '')))).toEqual([]);
});

test.each([
  ['clip 1.mp4 was renamed to clip 2.mp4.', 'clip 1.mp4 被改名为 clip 2.mp4。'],
  ['1 byte lies between or behind the files.', '文件之间或之后有 1 个多余的字节。'],
  [
    'manifest.json: madeAtMs: Invalid type: Expected number but received "1".',
    'manifest.json 的内容不合规定（madeAtMs: Invalid type: Expected number but received "1"）。',
  ],
])('%s', (english, chinese) => expect(chineseFor.kept(english)).toBe(chinese));
