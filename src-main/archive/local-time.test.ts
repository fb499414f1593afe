/** Local time to UTC: against a search over all of a stretch of UTC, in zones with every kind of change. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isLocalTime,
  isTimeZone,
  localFromUtc,
  localMs,
  type LocalTime,
  localTimeFromText,
  textFromLocalTime,
  utcFromLocal,
} from './local-time.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const at = (year: number, month: number, day: number, hour = 0, minute = 0, second = 0): LocalTime => ({
  year,
  month,
  day,
  hour,
  minute,
  second,
  millisecond: 0,
});
const iso = (time: LocalTime, zone: string) => {
  const { utcMs, kind } = utcFromLocal(time, zone);
  return `${new Date(utcMs).toISOString()} ${kind}`;
};

/** Changes of the clock of every kind: an hour forward and back, half an hour, a whole day, a new standard time. */
const changes = [
  ['Europe/Berlin', '2024-03-31T01:00Z'],
  ['Europe/Berlin', '2024-10-27T01:00Z'],
  ['America/New_York', '2024-03-10T07:00Z'],
  ['America/New_York', '2024-11-03T06:00Z'],
  ['Australia/Lord_Howe', '2024-10-05T15:30Z'],
  ['Australia/Lord_Howe', '2024-04-06T15:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00Z'],
  ['Asia/Pyongyang', '2018-05-04T15:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00Z'],
  ['Africa/Casablanca', '2024-03-10T02:00Z'],
  ['Asia/Kathmandu', '2024-01-01T00:00Z'],
  ['UTC', '2024-01-01T00:00Z'],
] as const;

describe('utcFromLocal', () => {
  it('reads a time that every clock shows once', () => {
    expect(iso(at(2024, 1, 2, 3, 4, 5), 'Europe/Berlin')).toBe('2024-01-02T02:04:05.000Z unique');
    expect(iso(at(2024, 7, 2, 3, 4, 5), 'Europe/Berlin')).toBe('2024-07-02T01:04:05.000Z unique');
    expect(iso(at(2024, 1, 2, 3, 4, 5), 'Asia/Kathmandu')).toBe('2024-01-01T21:19:05.000Z unique');
  });

  it('takes the earlier of a reading that was twice', () => {
    expect(iso(at(2024, 10, 27, 2, 30), 'Europe/Berlin')).toBe('2024-10-27T00:30:00.000Z overlap');
  });

  it('reads a time that never was as a clock that was not put forward', () => {
    expect(iso(at(2024, 3, 31, 2, 30), 'Europe/Berlin')).toBe('2024-03-31T01:30:00.000Z gap');
    expect(iso(at(2011, 12, 30, 12), 'Pacific/Apia')).toBe('2011-12-30T22:00:00.000Z gap');
  });

  it('agrees with a search over all times around a change', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...changes),
        fc.integer({ min: -30 * 60, max: 30 * 60 }),
        ([zone, change], minutes) => {
          const near = Date.parse(change);
          const reading = localMs(localFromUtc(near, zone)) + minutes * MINUTE_MS;
          const time = localTimeOf(reading);
          const shown: number[] = [];
          // Every 15 minutes is enough: all of these zones' offsets and changes are multiples of it, or of 30 s from it.
          for (let utc = near - 3 * DAY_MS; utc <= near + 3 * DAY_MS; utc += 15 * MINUTE_MS) {
            const offset = localMs(localFromUtc(utc, zone)) - utc;
            if (inSameQuarter(reading - offset, utc)) shown.push(reading - offset);
          }
          const { utcMs, kind } = utcFromLocal(time, zone);
          const expected = shown.length === 0 ? 'gap' : shown.length === 1 ? 'unique' : 'overlap';
          expect(kind).toBe(expected);
          const shows = localMs(localFromUtc(utcMs, zone));
          // In a gap the result shows a later time: that of a clock put forward.
          expect(kind === 'gap' ? shows > reading : utcMs === Math.min(...shown)).toBe(true);
        },
      ),
      { numRuns: 150, seed: 20260101 },
    );
  });

  it('is undone by localFromUtc wherever a reading was once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Europe/London', 'Asia/Tehran', 'America/St_Johns', 'Pacific/Chatham', 'Africa/Cairo'),
        fc.integer({ min: Date.UTC(1995, 0), max: Date.UTC(2035, 0) }),
        (zone, utcMs) => {
          const { utcMs: back, kind } = utcFromLocal(localFromUtc(utcMs, zone), zone);
          expect(kind).not.toBe('gap');
          expect(kind === 'unique' ? back === utcMs : back <= utcMs).toBe(true);
        },
      ),
      { numRuns: 300, seed: 20260102 },
    );
  });

  it('refuses a zone that does not exist', () => {
    expect(() => utcFromLocal(at(2024, 1, 1), 'Mars/Olympus')).toThrow(RangeError);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
    expect(isTimeZone('Europe/Berlin')).toBe(true);
  });
});

describe('isLocalTime', () => {
  it.each([
    [at(2024, 2, 29), true],
    [at(2023, 2, 29), false],
    [at(2024, 13, 1), false],
    [at(2024, 0, 1), false],
    [at(2024, 1, 1, 24), false],
    [at(2024, 1, 1, 0, 60), false],
    [at(2024, 1, 1, 0, 0, 60), false],
    [at(1989, 1, 1), false],
    [at(2100, 1, 1), false],
    [{ ...at(2024, 1, 1), day: NaN }, false],
  ])('%j: %s', (time, expected) => {
    expect(isLocalTime(time)).toBe(expected);
  });
});

it('keeps a reading as text', () => {
  const time = { ...at(2024, 2, 29, 23, 59, 58), millisecond: 7 };
  expect(textFromLocalTime(time)).toBe('2024-02-29T23:59:58.007');
  expect(localTimeFromText('2024-02-29T23:59:58.007')).toEqual(time);
  expect(localTimeFromText('2024-02-29T23:59:58.007Z')).toBeNull();
  expect(localTimeFromText('yesterday')).toBeNull();
});

const localTimeOf = (ms: number): LocalTime => {
  const time = localTimeFromText(new Date(ms).toISOString().slice(0, -1));
  if (time === null) throw new Error('unreachable: an ISO text of our own');
  return time;
};

const inSameQuarter = (a: number, b: number) => Math.floor(a / (15 * MINUTE_MS)) === Math.floor(b / (15 * MINUTE_MS));
