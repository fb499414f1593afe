/** Days by name: what a moment's day is called and where that day begins and ends, in any time zone. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boundsOfDay, dayAfter, dayName, isDayName } from './day-name.ts';

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'];

it('knows days of the calendar from other texts', () => {
  for (const day of ['2026-11-21', '2024-02-29']) expect(isDayName(day)).toBe(true);
  for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '', '2026-11-21T00:00', 'x'])
    expect(isDayName(text)).toBe(false);
});

it('goes from day to day over ends of months', () => {
  expect(dayAfter('2026-02-28', 1)).toBe('2026-03-01');
  expect(dayAfter('2026-01-01', -1)).toBe('2025-12-31');
});

it('has 23 and 25 hours where clocks change', () => {
  const hours = (day: string) => {
    const { fromMs, toMs } = boundsOfDay(day, 'Europe/Berlin');
    return (toMs - fromMs) / 3_600_000;
  };
  expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-10-26')]).toEqual([23, 25, 24]);
});

it('holds every moment in the day of its name, and none beside it', () => {
  const moment = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) });
  fc.assert(
    fc.property(moment, fc.constantFrom(...zones), (utcMs, zone) => {
      const { fromMs, toMs } = boundsOfDay(dayName(utcMs, zone), zone);
      expect(fromMs).toBeLessThanOrEqual(utcMs);
      expect(toMs).toBeGreaterThan(utcMs);
      expect(dayName(fromMs, zone)).toBe(dayName(utcMs, zone));
      expect(dayName(fromMs - 1, zone)).toBe(dayAfter(dayName(utcMs, zone), -1));
      expect(dayName(toMs, zone)).toBe(dayAfter(dayName(utcMs, zone), 1));
    }),
    { numRuns: 300, seed: 20261121 },
  );
});
