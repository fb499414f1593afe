/** Days as they are typed on the command line. */
import { expect, it } from 'vitest';
import { dayOf, daysFrom } from './local-days.ts';

it('takes a day and a span of days from midnight to midnight', () => {
  const day = daysFrom('2026-11-21');
  expect(new Date(day.from)).toEqual(new Date(2026, 10, 21));
  expect(new Date(day.until)).toEqual(new Date(2026, 10, 22));
  expect(daysFrom('2026-02-28..2026-03-01')).toEqual({
    from: new Date(2026, 1, 28).getTime(),
    until: new Date(2026, 2, 2).getTime(),
  });
  expect(dayOf(day.from)).toBe('2026-11-21');
  expect(dayOf(day.until - 1)).toBe('2026-11-21');
});

it.each(['', 'today', '2026-02-30', '2026-13-01', '26-1-1', '2026-03-02..2026-03-01', '2026-03-02..'])(
  'refuses %j with words on how to write it',
  (text) => {
    expect(() => daysFrom(text)).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  },
);
