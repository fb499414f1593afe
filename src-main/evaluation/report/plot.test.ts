import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markup } from './markup.ts';
import { clockText, differenceText, figureText, footageText, percentText, quantityText } from './numbers.ts';
import { axisUpTo, pathThrough } from './plot.ts';
import { seriesOf } from './series.ts';
import { rowOf } from './testing/evaluation.ts';

test('an axis reaches its end in few round steps', () => {
  expect(axisUpTo(12.4).ticks).toEqual([0, 2.5, 5, 7.5, 10, 12.5]);
  expect(axisUpTo(0.07, 3).ticks).toEqual([0, 0.025, 0.05, 0.075]);
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), fc.integer({ min: 2, max: 8 }), (to, count) => {
      const axis = axisUpTo(to, count);
      expect(axis.to).toBeGreaterThanOrEqual(to * (1 - 1e-9));
      expect(axis.ticks.length).toBeLessThanOrEqual(count + 2);
      expect(axis.ticks.length).toBeGreaterThanOrEqual(2);
    }),
  );
});

test('a path leaves out what lies on a straight way, and nothing else', () => {
  expect(
    pathThrough([
      [0, 0],
      [1, 0],
      [2, 0],
      [2, 5],
      [2, 9],
      [3, 9],
    ]),
  ).toBe('M0 0L2 0L2 9L3 9');
  expect(
    pathThrough([
      [0, 0],
      [5, 0],
      [2, 0],
    ]),
  ).toBe('M0 0L5 0L2 0');
});

test('figures', () => {
  expect([0, 0.5, 0.84449, 1, null].map(figureText)).toEqual(['.000', '.500', '.844', '1.000', '–']);
  expect([0.0123, -0.2, 0.0001, -0.0001].map(differenceText)).toEqual(['+.012', '−.200', '±.000', '±.000']);
  expect([0, 0.05, 0.256, 1, null].map(percentText)).toEqual(['0 %', '5.0 %', '26 %', '100 %', '–']);
  expect([0, 2.5597, 12.38, 1234.5, null].map(quantityText)).toEqual(['0', '2.56', '12.4', '1,235', '–']);
  expect([0, 1.5, 59.6, 3661].map(clockText)).toEqual(['0:00', '0:01.5', '1:00', '1:01:01']);
  expect([30, 600, 18000].map(footageText)).toEqual(['30 seconds', '10 minutes', '5 hours']);
});

test('no two policies look alike', () => {
  const names = ['rules', 'uniform', ...Array.from({ length: 20 }, (_, index) => `system ${index}`)];
  const looks = seriesOf({ rows: names.map((name) => rowOf(name)) }).map(({ style }) => style.replace(/^s\d+ /, ''));
  expect(new Set(looks).size).toBe(names.length);
  expect(looks.slice(0, 2)).toEqual(['c0 d0', 'c1 d0']);
});

test('a template escapes what is put into it, once', () => {
  const inner = markup`<b>${'<&>"\''}</b>`;
  expect(markup`<i title="${'a"b'}">${inner}${[inner]}${null}${3}</i>`.toString()).toBe(
    '<i title="a&quot;b"><b>&lt;&amp;&gt;&quot;&#39;</b><b>&lt;&amp;&gt;&quot;&#39;</b>3</i>',
  );
});
