/** Months as weeks: every day once, weeks that begin as they should. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { noonOf } from './day-name.ts';
import { firstWeekdayFor, lastDayOf, monthAfter, monthOf, weeksOf } from './month-grid.ts';

it('knows the months before and after', () => {
  expect(monthOf('2026-11-21')).toBe('2026-11');
  expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1), monthAfter('2026-01', 14)]).toEqual([
    '2027-01',
    '2025-12',
    '2027-03',
  ]);
  expect([lastDayOf('2024-02'), lastDayOf('2026-02')]).toEqual(['2024-02-29', '2026-02-28']);
});

it('begins weeks as the language does', () => {
  expect([firstWeekdayFor('en-GB'), firstWeekdayFor('en-US')]).toEqual([1, 7]);
});

it('holds every day of the month once, in whole weeks', () => {
  const month = fc.integer({ min: 0, max: 1200 }).map((months) => monthAfter('1970-01', months));
  fc.assert(
    fc.property(month, fc.integer({ min: 1, max: 7 }), (of, firstWeekday) => {
      const weeks = weeksOf(of, firstWeekday);
      const days = weeks.flat();
      expect(days).toEqual([...new Set(days)].toSorted());
      expect(days.filter((day) => monthOf(day) === of)).toHaveLength(Number(lastDayOf(of).slice(8)));
      for (const week of weeks) {
        expect(week).toHaveLength(7);
        expect(new Date(noonOf(week[0] ?? '')).getUTCDay() || 7).toBe(firstWeekday);
        expect(week.some((day) => monthOf(day) === of)).toBe(true);
      }
    }),
    { numRuns: 200, seed: 20261121 },
  );
});
