import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortWords as english } from '../../src-main/contract/wording/en-terms.ts';
import { shortWords as chinese } from '../../src-main/contract/wording/zh-terms.ts';
import { clockText } from './clock-offset.ts';
import { setFormatLocale } from './format-locale.ts';
import {
  fileName,
  formatBytes,
  formatClock,
  formatDuration,
  formatList,
  formatNumber,
  formatSpan,
  formatUtc,
} from './format.ts';

test.each([
  [0, 0, '0:00'],
  [59.999, 0, '0:59'],
  [60, 0, '1:00'],
  [3599.5, 0, '59:59'],
  [3600, 0, '1:00:00'],
  [90_061, 0, '25:01:01'],
  [1.1, 1, '0:01.1'],
  [59.999, 2, '0:59.99'],
  [0.28, 2, '0:00.28'],
  [-3, 0, '0:00'],
])('a duration of %d s with %d decimals is %s', (seconds, decimals, text) => {
  expect(formatDuration(seconds, decimals)).toBe(text);
});

test('a duration never goes back as time goes on', () => {
  const asNumber = (text: string) => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  const seconds = fc.double({ min: 0, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(seconds, seconds, (one, other) => {
      const [earlier, later] = [Math.min(one, other), Math.max(one, other)];
      expect(asNumber(formatDuration(earlier, 2))).toBeLessThanOrEqual(asNumber(formatDuration(later, 2)) + 1e-9);
    }),
  );
});

test.each([
  [0, '0 s'],
  [59.4, '59 s'],
  [59.6, '1 min'],
  [3570, '1 h'],
  [7800, '2 h 10 min'],
  [172_800, '2 d'],
  [187_200, '2 d 4 h'],
])('a span of %d s is %s', (seconds, text) => expect(formatSpan(seconds)).toBe(text));

test('lengths and lists are told in the words of the language', () => {
  expect(formatList(['a', 'b'])).toBe('a, b');
  setFormatLocale('zh-CN', chinese);
  expect([8, 300, 7800, 187_200].map(formatSpan)).toEqual(['8 秒', '5 分钟', '2 小时 10 分钟', '2 天 4 小时']);
  expect([0, -5_400_000].map(clockText)).toEqual(['±0 秒', '−1 小时 30 分钟']);
  expect(formatList(['a', 'b'])).toBe('a、b');
  setFormatLocale(undefined, english);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [1500, '1.5 kB'],
  [99_950, '100 kB'],
  [999_960, '1 MB'],
  [4.29e9, '4.3 GB'],
  [1e20, '100,000 PB'],
])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes, 'en')).toBe(text));

test('numbers and clocks are those of the language and the time zone', () => {
  expect(formatNumber(12_345.6, 'de', 1)).toBe('12.345,6');
  const utcMs = Date.UTC(2026, 10, 21, 23, 5, 9);
  expect(formatClock(utcMs, { locale: 'en-GB', timeZone: 'UTC' })).toBe('21 Nov 2026, 23:05:09');
  expect(formatClock(utcMs, { locale: 'en-GB', timeZone: 'Asia/Tokyo' })).toBe('22 Nov 2026, 08:05:09');
  expect(formatUtc(utcMs)).toBe('2026-11-21 23:05:09 UTC');
});

test.each([
  ['/a/b.mp4', 'b.mp4'],
  ['C:\\a\\b.mp4', 'b.mp4'],
  ['b.mp4', 'b.mp4'],
  ['/', '/'],
])('the name of %s is %s', (path, name) => expect(fileName(path)).toBe(name));
