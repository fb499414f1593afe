import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localDay, timeOfDayMs } from './local-day.ts';

const hour = 3_600_000;
const day = (iso: string, zone: string) => {
  const { fromMs, toMs } = localDay(Date.parse(iso), zone);
  return [new Date(fromMs).toISOString(), (toMs - fromMs) / hour];
};

test('a day begins at midnight on the wall', () => {
  expect(day('2026-06-03T12:00:00Z', 'UTC')).toEqual(['2026-06-03T00:00:00.000Z', 24]);
  expect(day('2026-06-03T23:30:00Z', 'Europe/Berlin')).toEqual(['2026-06-03T22:00:00.000Z', 24]);
  expect(day('2026-06-03T01:00:00Z', 'America/New_York')).toEqual(['2026-06-02T04:00:00.000Z', 24]);
});

test('days on which clocks change are shorter and longer', () => {
  expect(day('2026-03-29T12:00:00Z', 'Europe/Berlin')).toEqual(['2026-03-28T23:00:00.000Z', 23]);
  expect(day('2026-10-25T12:00:00Z', 'Europe/Berlin')).toEqual(['2026-10-24T22:00:00.000Z', 25]);
});

test('a day holds its moments and begins and ends at midnight', () => {
  const moment = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) });
  const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Adelaide');
  fc.assert(
    fc.property(moment, zone, (utcMs, timeZone) => {
      const { fromMs, toMs } = localDay(utcMs, timeZone);
      expect(fromMs <= utcMs && utcMs < toMs).toBe(true);
      expect([timeOfDayMs(fromMs, timeZone), timeOfDayMs(toMs, timeZone)]).toEqual([0, 0]);
    }),
  );
});
